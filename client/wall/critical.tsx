import type { Alarm } from './alarms.ts';
import { useNow } from '../clock/use-now.ts';
import { clockTexts } from '../i18n/sections/clocks.ts';
import { lineStateTexts } from '../i18n/sections/line-states.ts';
import { wallTexts } from '../i18n/sections/wall.ts';
import { useFormats, useT, useTexts } from '../i18n/use-t.ts';
import { Icon } from '../ui/icons/icon.tsx';
import styles from './critical.module.css';
import { useAlarmSound } from './use-alarm-sound.ts';

/** As many as are taken in at one look. */
const mostShown = 3;

/** The place that is kept for what somebody has to do now. Empty it says so: nobody has to wonder. */
export function Critical({ alarms }: { alarms: readonly Alarm[] }) {
  const texts = useTexts(wallTexts);
  const audible = useAlarmSound(alarms);
  const pressing = alarms.filter(({ priority }) => priority < 3);
  const foreseen = alarms.length - pressing.length;
  const hidden = pressing.length - mostShown;
  return (
    <section
      className={styles.critical}
      aria-label={texts.critical}
      data-calm={pressing.length === 0 || undefined}
    >
      {pressing.length === 0 ? (
        <p className={styles.calm}>
          <Icon name="check" /> {texts.calm}
        </p>
      ) : (
        <ol>
          {pressing.slice(0, mostShown).map(alarm => (
            <AlarmRow key={alarm.key} alarm={alarm} />
          ))}
        </ol>
      )}
      <p className={styles.rest}>
        {hidden > 0 && <span>{texts.moreCritical(hidden)}</span>}
        {foreseen > 0 && <span>{texts.toLate(foreseen)}</span>}
        {!audible && <span>{texts.soundOff}</span>}
      </p>
    </section>
  );
}

function AlarmRow({ alarm }: { alarm: Alarm }) {
  const t = useT();
  const texts = useTexts(wallTexts);
  const clocks = useTexts(clockTexts);
  const lines = useTexts(lineStateTexts);
  const formats = useFormats();
  const now = useNow();
  const { what, number, priority, sinceMs } = alarm;
  const says =
    'call' in what
      ? texts.callLeader(what.call.map(reason => lines.because[reason]).join(t.list))
      : texts.overdue(clocks.kind[what.clock]);
  return (
    <li className={styles.alarm} data-priority={priority}>
      <Icon name={'call' in what ? 'bell' : 'warning'} size="1.5em" />
      <b>{texts.number(number)}</b>
      <span>{says}</span>
      <time>{formats.clockAge((now - sinceMs) / 1000)}</time>
    </li>
  );
}
