import type { ReceiptView } from '#contract/retention.ts';
import { retentionTexts } from '../../i18n/sections/retention.ts';
import { useFormats, useTexts } from '../../i18n/use-t.ts';
import { Section } from '../../ui/section.tsx';
import styles from './retention.module.css';

/** What each run of the purge did, as it was signed. */
export function ReceiptTable({ receipts }: { receipts: readonly ReceiptView[] }) {
  const texts = useTexts(retentionTexts);
  return (
    <Section title={texts.receipts} icon="check">
      <p className={styles.hint}>{texts.receiptsHint}</p>
      {receipts.length === 0 ? (
        <p className={styles.hint}>{texts.noReceipts}</p>
      ) : (
        <div className={styles.scroll}>
          <table className={styles.table}>
            <thead>
              <tr>
                {texts.receiptColumns.map(column => (
                  <th key={column} scope="col">
                    {column}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {receipts.map(receipt => (
                <Row key={receipt.id} receipt={receipt} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Section>
  );
}

function Row({ receipt: { id, at, body, valid } }: { receipt: ReceiptView }) {
  const texts = useTexts(retentionTexts);
  const formats = useFormats();
  const incidents = Math.max(...body.classes.map(each => each.incidents ?? 0));
  const counts = body.classes.flatMap(({ class: name, rows }) => {
    const count = Object.values(rows).reduce((sum, n) => sum + n, 0);
    return count > 0 ? [`${texts.classes[name][0]} ${formats.number(count)}`] : [];
  });
  return (
    <tr>
      <td>{formats.stamp(Date.parse(at))}</td>
      <td className={styles.mono}>{id}</td>
      <td>{formats.number(incidents)}</td>
      <td>{counts.length > 0 ? counts.join(' · ') : texts.nothing}</td>
      <td>{formats.number(body.held)}</td>
      <td>{texts.space[body.space]}</td>
      <td className={valid ? undefined : styles.bad}>{valid ? texts.valid : texts.invalid}</td>
    </tr>
  );
}
