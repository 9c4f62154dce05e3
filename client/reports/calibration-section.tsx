import type { ReactNode } from 'react';
import { scoredMoments } from '#contract/calibration.ts';
import { errorText } from '../api/error-text.ts';
import { type Calibration, fetchCalibration } from '../api/reports.ts';
import { useQuery } from '../desk/use-query.ts';
import { calibrationTexts } from '../i18n/sections/calibration.ts';
import { useFormats, useT, useTexts } from '../i18n/use-t.ts';
import { Notice } from '../ui/notice.tsx';
import { Problem } from '../ui/section.tsx';
import { IntervalBars } from './interval-bars.tsx';
import { percent } from './names.ts';
import styles from './reports.module.css';

/** How far the map can be trusted: beliefs about closed incidents against where people were found. */
export default function CalibrationSection() {
  const t = useT();
  const texts = useTexts(calibrationTexts);
  const { data: board, error } = useQuery('calibration', fetchCalibration);
  return (
    <div className={styles.bulletin}>
      <div className={styles.title}>
        <h2>{texts.title}</h2>
        <p>{texts.hint}</p>
      </div>
      <Problem>{error ? errorText(error, t) : null}</Problem>
      {!board && !error && <Notice title={t.loading} />}
      {board?.cases === 0 && <Notice icon="history" title={texts.empty} hint={texts.emptyHint} />}
      {board && board.cases > 0 && (
        <>
          <div className={styles.charts}>
            {scoredMoments.map(moment => (
              <Reliability key={moment} board={board} moment={moment} />
            ))}
            <Evidence evidence={board.evidence} />
          </div>
          <p className={styles.hint}>{texts.laterHint}</p>
          <Months months={board.months} />
        </>
      )}
      {board && board.drift.length > 0 && <Drift drift={board.drift} />}
    </div>
  );
}

/** A bar for each region: how often it held the place, its interval, and a tick at the share that it promises. */
function Reliability({ board, moment }: { board: Calibration; moment: (typeof scoredMoments)[number] }) {
  const texts = useTexts(calibrationTexts);
  const rows = board.regions
    .filter(row => row.moment === moment)
    .map(({ share, inside, rate }) => ({
      key: String(share),
      name: `${share}%`,
      rate,
      nominal: share / 100,
      counted: texts.of(inside, rate.of),
    }));
  return (
    <figure className={styles.chart}>
      <figcaption>
        {texts.moments[moment]} <small>{moment === 'found' && texts.regionsHint}</small>
      </figcaption>
      <IntervalBars title={`${texts.regions} · ${texts.moments[moment]}`} rows={rows} rowHeight={30} />
    </figure>
  );
}

type Interval = Calibration['months'][number]['bits'];

/** Bits with their interval, a row for each name. */
function BitsTable({ of, rows }: { of: string; rows: readonly { name: string; bits: Interval }[] }) {
  const texts = useTexts(calibrationTexts);
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th>{of}</th>
          <th className={styles.number}>{texts.bits}</th>
          <th className={styles.number}>{texts.count}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ name, bits }) => (
          <tr key={name}>
            <td>{name}</td>
            <td className={styles.number}>
              <Bits bits={bits} />
            </td>
            <td className={styles.number}>{bits.of}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Bits({ bits: { value, lo, hi } }: { bits: Interval }): ReactNode {
  const texts = useTexts(calibrationTexts);
  const number = (bits: number) => bits.toFixed(1);
  if (value === null) return '—';
  return (
    <>
      {number(value)}{' '}
      <small>{lo === null || hi === null ? texts.tooFew : `(${number(lo)} – ${number(hi)})`}</small>
    </>
  );
}

function Evidence({ evidence }: { evidence: Calibration['evidence'] }) {
  const t = useT();
  const texts = useTexts(calibrationTexts);
  const rows = evidence
    .toSorted((a, b) => b.bits.value! - a.bits.value!)
    .map(({ kind, bits }) => ({ name: t.sighting.kind[kind], bits }));
  return (
    <figure className={styles.chart}>
      <figcaption>
        {texts.evidence} <small>{texts.evidenceHint}</small>
      </figcaption>
      {rows.length === 0 ? (
        <p className={styles.hint}>{texts.noEvidence}</p>
      ) : (
        <BitsTable of={texts.kind} rows={rows} />
      )}
    </figure>
  );
}

function Months({ months }: { months: Calibration['months'] }) {
  const texts = useTexts(calibrationTexts);
  return (
    <section className={styles.block}>
      <h3>
        {texts.months} <small>{texts.monthsHint}</small>
      </h3>
      <BitsTable of={texts.month} rows={months.map(({ month, bits }) => ({ name: month, bits }))} />
    </section>
  );
}

/** So many kinds of places are named for a script. */
const namedKinds = 6;

function Drift({ drift }: { drift: Calibration['drift'] }) {
  const t = useT();
  const texts = useTexts(calibrationTexts);
  const formats = useFormats();
  const nameOf = (kind: Calibration['drift'][number]['kinds'][number]['kind']) =>
    kind === 'elsewhere' ? texts.elsewhere : t.placeKind[kind];
  return (
    <section className={styles.block}>
      <h3>
        {texts.drift} <small>{texts.driftHint}</small>
      </h3>
      <div className={styles.scroll}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th>{texts.script}</th>
              <th className={styles.number}>{texts.count}</th>
              <th className={styles.number}>{texts.distance}</th>
              <th>{texts.kinds}</th>
            </tr>
          </thead>
          <tbody>
            {drift.map(({ scamType, of, distance, kinds }) => (
              <tr key={scamType}>
                <td>{t.scam[scamType]}</td>
                <td className={styles.number}>{formats.number(of)}</td>
                <td className={styles.number}>{percent(distance)}</td>
                <td>
                  {kinds
                    .slice(0, namedKinds)
                    .map(({ kind, found, expected }) => `${nameOf(kind)} ${found} / ${expected.toFixed(1)}`)
                    .join(' · ')}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
