import { useState } from 'react';
import type { RosterProblem } from '#contract/roster.ts';
import { importRoster, type RosterImport } from '../../api/roster.ts';
import { useAction } from '../../desk/use-action.ts';
import { rosterTexts } from '../../i18n/sections/roster.ts';
import { useFormats, useT, useTexts } from '../../i18n/use-t.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogActions } from '../../ui/dialog.tsx';
import { FileDrop } from '../../ui/file-drop.tsx';
import { Problem } from '../../ui/section.tsx';
import { useClashWords } from './clash-text.ts';
import styles from './roster.module.css';

/** Reads a roster table: first what it would plan and what is wrong with it, then all of it or nothing. */
export function ImportDialog({ onClose, onChanged }: { onClose: () => void; onChanged: () => void }) {
  const t = useT();
  const texts = useTexts(rosterTexts);
  const [file, setFile] = useState<File | null>(null);
  const [found, setFound] = useState<RosterImport | null>(null);
  const action = useAction();
  const send = (chosen: File, preview: boolean) =>
    action.run(async () => {
      const reply = await importRoster(chosen, preview);
      setFound(reply);
      if (reply.applied) onChanged();
    });
  const choose = (chosen: File) => {
    setFile(chosen);
    setFound(null);
    void send(chosen, true);
  };
  const ready = found && file && found.problems.length === 0 && !found.applied;
  return (
    <Dialog title={texts.import} hint={texts.importHint} isOpen onClose={onClose} wide role="alertdialog">
      <FileDrop
        accept=".csv,.txt,.xlsx,.xls"
        title={file?.name ?? texts.chooseFile}
        hint={file ? (action.busy ? texts.reading : texts.another) : texts.fileKinds}
        onFile={choose}
      />
      {found && <Findings found={found} />}
      <Problem>{action.problem}</Problem>
      <DialogActions>
        <Button onPress={onClose}>{found?.applied ? t.close : t.cancel}</Button>
        {ready && (
          <Button variant="primary" isDisabled={action.busy} onPress={() => void send(file, false)}>
            {texts.importApply(found.shifts.length)}
          </Button>
        )}
      </DialogActions>
    </Dialog>
  );
}

function Findings({ found }: { found: RosterImport }) {
  const texts = useTexts(rosterTexts);
  const formats = useFormats();
  const clashWords = useClashWords();
  const says = ({ code, value, clashes, message }: RosterProblem) => {
    if (code === 'clash') return clashWords(clashes);
    return code === 'refused' ? message : texts.problemSays[code](value ?? '');
  };
  if (found.applied) return <p role="status">{texts.importDone(found.shifts.length)}</p>;
  const columnName = (column: string | null) =>
    column !== null && column in texts.columns ? texts.columns[column as keyof typeof texts.columns] : '';
  return (
    <>
      <p role="status">{texts.importFound(found.rows, found.problems.length)}</p>
      {found.problems.length > 0 && (
        <>
          <p className={styles.warn}>{texts.importNothing}</p>
          <table className={styles.table}>
            <thead>
              <tr>
                <th>{texts.row}</th>
                <th>{texts.column}</th>
                <th>{texts.problem}</th>
              </tr>
            </thead>
            <tbody>
              {found.problems.map(problem => (
                <tr key={`${problem.row} ${problem.column} ${problem.message}`}>
                  <td>{problem.row}</td>
                  <td>{columnName(problem.column)}</td>
                  <td>{says(problem)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </>
      )}
      {found.problems.length === 0 && (
        <table className={styles.table}>
          <tbody>
            {found.shifts.map(({ row, callsign, startsAt, endsAt, officers, plate }) => (
              <tr key={row}>
                <td>{row}</td>
                <td>{callsign}</td>
                <td>
                  {formats.stamp(Date.parse(startsAt))} – {formats.stamp(Date.parse(endsAt))}
                </td>
                <td>{officers.join(' ')}</td>
                <td>{plate}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}
