import type { Bulletin } from '../api/reports.ts';
import { reportTexts } from '../i18n/sections/reports.ts';
import { useTexts } from '../i18n/use-t.ts';
import { percent, useRowName } from './names.ts';
import styles from './reports.module.css';

const [rowHeight, nameWidth, barWidth, width] = [26, 120, 300, 560];

/** The meeting rate of each station as bars, with the interval as a line across the bar's end. */
export function RateBars({ bulletin: { stations, total } }: { bulletin: Bulletin }) {
  const texts = useTexts(reportTexts);
  const nameOf = useRowName();
  const rows = [
    ...stations.filter(({ figures }) => figures.due > 0).map(row => ({ row, name: nameOf(row) })),
    { row: total, name: texts.total },
  ];
  const x = (share: number) => nameWidth + share * barWidth;
  return (
    <figure className={styles.chart}>
      <figcaption>{texts.rates.meeting}</figcaption>
      <svg viewBox={`0 0 ${width} ${rows.length * rowHeight}`} role="img" aria-label={texts.rates.meeting}>
        {rows.map(({ row, name }, i) => {
          const { value, of, lo, hi } = row.rates.meeting;
          const middle = i * rowHeight + rowHeight / 2;
          return (
            <g key={row === total ? 'total' : row.stationId}>
              <text x={0} y={middle} dominantBaseline="central" data-strong={row === total || undefined}>
                {name}
              </text>
              <rect x={nameWidth} y={middle - 8} width={barWidth} height={16} className={styles.trough} />
              {value !== null && (
                <>
                  <rect
                    x={nameWidth}
                    y={middle - 8}
                    width={value * barWidth}
                    height={16}
                    className={styles.fill}
                  />
                  <path
                    d={`M${x(lo!)} ${middle}H${x(hi!)}M${x(lo!)} ${middle - 4}v8M${x(hi!)} ${middle - 4}v8`}
                    className={styles.interval}
                  />
                </>
              )}
              <text x={nameWidth + barWidth + 10} y={middle} dominantBaseline="central">
                {percent(value)} {of > 0 && `${row.figures.metInTime}/${of}`}
              </text>
            </g>
          );
        })}
      </svg>
    </figure>
  );
}
