import { timedSteps } from '#contract/bulletin.ts';
import type { Bulletin } from '../api/reports.ts';
import { reportTexts } from '../i18n/sections/reports.ts';
import { useTexts } from '../i18n/use-t.ts';
import { useRowName } from './names.ts';
import styles from './reports.module.css';

const [rowHeight, nameWidth, barWidth, width] = [24, 120, 350, 560];

/** How long each step took over all stations, in buckets; and who was slowest. */
export function TimeBars({ bulletin: { total, slowest } }: { bulletin: Bulletin }) {
  const texts = useTexts(reportTexts);
  const nameOf = useRowName();
  return (
    <figure className={styles.chart}>
      <figcaption>{texts.times}</figcaption>
      {timedSteps.map(step => {
        const counts = total.figures[step];
        const all = counts.reduce((sum, count) => sum + count, 0);
        const slow = slowest.find(each => each.step === step);
        return (
          <div key={step}>
            <h2>
              {texts.steps[step]} <small>{all}</small>
              {slow && (
                <small>
                  {texts.slowest}: {nameOf(slow)} {texts.duration(slow.seconds)}
                </small>
              )}
            </h2>
            <svg viewBox={`0 0 ${width} ${4 * rowHeight}`} role="img" aria-label={texts.steps[step]}>
              {counts.map((count, i) => (
                <g key={texts.buckets[step][i]} transform={`translate(0 ${i * rowHeight})`}>
                  <text x={0} y={rowHeight / 2} dominantBaseline="central">
                    {texts.buckets[step][i]}
                  </text>
                  <rect
                    x={nameWidth}
                    y={4}
                    width={barWidth}
                    height={rowHeight - 8}
                    className={styles.trough}
                  />
                  <rect
                    x={nameWidth}
                    y={4}
                    width={all === 0 ? 0 : (count / all) * barWidth}
                    height={rowHeight - 8}
                    className={i === 3 ? styles.slow : styles.fill}
                  />
                  <text x={nameWidth + barWidth + 10} y={rowHeight / 2} dominantBaseline="central">
                    {count}
                  </text>
                </g>
              ))}
            </svg>
          </div>
        );
      })}
    </figure>
  );
}
