import { useEffect, useMemo, useRef, useState } from 'react';
import type { TaskView } from '../api/tasks.ts';
import { usePrefs } from '../app/prefs.ts';
import { useSignedIn } from '../app/session.ts';
import { serverNow, useNow } from '../clock/use-now.ts';
import { RegionMap } from '../desk/region-map.tsx';
import type { MapHandle } from '../map/map-view.tsx';
import { defaultSwitches, type LngLat, type MapScene } from '../map/scene.ts';
import { UnitSlots } from '../map/sources/unit-slots.ts';
import { unitSlots, useLive } from '../store/live.ts';
import { fieldTexts } from '../i18n/sections/field.ts';
import { useTexts } from '../i18n/use-t.ts';
import { Icon } from '../ui/icons/icon.tsx';
import styles from './field.module.css';
import type { PhoneFix } from './own-place.ts';
import type { Way } from './use-way.ts';

const nobody: [] = [];
/** Nothing but the destination, the way and oneself. */
const switches = { ...defaultSwitches, stations: false, jurisdictions: false, places: true, segments: true };
const edges = { padding: { top: 48, bottom: 48, left: 48, right: 48 }, maxZoom: 16 };
/** One's own mark is the only one. */
const ownSlot = 0;

export interface TaskMapProps {
  task: TaskView;
  unitId: string;
  way: Way | null;
  fix: PhoneFix | null;
}

/** A small map: where to go, the way there, and where one is. */
export function TaskMap({ task, unitId, way, fix }: TaskMapProps) {
  const texts = useTexts(fieldTexts);
  const tilesUrl = useSignedIn().region?.tilesUrl ?? '';
  const { theme, lang } = usePrefs(prefs => prefs);
  const nowAt = useNow();
  const units = useOwnMark(unitId, fix);
  const { target } = task;
  const shown = useMemo(() => {
    if (!target) return { places: nobody, segments: nobody, nearest: null };
    const { kind, name, position, path } = target;
    const at: LngLat = [position.lng, position.lat];
    return {
      places: [{ id: task.id, kind, name, position: at }],
      segments: path ? [{ id: task.id, path: path as LngLat[], state: 'underWay' as const }] : nobody,
      nearest: { to: at, items: nobody },
    };
  }, [target, task.id]);
  const routes = useMemo(
    () =>
      way
        ? [
            {
              unitId,
              path: way.route.path,
              proposed: false,
              etaAt: way.askedAt + way.route.travelTimeS * 1000,
            },
          ]
        : nobody,
    [way, unitId],
  );
  const scene: MapScene = {
    tilesUrl,
    theme,
    lang,
    nowAt,
    units,
    incidents: nobody,
    sightings: nobody,
    posterior: null,
    stations: nobody,
    jurisdictions: nobody,
    cameras: nobody,
    closures: nobody,
    routes,
    isochrone: null,
    selection: null,
    switches,
    ...shown,
  };
  const { map, setMap } = useFit(task, way);
  return (
    <>
      <RegionMap ref={setMap} scene={scene} bare />
      <div className={styles.zoom}>
        <button type="button" aria-label={texts.zoomIn} onClick={() => map?.zoomBy(1)}>
          <Icon name="plus" size="1.4em" />
        </button>
        <button type="button" aria-label={texts.zoomOut} onClick={() => map?.zoomBy(-1)}>
          <Icon name="minus" size="1.4em" />
        </button>
      </div>
    </>
  );
}

/** Shows destination and way when the task or its first way comes, and then leaves the map to the person's fingers. */
function useFit(task: TaskView, way: Way | null) {
  const [map, setMap] = useState<MapHandle | null>(null);
  const fitted = useRef<{ map: MapHandle; wanted: string } | null>(null);
  useEffect(() => {
    const position = task.target?.position;
    const wanted = `${task.id} ${way !== null}`;
    if (!map || !position) return;
    // The handle changes once, when the map is there.
    if (fitted.current?.map === map && fitted.current.wanted === wanted) return;
    fitted.current = { map, wanted };
    const line = (task.target?.path ?? []) as LngLat[];
    map.fit([[position.lng, position.lat], ...line, ...(way?.route.path ?? [])], edges);
  }, [map, task, way]);
  return { map, setMap };
}

/** The own unit alone: from the phone while it shares, else as the centre last heard of it. */
function useOwnMark(unitId: string, fix: PhoneFix | null): UnitSlots {
  const [slots] = useState(() => new UnitSlots());
  const unit = useLive(live => live.world.units[unitId]);
  useEffect(() => {
    if (!unit) return;
    const { id, slot, callsign, kind, state } = unit;
    const show = () => {
      slots.describe(ownSlot, { id, callsign, kind, state });
      if (fix) {
        const { longitude, latitude, speed, heading } = fix.coords;
        slots.place(ownSlot, longitude, latitude, serverNow(), speed ?? Number.NaN, heading ?? Number.NaN);
      } else if (unitSlots.shown(slot)) {
        const [lng, lat] = [unitSlots.lngLat[2 * slot]!, unitSlots.lngLat[2 * slot + 1]!];
        const [speed, course] = [unitSlots.speedMps[slot]!, unitSlots.courseDeg[slot]!];
        slots.place(ownSlot, lng, lat, unitSlots.fixAt[slot]!, speed, course);
      }
      slots.notify();
    };
    show();
    return fix ? undefined : unitSlots.subscribe(show);
  }, [slots, unit, fix]);
  return slots;
}
