import { type FigureName, hitsOf, type Rate, type RateName, type Revision } from '#contract/bulletin.ts';
import type { BulletinRow } from '../api/reports.ts';
import { reportTexts } from '../i18n/sections/reports.ts';
import { useFormats, useTexts } from '../i18n/use-t.ts';
import { percent, useRowName } from './names.ts';
import styles from './reports.module.css';

interface FigureTableProps {
  title: string | undefined;
  columns: { figures: readonly FigureName[]; rates: readonly RateName[] };
  rows: { stations: readonly BulletinRow[]; total: BulletinRow };
  /** Figures that differ from the week's own bulletin are marked. */
  revisions?: readonly Revision[];
  /** Null: nothing is known of it. Undefined: not asked for. */
  yearBefore?: BulletinRow | null;
}

/** Counts with their rates, a row a station, the total last. */
export function FigureTable({ title, columns, rows, revisions = [], yearBefore }: FigureTableProps) {
  const texts = useTexts(reportTexts);
  const nameOf = useRowName();
  const { figures, rates } = columns;
  const ofStation = (stationId: string | null) =>
    revisions.filter(revision => !revision.total && revision.stationId === stationId);
  return (
    <section className={styles.block}>
      {title !== undefined && <h3>{title}</h3>}
      <div className={styles.scroll}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{texts.station}</th>
              {figures.map(name => (
                <th key={name} scope="col" className={styles.number}>
                  {texts.figures[name]}
                </th>
              ))}
              {rates.map(name => (
                <th key={name} scope="col" className={styles.number}>
                  {texts.rates[name]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.stations.map(row => (
              <Row
                key={row.stationId ?? ''}
                name={nameOf(row)}
                row={row}
                columns={columns}
                revisions={ofStation(row.stationId)}
              />
            ))}
            <Row
              name={texts.total}
              row={rows.total}
              columns={columns}
              revisions={revisions.filter(({ total }) => total)}
              isTotal
            />
            {yearBefore && <Row name={texts.yearBefore} row={yearBefore} columns={columns} revisions={[]} />}
            {yearBefore === null && (
              <tr>
                <th scope="row">{texts.yearBefore}</th>
                <td colSpan={figures.length + rates.length} className={styles.hint}>
                  {texts.noYearBefore}
                </td>
              </tr>
            )}
          </tbody>
        </table>
      </div>
    </section>
  );
}

interface RowProps {
  name: string;
  row: BulletinRow;
  columns: FigureTableProps['columns'];
  revisions: readonly Revision[];
  isTotal?: boolean;
}

function Row({ name, row, columns, revisions, isTotal = false }: RowProps) {
  const texts = useTexts(reportTexts);
  const formats = useFormats();
  const { figures, rates } = row;
  return (
    <tr data-total={isTotal || undefined}>
      <th scope="row">{name}</th>
      {columns.figures.map(figure => {
        const revised = revisions.find(revision => revision.figure === figure);
        const value = formats.number(figures[figure], 2);
        if (!revised)
          return (
            <td key={figure} className={styles.number} data-zero={figures[figure] === 0 || undefined}>
              {value}
            </td>
          );
        const at = formats.stamp(Date.parse(revised.at));
        return (
          <td
            key={figure}
            className={styles.number}
            title={texts.revised(formats.number(revised.before, 2), value, at)}
          >
            <s>{formats.number(revised.before, 2)}</s> <ins>{value}</ins>
          </td>
        );
      })}
      {columns.rates.map(rate => (
        <RateCell key={rate} rate={rates[rate]} hits={figures[hitsOf[rate]]} />
      ))}
    </tr>
  );
}

/** A rate never stands without its count and its interval. */
function RateCell({ rate: { value, of, lo, hi }, hits }: { rate: Rate; hits: number }) {
  const texts = useTexts(reportTexts);
  if (value === null)
    return (
      <td className={styles.number} data-zero>
        —
      </td>
    );
  return (
    <td className={styles.number} title={texts.interval(percent(lo), percent(hi))}>
      <strong>{percent(value)}</strong>{' '}
      <small>
        {hits}/{of} · {percent(lo)}–{percent(hi)}
      </small>
    </td>
  );
}
