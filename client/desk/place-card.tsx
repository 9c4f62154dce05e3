import { nameIn } from '../i18n/name-in.ts';
import { defaultMethod } from '#domain/task.ts';
import { usePrefs } from '../app/prefs.ts';
import { mayOrderTasks } from '../app/rights.ts';
import { useSignedIn } from '../app/session.ts';
import { taskTexts } from '../i18n/sections/tasks.ts';
import { useT, useTexts } from '../i18n/use-t.ts';
import type { MapSelection } from '../map/scene.ts';
import { Button } from '../ui/button.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { Icon } from '../ui/icons/icon.tsx';
import type { IconName } from '../ui/icons/icons.ts';
import { CameraState } from './camera-state.tsx';
import { setDesk } from './desk-store.ts';
import styles from './map-card.module.css';
import { showNearest } from './nearest.ts';
import { type Reference, useReference } from './reference.ts';
import { lngLat } from './scene.ts';
import { useOpenIncident } from './tasks/use-open-incident.ts';
import type { OrderTarget } from './tasks/order.ts';

/** A selected place, station, segment or camera, with the units nearest to it one press away. */
export function PlaceCard({ selection }: { selection: MapSelection }) {
  const t = useT();
  const lang = usePrefs(prefs => prefs.lang);
  const reference = useReference(all => all);
  const texts = useTexts(taskTexts);
  const { role } = useSignedIn();
  const incident = useOpenIncident();
  const thing = find(selection, reference, t);
  if (!thing) return null;
  return (
    <section className={styles.card} aria-label={thing.name}>
      <header>
        <Icon name={thing.icon} />
        <h3>{nameIn(thing, lang)}</h3>
        <span>{thing.kind}</span>
        <IconButton icon="close" label={t.close} onPress={() => setDesk({ selection: null })} />
      </header>
      {selection.kind === 'camera' && <CameraState camera={{ id: selection.id, name: thing.name }} />}
      <span className={styles.buttons}>
        <Button size="s" icon="route" onPress={() => showNearest(thing.position)}>
          {t.tools.nearest}
        </Button>
        {thing.target && mayOrderTasks(role) && (
          <Button
            size="s"
            icon="send"
            variant="primary"
            isDisabled={!incident}
            onPress={() => showNearest(thing.position, thing.target)}
          >
            {incident ? texts.sendUnit : texts.noIncident}
          </Button>
        )}
      </span>
    </section>
  );
}

interface Thing {
  name: string;
  nameEn?: string | null | undefined;
  kind: string;
  icon: IconName;
  position: [number, number];
  /** What a unit may be sent to look at. */
  target?: OrderTarget;
}

function find({ kind, id }: MapSelection, reference: Reference, t: ReturnType<typeof useT>): Thing | null {
  const withId = <T extends { id: string }>(list: readonly T[]) => list.find(item => item.id === id);
  switch (kind) {
    case 'place': {
      const place = withId(reference.places);
      return (
        (place && {
          ...place,
          kind: t.placeKind[place.kind],
          icon: `place-${place.kind}` as const,
          position: lngLat(place.position),
          target: { ...place, what: 'place' as const, method: defaultMethod(place.kind) },
        }) ??
        null
      );
    }
    case 'station': {
      const station = withId(reference.stations);
      return station
        ? { ...station, kind: t.layers.stations, icon: 'shield', position: lngLat(station.position) }
        : null;
    }
    case 'camera': {
      const camera = withId(reference.cameras);
      return camera
        ? { ...camera, kind: t.layers.cameras, icon: 'sighting-camera', position: lngLat(camera.position) }
        : null;
    }
    case 'segment': {
      const segment = withId(reference.segments);
      const middle = segment?.line.coordinates[Math.floor(segment.line.coordinates.length / 2)];
      if (!segment || !middle) return null;
      return {
        name: segment.name,
        kind: t.placeKind[segment.kind],
        icon: `place-${segment.kind}`,
        position: [middle[0]!, middle[1]!],
        target: { ...segment, what: 'segment', method: defaultMethod(segment.kind) },
      };
    }
    default:
      return null;
  }
}
