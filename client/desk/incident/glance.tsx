import { useMemo } from 'react';
import { type Line, lines } from '#contract/kinds.ts';
import { linesOf, type LineView } from '#domain/loop/lines.ts';
import type { WorldIncident } from '#domain/world.ts';
import { useNow } from '../../clock/use-now.ts';
import { clockTexts } from '../../i18n/sections/clocks.ts';
import { deskTexts } from '../../i18n/sections/desk.ts';
import { lineTexts } from '../../i18n/sections/lines.ts';
import { useFormats, useTexts } from '../../i18n/use-t.ts';
import { useLive } from '../../store/live.ts';
import { Icon } from '../../ui/icons/icon.tsx';
import { lineIcons } from '../../ui/icons/line-icons.ts';
import { nextClock, standingOf } from '../loop/clock-level.ts';
import { tasksOf } from '../tasks/selectors.ts';
import styles from './glance.module.css';
import { showTab } from './panel-tab.ts';

/** For somebody who has ten seconds: how the three lines stand, and what is due next. Stays whatever part is shown. */
export function Glance({ incident }: { incident: WorldIncident }) {
  const texts = useTexts(deskTexts).glance;
  const all = useLive(live => live.world.tasks);
  const tasks = useMemo(() => tasksOf(all, incident.id), [all, incident.id]);
  const now = useNow();
  if (incident.state === 'closed') return null;
  const views = linesOf(incident, tasks, now);
  return (
    <div className={styles.glance} role="group" aria-label={texts.label}>
      {lines.map(line => (
        <LineChip key={line} line={line} view={views[line]} now={now} />
      ))}
      <NextClock incident={incident} now={now} />
    </div>
  );
}

/** State by colour, by the shape of the border and in a word. */
function LineChip({ line, view, now }: { line: Line; view: LineView; now: number }) {
  const texts = useTexts(lineTexts);
  const glance = useTexts(deskTexts).glance;
  const formats = useFormats();
  const late = view.next !== null && view.next.dueAtMs < now;
  const news = view.newsAtMs === null ? null : formats.age((now - view.newsAtMs) / 1000);
  const said = view.next ? texts.next[view.next.action] : texts.state[view.state];
  return (
    <button
      type="button"
      className={styles.line}
      data-state={view.state}
      data-late={late || undefined}
      aria-label={glance.line(texts.line[line], said)}
      title={`${texts.line[line]} · ${texts.state[view.state]}${news === null ? '' : ` · ${texts.newsAge(news)}`}`}
      onClick={() => showTab(line === 'ground' ? 'plan' : 'lines')}
    >
      <Icon name={lineIcons[line]} size="1.1em" />
      <span>{said}</span>
    </button>
  );
}

function NextClock({ incident, now }: { incident: WorldIncident; now: number }) {
  const texts = useTexts(clockTexts);
  const glance = useTexts(deskTexts).glance;
  const formats = useFormats();
  const clock = nextClock(Object.values(incident.loop.clocks), now);
  if (!clock) return <span className={styles.clock}>{glance.noClock}</span>;
  const { level, leftS } = standingOf(clock, now);
  const time = formats.clockAge(Math.abs(leftS));
  return (
    <button type="button" className={styles.clock} data-level={level} onClick={() => showTab('lines')}>
      <Icon name={level === 'over' ? 'warning' : 'clock'} size="1.1em" />
      {texts.kind[clock.kind]} <b>{leftS < 0 ? texts.over(time) : texts.left(time)}</b>
    </button>
  );
}
