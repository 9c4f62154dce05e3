import type { WhatIfView } from '#contract/what-if.ts';
import { whatIfTexts } from '../i18n/sections/what-if.ts';
import { useTexts } from '../i18n/use-t.ts';
import { shareText } from '../map/sources/share-text.ts';
import styles from './what-if-section.module.css';

const [width, height, left, right, top, bottom] = [320, 104, 36, 12, 8, 18];
const said = 30;
const marks = [10, 20, 30, 60];

/** The share of draws in which she was met by each minute, in both futures. */
export function MeetingCurves({ result }: { result: WhatIfView['result'] }) {
  const texts = useTexts(whatIfTexts);
  const last = result.asItWas.metBy.at(-1)?.minute ?? 60;
  const x = (minute: number) => left + (minute / last) * (width - left - right);
  const y = (share: number) => height - bottom - share * (height - top - bottom);
  const line = ({ metBy }: { metBy: { minute: number; share: number }[] }) =>
    [{ minute: 0, share: 0 }, ...metBy].map(({ minute, share }) => `${x(minute)},${y(share)}`).join(' ');
  const by = (times: { metBy: { minute: number; share: number }[] }) =>
    shareText(times.metBy.find(({ minute }) => minute === said)?.share ?? 0);
  return (
    <>
      <svg
        className={styles.curves}
        viewBox={`0 0 ${width} ${height}`}
        role="img"
        aria-label={texts.curve(said, by(result.asItWas), by(result.changed))}
      >
        {[0, 0.5, 1].map(share => (
          <g key={share}>
            <line x1={left} x2={width - right} y1={y(share)} y2={y(share)} />
            <text x={left - 4} y={y(share) + 4} textAnchor="end">
              {`${100 * share}%`}
            </text>
          </g>
        ))}
        {result.asItWas.metBy
          .filter(({ minute }) => marks.includes(minute))
          .map(({ minute }) => (
            <text key={minute} x={x(minute)} y={height - 4} textAnchor={minute === last ? 'end' : 'middle'}>
              {texts.minutes(minute)}
            </text>
          ))}
        <polyline points={line(result.asItWas)} />
        <polyline points={line(result.changed)} data-changed />
      </svg>
      <p className={styles.legend}>
        <span>{texts.asItWas}</span>
        <span data-changed>{texts.changed}</span>
      </p>
    </>
  );
}
