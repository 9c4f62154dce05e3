import type { MapScene } from '../map/scene.ts';
import { useEffect, useMemo } from 'react';
import type { PinnedView } from '../api/access.ts';
import { accessTexts } from '../i18n/sections/access.ts';
import { taskTexts } from '../i18n/sections/tasks.ts';
import { useFormats, useT, useTexts } from '../i18n/use-t.ts';
import { useLive } from '../store/live.ts';
import { Icon } from '../ui/icons/icon.tsx';
import { RiskMark } from '../ui/icons/risk-mark.tsx';
import { pinOverlay, toMapPins } from './pin-overlay.ts';
import styles from './pin-strip.module.css';
import { usePinned } from './use-pinned.ts';

type Drawn = Pick<MapScene, 'posterior' | 'overlay'>;

/** What leaders put on the wall, with who and until when; `onDraw` is given what the map adds, null when it is over. */
export default function PinStrip({ onDraw }: { onDraw: (drawn: Drawn | null) => void }) {
  const views = usePinned();
  const drawn = useMemo(
    () => (views.length === 0 ? null : { posterior: toMapPins(views), overlay: pinOverlay }),
    [views],
  );
  useEffect(() => onDraw(drawn), [drawn, onDraw]);
  useEffect(() => () => onDraw(null), [onDraw]);
  return (
    <div className={styles.pins}>
      {views.map(view => (
        <Pin key={view.incidentId} view={view} />
      ))}
    </div>
  );
}

function Pin({ view }: { view: PinnedView }) {
  const t = useT();
  const texts = useTexts(accessTexts);
  const formats = useFormats();
  const incident = useLive(live => live.world.incidents[view.incidentId]);
  if (!incident) return null;
  return (
    <section className={styles.pin} aria-label={texts.onWall(view.pinnedByName)}>
      <header>
        <RiskMark risk={incident.risk} number={view.number} size="2em" />
        <span>
          <strong>{t.scam[incident.scamType]}</strong>
          <small>
            <Icon name="pin" size="1em" /> {texts.onWall(view.pinnedByName)} ·{' '}
            {texts.onWallUntil(formats.timeShort(Date.parse(view.untilAt)))}
          </small>
        </span>
      </header>
      {view.regions && <p className={styles.hint}>{texts.onWallRegions}</p>}
      {view.tasks ? <Tasks tasks={view.tasks} /> : view.units && <Units units={view.units} />}
    </section>
  );
}

function Tasks({ tasks }: { tasks: NonNullable<PinnedView['tasks']> }) {
  const texts = useTexts(accessTexts);
  const words = useTexts(taskTexts);
  if (tasks.length === 0) return <p className={styles.hint}>{texts.onWallNone}</p>;
  return (
    <ul aria-label={texts.onWallTasks}>
      {tasks.map(({ taskId, callsign, target, state }) => (
        <li key={taskId}>
          <strong>{callsign}</strong>
          <span>{target?.name ?? words.unknownTarget}</span>
          <em data-state={state}>{words.state[state]}</em>
        </li>
      ))}
    </ul>
  );
}

function Units({ units }: { units: NonNullable<PinnedView['units']> }) {
  const t = useT();
  const texts = useTexts(accessTexts);
  if (units.length === 0) return <p className={styles.hint}>{texts.onWallNone}</p>;
  return (
    <ul aria-label={texts.onWallUnits}>
      {units.map(({ unitId, callsign, state }) => (
        <li key={unitId}>
          <strong>{callsign}</strong>
          <span />
          <em>{t.unitState[state]}</em>
        </li>
      ))}
    </ul>
  );
}
