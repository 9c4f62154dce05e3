import type { BeliefMark } from '../../api/locate.ts';
import { usePrefs } from '../../app/prefs.ts';
import { locateTexts } from '../../i18n/sections/locate.ts';
import { useFormats, useTexts } from '../../i18n/use-t.ts';
import styles from './locate.module.css';
import { useLocate } from './locate-store.ts';
import { goTo, leavePast } from './past.ts';

/** Along the moments at which the belief was worked out, oldest at the left; at the right end it is now. */
export function PastSlider({ marks }: { marks: readonly BeliefMark[] }) {
  const texts = useTexts(locateTexts);
  const formats = useFormats();
  const lang = usePrefs(prefs => prefs.lang);
  const past = useLocate(locate => locate.past);
  const last = marks.length - 1;
  const found = past ? marks.findIndex(({ seq, at }) => seq === past.mark.seq && at === past.mark.at) : last;
  const at = found < 0 ? last : found;
  const mark = marks[at];
  if (!mark) return null;
  const says = `${formats.time(Date.parse(mark.at))} · ${texts.because[mark.because]}`;
  return (
    <label className={styles.slider}>
      <span>{texts.lookBack}</span>
      <input
        type="range"
        min={0}
        max={last}
        step={1}
        value={at}
        aria-valuetext={says}
        title={texts.lookBackHint}
        onChange={({ target }) => {
          const to = Number(target.value);
          const wanted = marks[to];
          if (to === last || !wanted) leavePast();
          else void goTo(wanted, lang);
        }}
      />
      <output>{says}</output>
    </label>
  );
}
