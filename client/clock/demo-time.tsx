import { useSignedIn } from '../app/session.ts';
import { demoTimeTexts } from '../i18n/sections/demo-time.ts';
import { useFormats, useTexts } from '../i18n/use-t.ts';
import { useLive } from '../store/live.ts';
import styles from './demo-time.module.css';

/** Clocks of machines differ by less; a demo that is farther off has a time of its own. */
const ownAfterMs = 10 * 60_000;

/** Beside a clock: that it does not show the time of day. Nothing while it does. */
export function DemoTime() {
  const texts = useTexts(demoTimeTexts);
  const formats = useFormats();
  const { demo } = useSignedIn();
  const rate = useLive(live => live.link.clockRate);
  const own = useLive(live => demo && Math.abs(live.link.clockOffsetMs) > ownAfterMs);
  if (rate === 1 && !own) return null;
  const text = rate === 0 ? texts.paused : rate === 1 ? texts.own : texts.fast(formats.number(rate, 1));
  return (
    <span className={styles.badge} data-paused={rate === 0 || undefined} title={texts.hint}>
      {text}
    </span>
  );
}
