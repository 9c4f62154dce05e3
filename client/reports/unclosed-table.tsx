import type { Unclosed } from '#contract/bulletin.ts';
import { reportTexts } from '../i18n/sections/reports.ts';
import { useT, useTexts } from '../i18n/use-t.ts';
import { RiskMark } from '../ui/icons/risk-mark.tsx';
import { useRowName } from './names.ts';
import styles from './reports.module.css';

/** What is not cleared, and who answers for it. */
export function UnclosedTable({ unclosed }: { unclosed: readonly Unclosed[] }) {
  const t = useT();
  const texts = useTexts(reportTexts);
  const nameOf = useRowName();
  return (
    <section className={styles.block}>
      <h3>
        {texts.unclosed} <small>{unclosed.length}</small>
      </h3>
      {unclosed.length === 0 ? (
        <p className={styles.hint}>{texts.noUnclosed}</p>
      ) : (
        <div className={styles.scroll}>
          <table className={styles.table}>
            <thead>
              <tr>
                {texts.unclosedColumns.map(column => (
                  <th key={column} scope="col">
                    {column}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {unclosed.map(({ incidentId, day, number, stationId, stationName, risk, ageDays, owner }) => (
                <tr key={incidentId}>
                  <th scope="row">
                    <RiskMark risk={risk} size="1.2em" label={t.risk[risk]} /> {texts.incident(day, number)}
                  </th>
                  <td>{nameOf({ stationId, name: stationName })}</td>
                  <td>{texts.days(ageDays)}</td>
                  <td>{owner ?? <strong className={styles.nobody}>{texts.nobody}</strong>}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
