import { usePrefs } from '../../app/prefs.ts';
import { lookParts, routeColors, routeDashes } from '../../map/layers/route-looks.ts';
import styles from './locate.module.css';

interface LineSwatchProps {
  color: string;
  width: number;
  /** In widths of the line; without, it is unbroken. */
  dash?: readonly number[] | undefined;
}

/** A piece of a line as the map draws it. */
export function LineSwatch({ color, width, dash }: LineSwatchProps) {
  return (
    <svg className={styles.swatch} viewBox="0 0 26 8" aria-hidden>
      <line
        x1="1"
        x2="25"
        y1="4"
        y2="4"
        stroke={color}
        strokeWidth={width}
        strokeDasharray={dash?.map(part => part * width).join(' ')}
      />
    </svg>
  );
}

/** A piece of a unit's way. */
export function RouteSwatch({ look }: { look: number }) {
  const theme = usePrefs(prefs => prefs.theme);
  const { color, dash } = lookParts(look);
  const dashes = dash === 0 ? undefined : routeDashes[dash];
  return <LineSwatch color={routeColors[theme][color]!} width={3} dash={dashes} />;
}
