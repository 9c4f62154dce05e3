import type { CSSProperties } from 'react';
import { usePrefs } from '../../app/prefs.ts';
import { locateTexts } from '../../i18n/sections/locate.ts';
import { useTexts } from '../../i18n/use-t.ts';
import { heat } from '../../map/layers/heat.ts';
import { outlines } from '../../map/layers/posterior.ts';
import { Icon } from '../../ui/icons/icon.tsx';
import styles from './locate.module.css';
import { useLocate } from './locate-store.ts';
import { LineSwatch, RouteSwatch } from './swatch.tsx';

const steps = [0.15, 0.4, 0.65, 0.85, 1];

/** What the picture of her whereabouts and the plan mean; only while they are on the map. */
export function LocateLegend() {
  const texts = useTexts(locateTexts);
  const theme = usePrefs(prefs => prefs.theme);
  const open = useLocate(locate => locate.look !== null);
  if (!open) return null;
  const { ramp, edge } = heat[theme];
  const color = (level: number) => {
    const [r, g, b, a] = ramp(level);
    return `rgb(${r} ${g} ${b} / ${a / 255})`;
  };
  return (
    <>
      <h3>{texts.legend}</h3>
      <ul className={styles.legend} style={{ '--edge': edge } as CSSProperties}>
        <li>
          <span
            className={styles.ramp}
            style={{ background: `linear-gradient(90deg, ${steps.map(color).join()})` }}
          />
          {texts.legendSurface}
        </li>
        {outlines.map(({ share, width, dash }) => (
          <li key={share}>
            <LineSwatch color={edge} width={width} dash={dash} />
            {texts.legendOutline(share * 100)}
          </li>
        ))}
        <li>
          <span className={styles.badge}>1</span> {texts.legendRanked}
        </li>
        <li>
          <span className={styles.hatch} /> {texts.legendSearched}
        </li>
        <li>
          <RouteSwatch look={1} /> {texts.legendRoute}
        </li>
        <li>
          <Icon name="noEntry" /> {texts.legendIntercept}
        </li>
        <li>
          <span className={styles.exit} /> {texts.legendExit}
        </li>
      </ul>
    </>
  );
}
