import { type SearchMethod, searchMethods } from '#contract/sighting.ts';
import { taskTexts } from '../i18n/sections/tasks.ts';
import { useFormats, useT, useTexts } from '../i18n/use-t.ts';
import { useLive } from '../store/live.ts';
import { ChoiceField } from '../ui/field.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { Icon } from '../ui/icons/icon.tsx';
import { setDesk, useDesk } from './desk-store.ts';
import styles from './map-card.module.css';
import { setTargetMethod } from './nearest.ts';
import { NearestList } from './nearest-list.tsx';
import { incidentPosition } from './scene.ts';
import { useReference } from './reference.ts';
import { UnitCard } from './unit-card.tsx';
import { ClosureCard } from './roads/closure-card.tsx';
import { PlaceCard } from './place-card.tsx';

/** Over the map: what was clicked on it. The incident's own list of nearest units stands in its panel. */
export function MapCards({ incidentId }: { incidentId: string | null }) {
  const selection = useDesk(desk => desk.selection);
  const unit = useLive(live => (selection?.kind === 'unit' ? live.world.units[selection.id] : undefined));
  return (
    <div className={styles.cards}>
      {unit && <UnitCard unit={unit} />}
      {selection && <PlaceCard selection={selection} />}
      {selection?.kind === 'closure' && <ClosureCard key={selection.id} closureId={selection.id} />}
      <PointCard incidentId={incidentId} />
    </div>
  );
}

function PointCard({ incidentId }: { incidentId: string | null }) {
  const t = useT();
  const formats = useFormats();
  const to = useDesk(desk => desk.nearest?.to ?? null);
  const target = useDesk(desk => desk.nearest?.target ?? null);
  const texts = useTexts(taskTexts);
  const incident = useLive(live => (incidentId === null ? undefined : live.world.incidents[incidentId]));
  const stations = useReference(reference => reference.stations);
  const own = incident && incidentPosition(incident, stations);
  if (!to || (!target && own && own[0] === to[0] && own[1] === to[1])) return null;
  return (
    <section className={styles.card} aria-label={t.nearest.title}>
      <header>
        <Icon name="route" />
        <h3>{target ? texts.sendUnit : t.nearest.title}</h3>
        <span>{target?.name ?? `${formats.number(to[0], 5)}, ${formats.number(to[1], 5)}`}</span>
        <IconButton icon="close" label={t.close} onPress={() => setDesk({ nearest: null })} />
      </header>
      {target && (
        <ChoiceField<SearchMethod>
          label={texts.how}
          value={target.method}
          onChange={setTargetMethod}
          choices={searchMethods.map(value => ({ value, label: t.sighting.method[value] }))}
        />
      )}
      <NearestList />
    </section>
  );
}
