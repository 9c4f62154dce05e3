import { percent } from './names.ts';
import styles from './reports.module.css';

export interface IntervalBar {
  key: string;
  name: string;
  strong?: boolean;
  /** Shares of 1; null when nothing was counted. */
  rate: { value: number | null; lo: number | null; hi: number | null };
  /** What the share should be: a tick on the bar. */
  nominal?: number;
  /** What was counted, behind the percentage. */
  counted: string;
}

const [nameWidth, barWidth, width] = [120, 300, 560];

/** Shares as bars, with the interval as a line across each bar's end. */
export function IntervalBars({
  title,
  rows,
  rowHeight,
}: {
  title: string;
  rows: readonly IntervalBar[];
  rowHeight: number;
}) {
  const x = (share: number) => nameWidth + share * barWidth;
  return (
    <svg viewBox={`0 0 ${width} ${rows.length * rowHeight}`} role="img" aria-label={title}>
      {rows.map(({ key, name, strong, rate: { value, lo, hi }, nominal, counted }, i) => {
        const middle = i * rowHeight + rowHeight / 2;
        const bar = { x: nameWidth, y: middle - 8, height: 16 };
        return (
          <g key={key}>
            <text x={0} y={middle} dominantBaseline="central" data-strong={strong}>
              {name}
            </text>
            <rect {...bar} width={barWidth} className={styles.trough} />
            {value !== null && (
              <>
                <rect {...bar} width={value * barWidth} className={styles.fill} />
                <path
                  d={`M${x(lo!)} ${middle}H${x(hi!)}M${x(lo!)} ${middle - 4}v8M${x(hi!)} ${middle - 4}v8`}
                  className={styles.interval}
                />
              </>
            )}
            {nominal !== undefined && (
              <path d={`M${x(nominal)} ${middle - 12}v24`} className={styles.nominal} />
            )}
            <text x={nameWidth + barWidth + 10} y={middle} dominantBaseline="central">
              {percent(value)} {counted}
            </text>
          </g>
        );
      })}
    </svg>
  );
}
