import { usePrefs } from '../../app/prefs.ts';
import { lookParts, routeColors, routeDashes } from '../../map/layers/route-looks.ts';
import styles from './locate.module.css';

const strokePx = 3;

/** A piece of a unit's way as the map draws it. */
export function RouteSwatch({ look }: { look: number }) {
  const theme = usePrefs(prefs => prefs.theme);
  const { color, dash } = lookParts(look);
  const dashes = dash === 0 ? undefined : routeDashes[dash]!.map(part => part * strokePx).join(' ');
  return (
    <svg className={styles.swatch} viewBox="0 0 26 8" aria-hidden>
      <line
        x1="1"
        x2="25"
        y1="4"
        y2="4"
        stroke={routeColors[theme][color]}
        strokeWidth={strokePx}
        strokeDasharray={dashes}
      />
    </svg>
  );
}
