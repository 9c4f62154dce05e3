import type { PlanView } from '../../api/locate.ts';
import { locateTexts } from '../../i18n/sections/locate.ts';
import { useTexts } from '../../i18n/use-t.ts';
import { shareText } from '../../map/sources/share-text.ts';
import { foundBy } from './figures.ts';
import styles from './locate.module.css';

const width = 320;
const height = 92;
const left = 36;
const right = 12;
const top = 14;
const bottom = 18;
const marks = [15, 30];

/** How the probability of having found her grows with time, by the present plan. */
export function Curve({ curve }: { curve: PlanView['pFoundBy'] }) {
  const texts = useTexts(locateTexts);
  const lastMinute = Math.max(30, curve.at(-1)?.minute ?? 0);
  const x = (minute: number) => left + (minute / lastMinute) * (width - left - right);
  const y = (p: number) => height - bottom - p * (height - top - bottom);
  const points = [{ minute: 0, p: 0 }, ...curve].map(({ minute, p }) => `${x(minute)},${y(p)}`);
  const end = x(curve.at(-1)?.minute ?? 0);
  const says = texts.curveSays(shareText(foundBy(curve, 15)), shareText(foundBy(curve, 30)));
  return (
    <svg className={styles.curve} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={says}>
      {[0, 0.5, 1].map(p => (
        <g key={p}>
          <line className={styles.grid} x1={left} x2={width - right} y1={y(p)} y2={y(p)} />
          <text x={left - 4} y={y(p) + 4} textAnchor="end">
            {`${100 * p}%`}
          </text>
        </g>
      ))}
      <polygon className={styles.under} points={`${points.join(' ')} ${end},${y(0)} ${x(0)},${y(0)}`} />
      <polyline className={styles.line} points={points.join(' ')} />
      {marks.map(minute => (
        <g key={minute}>
          <line
            className={styles.mark}
            x1={x(minute)}
            x2={x(minute)}
            y1={y(0)}
            y2={y(foundBy(curve, minute))}
          />
          <circle className={styles.dot} cx={x(minute)} cy={y(foundBy(curve, minute))} r={3} />
          <text className={styles.value} x={x(minute) - 6} y={y(foundBy(curve, minute)) - 5} textAnchor="end">
            {shareText(foundBy(curve, minute))}
          </text>
          <text x={x(minute)} y={height - 5} textAnchor={minute === lastMinute ? 'end' : 'middle'}>
            {texts.inMinutes(minute)}
          </text>
        </g>
      ))}
    </svg>
  );
}
