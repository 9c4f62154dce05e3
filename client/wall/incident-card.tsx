import { lines } from '#contract/kinds.ts';
import type { WorldIncident } from '#domain/world.ts';
import { useNow } from '../clock/use-now.ts';
import { runningClocks, standingOf } from '../desk/loop/clock-level.ts';
import { Age } from '../desk/queue-item.tsx';
import { useStationName } from '../desk/station-name.ts';
import { clockTexts } from '../i18n/sections/clocks.ts';
import { lineStateTexts } from '../i18n/sections/line-states.ts';
import { wallTexts } from '../i18n/sections/wall.ts';
import { useFormats, useT, useTexts } from '../i18n/use-t.ts';
import { ClockRing } from '../ui/clock-ring.tsx';
import { Icon } from '../ui/icons/icon.tsx';
import { RiskMark } from '../ui/icons/risk-mark.tsx';
import { LineMark } from '../ui/line-mark.tsx';
import styles from './incident-list.module.css';
import { wallLines } from './lines.ts';

/** One open incident for the whole room: no name, since the wall is sent none; number, risk, three lines, next clock. */
export function IncidentCard({ incident, focused }: { incident: WorldIncident; focused: boolean }) {
  const t = useT();
  const station = useStationName(incident.stationId);
  const { risk, number, scamType, openedAt, subject } = incident;
  return (
    <li className={styles.card} data-risk={risk} data-focused={focused || undefined}>
      <RiskMark risk={risk} number={number} size="2.6em" label={t.risk[risk]} />
      <p className={styles.what}>
        <strong>{t.scam[scamType]}</strong>
        <span>{[subject?.nameMasked, station ?? t.queue.noStation].filter(Boolean).join(' · ')}</span>
      </p>
      <Age since={openedAt} />
      <LineRow incident={incident} />
      <NextClock incident={incident} />
    </li>
  );
}

function LineRow({ incident }: { incident: WorldIncident }) {
  const texts = useTexts(wallTexts);
  const words = useTexts(lineStateTexts);
  const formats = useFormats();
  const now = useNow();
  const views = wallLines(incident, now);
  return (
    <dl className={styles.lines}>
      {lines.map(line => {
        const { state, newsAtMs } = views[line];
        return (
          <div key={line} data-state={state}>
            <dt>{texts.line[line]}</dt>
            <dd>
              <LineMark state={state} /> {words.state[state]}
            </dd>
            <dd>{newsAtMs === null ? '—' : formats.age((now - newsAtMs) / 1000)}</dd>
          </div>
        );
      })}
    </dl>
  );
}

/** What is overdue, else what is due next. */
function NextClock({ incident }: { incident: WorldIncident }) {
  const texts = useTexts(wallTexts);
  const words = useTexts(clockTexts);
  const formats = useFormats();
  const now = useNow();
  const running = runningClocks(Object.values(incident.loop.clocks));
  const [next] = running;
  if (!next) return <p className={styles.clock}>{texts.noClock}</p>;
  const { level, leftS, share } = standingOf(next, now);
  const time = formats.clockAge(Math.abs(leftS));
  const late = level !== 'over' && running.some(({ forecast }) => forecast?.breach);
  return (
    <p className={styles.clock} data-level={level}>
      {level === 'over' ? <Icon name="warning" size="1.3em" /> : <ClockRing share={share} />}
      <span>{words.kind[next.kind]}</span>
      <b>{leftS < 0 ? words.over(time) : words.left(time)}</b>
      {late && <em>{texts.foreseen}</em>}
    </p>
  );
}
