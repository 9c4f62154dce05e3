import { assessedNames, type Assessment, weights } from '#contract/bulletin.ts';
import { reportTexts } from '../i18n/sections/reports.ts';
import { useFormats, useTexts } from '../i18n/use-t.ts';
import { percent } from './names.ts';
import styles from './reports.module.css';

/** Places of the stations, with the weights in the head of the table. */
export function AssessmentTable({ assessment }: { assessment: readonly Assessment[] }) {
  const texts = useTexts(reportTexts);
  const formats = useFormats();
  return (
    <section className={styles.block}>
      <h3>{texts.assessment}</h3>
      <p className={styles.hint}>{texts.assessmentHint}</p>
      <div className={styles.scroll}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col" className={styles.number}>
                {texts.place}
              </th>
              <th scope="col">{texts.station}</th>
              <th scope="col" className={styles.number}>
                {texts.points}
              </th>
              {assessedNames.map(name => (
                <th key={name} scope="col" className={styles.number}>
                  {texts.assessed[name]}
                  <small>{texts.weight(weights[name])}</small>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {assessment.map(({ stationId, name, place, points, shares }) => (
              <tr key={stationId}>
                <td className={styles.number}>{place ?? '—'}</td>
                <th scope="row">{name}</th>
                <td className={styles.number}>
                  <strong>{points === null ? '—' : formats.number(points, 1)}</strong>
                </td>
                {assessedNames.map(each => (
                  <td key={each} className={styles.number} data-zero={shares[each] === null || undefined}>
                    {percent(shares[each])}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
