import { useState } from 'react';
import { type BankImport, importBanks } from '../../api/stops.ts';
import { useAction } from '../../desk/use-action.ts';
import { stopTexts } from '../../i18n/sections/stops.ts';
import { useT, useTexts } from '../../i18n/use-t.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogActions } from '../../ui/dialog.tsx';
import { FileDrop } from '../../ui/file-drop.tsx';
import { Problem } from '../../ui/section.tsx';
import styles from './banks.module.css';

/** Reads a table of banks: first what it would change and what is wrong with it, then all of it or nothing. */
export function ImportDialog({ onClose, onChanged }: { onClose: () => void; onChanged: () => void }) {
  const t = useT();
  const texts = useTexts(stopTexts).banks;
  const [file, setFile] = useState<File | null>(null);
  const [found, setFound] = useState<BankImport | null>(null);
  const action = useAction();
  const send = (chosen: File, preview: boolean) =>
    action.run(async () => {
      const reply = await importBanks(chosen, preview);
      setFound(reply);
      if (reply.applied) onChanged();
    });
  const choose = (chosen: File) => {
    setFile(chosen);
    setFound(null);
    void send(chosen, true);
  };
  const changes = found?.banks.filter(({ was }) => was !== 'same').length ?? 0;
  const ready = found && file && found.problems.length === 0 && !found.applied;
  return (
    <Dialog title={texts.import} hint={texts.importHint} isOpen onClose={onClose} wide role="alertdialog">
      <FileDrop
        accept=".csv,.txt,.xlsx,.xls"
        title={file?.name ?? texts.chooseFile}
        hint={file ? (action.busy ? texts.reading : texts.another) : texts.fileKinds}
        onFile={choose}
      />
      {found && <Findings found={found} changes={changes} />}
      <Problem>{action.problem}</Problem>
      <DialogActions>
        <Button onPress={onClose}>{found?.applied ? t.close : t.cancel}</Button>
        {ready && (
          <Button
            variant="primary"
            isDisabled={action.busy || changes === 0}
            onPress={() => void send(file, false)}
          >
            {texts.apply(changes)}
          </Button>
        )}
      </DialogActions>
    </Dialog>
  );
}

function Findings({
  found: { rows, problems, banks, applied },
  changes,
}: {
  found: BankImport;
  changes: number;
}) {
  const texts = useTexts(stopTexts).banks;
  if (applied) return <p role="status">{texts.done(changes)}</p>;
  return (
    <>
      <p role="status">{texts.found(rows, problems.length)}</p>
      {problems.length > 0 && <p className={styles.warn}>{texts.nothing}</p>}
      <div className={styles.found}>
        <table className={styles.table}>
          <tbody>
            {problems.map(({ row, column, code, value }) => (
              <tr key={`${row} ${column}`}>
                <td>
                  {texts.row} {row}
                </td>
                <td>{texts[column]}</td>
                <td>{texts.says[code](value ?? '')}</td>
              </tr>
            ))}
            {problems.length === 0 &&
              banks.map(({ row, bank, branch, phone, was }) => (
                <tr key={row} data-was={was}>
                  <td>{bank}</td>
                  <td>{branch}</td>
                  <td className={styles.phone}>{phone}</td>
                  <td>{texts.was[was]}</td>
                </tr>
              ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
