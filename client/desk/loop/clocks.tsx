import type { WorldClock } from '#domain/loop/world.ts';
import type { WorldIncident } from '#domain/world.ts';
import { useNow } from '../../clock/use-now.ts';
import { clockTexts } from '../../i18n/sections/clocks.ts';
import { useFormats, useTexts } from '../../i18n/use-t.ts';
import { ClockRing } from '../../ui/clock-ring.tsx';
import { Icon } from '../../ui/icons/icon.tsx';
import { Section } from '../../ui/section.tsx';
import { runningClocks, standingOf } from './clock-level.ts';
import styles from './clocks.module.css';

/** What has to be done by when, the most pressing first; what is done, counted. */
export function Clocks({ incident }: { incident: WorldIncident }) {
  const texts = useTexts(clockTexts);
  const clocks = Object.values(incident.loop.clocks);
  const running = runningClocks(clocks);
  const stopped = (outcome: string) => clocks.filter(each => each.outcome === outcome).length;
  const [met, late] = [stopped('met'), stopped('late')];
  if (clocks.length === 0) return null;
  return (
    <Section
      title={texts.title}
      icon="clock"
      action={met + late > 0 && <small>{texts.stopped(met, late)}</small>}
    >
      {running.length > 0 && (
        <ul className={styles.clocks}>
          {running.map(clock => (
            <ClockRow key={clock.id} clock={clock} />
          ))}
        </ul>
      )}
    </Section>
  );
}

function ClockRow({ clock }: { clock: WorldClock }) {
  const texts = useTexts(clockTexts);
  const formats = useFormats();
  const now = useNow();
  const { level, leftS, share } = standingOf(clock, now);
  const time = formats.clockAge(Math.abs(leftS));
  const doneMs = clock.forecast?.doneAt ? Date.parse(clock.forecast.doneAt) : null;
  return (
    <li data-level={level}>
      {level === 'over' ? <Icon name="warning" size="1.5em" /> : <ClockRing share={share} />}
      <span>
        {texts.kind[clock.kind]}
        {level === 'soon' && <small>{texts.soon}</small>}
        {level === 'foreseen' && (
          <small>
            {doneMs === null ? texts.predictedUnknown : texts.predicted(formats.timeShort(doneMs))}
          </small>
        )}
      </span>
      <b>{level === 'over' ? texts.over(time) : texts.left(time)}</b>
      <time dateTime={clock.dueAt}>{formats.timeShort(Date.parse(clock.dueAt))}</time>
    </li>
  );
}
