import type { Bulletin } from '../api/reports.ts';
import { reportTexts } from '../i18n/sections/reports.ts';
import { useTexts } from '../i18n/use-t.ts';
import { IntervalBars } from './interval-bars.tsx';
import { useRowName } from './names.ts';
import styles from './reports.module.css';

/** The meeting rate of each station as bars. */
export function RateBars({ bulletin: { stations, total } }: { bulletin: Bulletin }) {
  const texts = useTexts(reportTexts);
  const nameOf = useRowName();
  const barOf = ({ rates: { meeting }, figures }: Bulletin['total']) => ({
    rate: meeting,
    counted: meeting.of > 0 ? `${figures.metInTime}/${meeting.of}` : '',
  });
  const rows = [
    ...stations
      .filter(({ figures }) => figures.due > 0)
      .map(row => ({ key: row.stationId ?? '', name: nameOf(row), ...barOf(row) })),
    { key: 'total', name: texts.total, strong: true, ...barOf(total) },
  ];
  return (
    <figure className={styles.chart}>
      <figcaption>{texts.rates.meeting}</figcaption>
      <IntervalBars title={texts.rates.meeting} rows={rows} rowHeight={26} />
    </figure>
  );
}
