import type { AuditItem } from '../api/audit.ts';
import { auditTexts } from '../i18n/sections/audit.ts';
import { useTexts } from '../i18n/use-t.ts';
import styles from './audit.module.css';

/** Names in a list beyond so many are counted. */
const mostNames = 3;

/** What an act was about beyond its words: ids, classes and counts, each with its name. */
export function Detail({ item: { resource, detail } }: { item: AuditItem }) {
  const texts = useTexts(auditTexts);
  const words = (value: unknown): string => {
    if (typeof value === 'boolean') return value ? texts.yes : texts.no;
    if (!Array.isArray(value)) return String(value);
    const shown = value.slice(0, mostNames).join('、');
    return value.length > mostNames ? `${shown} +${value.length - mostNames}` : shown;
  };
  const said = Object.entries(detail).filter(([, value]) => value !== null);
  return (
    <td className={styles.detail} title={`${resource} ${JSON.stringify(detail)}`}>
      {said.length === 0
        ? resource
        : said.map(([key, value]) => (
            <span key={key}>
              <small>{texts.details[key] ?? key}</small> {words(value)}
            </span>
          ))}
    </td>
  );
}
