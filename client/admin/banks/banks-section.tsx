import { useState } from 'react';
import { errorText } from '../../api/error-text.ts';
import { type BankView, fetchBanks } from '../../api/stops.ts';
import { maySetBanks } from '../../app/rights.ts';
import { useSignedIn } from '../../app/session.ts';
import { useQuery } from '../../desk/use-query.ts';
import { adminTexts } from '../../i18n/sections/admin.ts';
import { stopTexts } from '../../i18n/sections/stops.ts';
import { useT, useTexts } from '../../i18n/use-t.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Problem } from '../../ui/section.tsx';
import { BankDialog } from './bank-dialog.tsx';
import styles from './banks.module.css';
import { ImportDialog } from './import-dialog.tsx';

/** Whom to telephone for a stop-payment, day and night. */
export default function BanksSection() {
  const t = useT();
  const texts = useTexts(stopTexts).banks;
  const title = useTexts(adminTexts).sections.banks;
  const { role } = useSignedIn();
  const mayChange = maySetBanks(role);
  const banks = useQuery('banks', fetchBanks);
  const [wanted, setWanted] = useState('');
  const [editing, setEditing] = useState<BankView | 'new' | null>(null);
  const [importing, setImporting] = useState(false);
  const shown = (banks.data ?? []).filter(({ bank, branch }) => `${bank} ${branch}`.includes(wanted.trim()));
  const close = () => setEditing(null);
  return (
    <div className={styles.section}>
      <h2 className="visually-hidden">{title}</h2>
      <p className={styles.intro}>{texts.intro}</p>
      <div className={styles.toolbar}>
        <Field label={texts.search} value={wanted} onChange={setWanted} type="search" unmarked />
        {mayChange && (
          <span className={styles.right}>
            <Button icon="upload" onPress={() => setImporting(true)}>
              {texts.import}
            </Button>
            <Button icon="plus" variant="primary" onPress={() => setEditing('new')}>
              {texts.new}
            </Button>
          </span>
        )}
      </div>
      {banks.error !== undefined && <Problem>{errorText(banks.error, t)}</Problem>}
      {!banks.data && banks.error === undefined && <Notice title={t.loading} />}
      {banks.data && shown.length === 0 && <Notice icon="place-bank" title={texts.none} />}
      {shown.length > 0 && <BankTable banks={shown} onEdit={mayChange ? setEditing : null} />}
      {editing && (
        <BankDialog
          entry={editing === 'new' ? null : editing}
          onClose={close}
          onChanged={() => {
            close();
            banks.reload();
          }}
        />
      )}
      {importing && <ImportDialog onClose={() => setImporting(false)} onChanged={banks.reload} />}
    </div>
  );
}

interface BankTableProps {
  banks: readonly BankView[];
  /** Null: only to be read. */
  onEdit: ((bank: BankView) => void) | null;
}

function BankTable({ banks, onEdit }: BankTableProps) {
  const texts = useTexts(stopTexts).banks;
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          {(['bank', 'branch', 'phone', 'person', 'hours', 'note'] as const).map(column => (
            <th key={column}>{texts[column]}</th>
          ))}
          {onEdit && <td />}
        </tr>
      </thead>
      <tbody>
        {banks.map(entry => (
          <tr key={entry.id}>
            <td>{entry.bank}</td>
            <td>{entry.branch}</td>
            <td className={styles.phone}>{entry.phone}</td>
            <td>{entry.person}</td>
            <td>{entry.hours}</td>
            <td>{entry.note}</td>
            {onEdit && (
              <td>
                <IconButton
                  icon="edit"
                  label={`${texts.edit} ${entry.bank} ${entry.branch}`.trim()}
                  onPress={() => onEdit(entry)}
                />
              </td>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
