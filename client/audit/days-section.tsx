import { fetchDays } from '../api/audit.ts';
import { errorText } from '../api/error-text.ts';
import { useQuery } from '../desk/use-query.ts';
import { auditTexts } from '../i18n/sections/audit.ts';
import { useFormats, useT, useTexts } from '../i18n/use-t.ts';
import { Notice } from '../ui/notice.tsx';
import { Problem, Section } from '../ui/section.tsx';
import styles from './audit.module.css';

/** Where the chain of the audit stood at the end of each day. */
export default function DaysSection() {
  const t = useT();
  const texts = useTexts(auditTexts);
  const formats = useFormats();
  const { data, error } = useQuery('days', fetchDays);
  if (error !== undefined && !data) return <Problem>{errorText(error, t)}</Problem>;
  if (!data) return <Notice title={t.loading} full />;
  return (
    <div className={styles.page}>
      <h2 className="visually-hidden">{texts.sections.days}</h2>
      <Section title={texts.sections.days} icon="shield">
        <p className={styles.hint}>{texts.daysHint}</p>
        {data.length === 0 ? (
          <p className={styles.hint}>{texts.noDays}</p>
        ) : (
          <div className={styles.scroll}>
            <table className={styles.table}>
              <thead>
                <tr>
                  {texts.dayColumns.map(column => (
                    <th key={column} scope="col">
                      {column}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {data.map(({ day, seq, hash, rows, looks, refusals, exports, openFindings }) => (
                  <tr key={day}>
                    <th scope="row">{day}</th>
                    <td className={styles.number}>#{seq}</td>
                    <td className={styles.mono} title={hash}>
                      {hash.slice(0, 24)}…
                    </td>
                    {[rows, looks, refusals, exports, openFindings].map((count, index) => (
                      <td key={texts.dayColumns[index + 3]} className={styles.number}>
                        {formats.number(count)}
                      </td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </Section>
    </div>
  );
}
