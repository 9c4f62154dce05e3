import { useState } from 'react';
import type { IntakePreview, IntakeProblem, IntakeReply } from '#contract/intake.ts';
import { importAlerts, previewAlerts } from '../../api/intake.ts';
import { intakeTexts } from '../../i18n/sections/intake.ts';
import { useFormats, useT, useTexts } from '../../i18n/use-t.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogActions } from '../../ui/dialog.tsx';
import { FileDrop } from '../../ui/file-drop.tsx';
import { RiskMark } from '../../ui/icons/risk-mark.tsx';
import { Problem } from '../../ui/section.tsx';
import { useAction } from '../use-action.ts';
import styles from './intake.module.css';

/** Reads a table of alerts: first how each row is understood and whom it is about, then the good rows are taken in. */
export default function ImportDialog({ onClose }: { onClose: () => void }) {
  const t = useT();
  const texts = useTexts(intakeTexts);
  const [file, setFile] = useState<File | null>(null);
  const [preview, setPreview] = useState<IntakePreview | null>(null);
  const [reply, setReply] = useState<IntakeReply | null>(null);
  const action = useAction();
  const choose = (chosen: File) => {
    setFile(chosen);
    setPreview(null);
    setReply(null);
    void action.run(async () => setPreview(await previewAlerts(chosen)));
  };
  const fresh = preview?.alerts.filter(({ repeated }) => !repeated).length ?? 0;
  return (
    <Dialog title={texts.title} hint={texts.hint} isOpen onClose={onClose} wide role="alertdialog">
      <FileDrop
        accept=".csv,.txt,.xlsx,.xls"
        title={file?.name ?? texts.choose}
        hint={file ? (action.busy ? texts.reading : texts.another) : texts.kinds}
        onFile={choose}
      />
      {preview && !reply && <Preview preview={preview} />}
      {reply && (
        <p role="status">{texts.done(reply.taken, reply.joined, reply.repeated, badRows(reply.problems))}</p>
      )}
      <Problems problems={reply?.problems ?? preview?.problems ?? []} />
      <Problem>{action.problem}</Problem>
      <DialogActions>
        <Button onPress={onClose}>{reply ? t.close : t.cancel}</Button>
        {file && preview && !reply && fresh > 0 && (
          <Button
            variant="primary"
            isDisabled={action.busy}
            onPress={() => void action.run(async () => setReply(await importAlerts(file)))}
          >
            {texts.take(fresh)}
          </Button>
        )}
      </DialogActions>
    </Dialog>
  );
}

const badRows = (problems: readonly IntakeProblem[]): number => new Set(problems.map(({ row }) => row)).size;

function Preview({ preview }: { preview: IntakePreview }) {
  const t = useT();
  const texts = useTexts(intakeTexts);
  const formats = useFormats();
  const { rows, problems, alerts, ignored } = preview;
  return (
    <>
      <p role="status">{texts.found(rows, badRows(problems))}</p>
      {ignored.length > 0 && <p className={styles.muted}>{texts.ignored(ignored.join(t.list))}</p>}
      <div className={styles.scroll}>
        <table className={styles.table}>
          <thead>
            <tr>
              {[
                texts.row,
                t.alert.risk,
                t.alert.name,
                t.alert.phone,
                t.alert.scamType,
                t.alert.amount,
                t.alert.address,
                texts.received,
                texts.becomes,
              ].map(title => (
                <th key={title}>{title}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {alerts.map(alert => (
              <tr key={alert.row} data-repeated={alert.repeated || undefined}>
                <td>{alert.row}</td>
                <td>
                  <RiskMark risk={alert.risk} size="1.1em" /> {t.risk[alert.risk]}
                </td>
                <td>{alert.nameMasked}</td>
                <td>{alert.phoneMasked}</td>
                <td>{t.scam[alert.scamType]}</td>
                <td>{alert.amount !== null && formats.yuan(alert.amount)}</td>
                <td>
                  <Home alert={alert} />
                </td>
                <td>{alert.receivedAt && formats.stamp(Date.parse(alert.receivedAt))}</td>
                <td>
                  <Becomes alert={alert} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

/** Where the row's home would be put, said before it is. */
function Home({ alert: { home, address } }: { alert: IntakePreview['alerts'][number] }) {
  const texts = useTexts(intakeTexts);
  if (!home) return address;
  const { how, name, position } = home;
  const point = position && `${position.lng.toFixed(5)}, ${position.lat.toFixed(5)}`;
  const isSure = how === 'given' || how === 'found';
  return (
    <span title={[address, point].filter(Boolean).join(' → ')}>
      {address}
      <small className={isSure ? styles.muted : styles.warn}> {texts.home[how](name ?? point ?? '')}</small>
    </span>
  );
}

function Becomes({ alert }: { alert: IntakePreview['alerts'][number] }) {
  const texts = useTexts(intakeTexts);
  const { repeated, joins, joinsRow, earlier } = alert;
  const what = repeated
    ? texts.repeated
    : joins
      ? texts.joins(joins.number)
      : joinsRow !== null
        ? texts.joinsRow(joinsRow)
        : texts.opens;
  return (
    <>
      {what}
      {earlier > 0 && <small className={styles.warn}> {texts.earlier(earlier)}</small>}
    </>
  );
}

function Problems({ problems }: { problems: readonly IntakeProblem[] }) {
  const texts = useTexts(intakeTexts);
  if (problems.length === 0) return null;
  return (
    <div className={styles.scroll}>
      <table className={styles.table} aria-label={texts.problems}>
        <thead>
          <tr>
            <th>{texts.row}</th>
            <th>{texts.column}</th>
            <th>{texts.problem}</th>
          </tr>
        </thead>
        <tbody>
          {problems.map(({ row, column, code, value, message }) => (
            <tr key={`${row} ${column} ${code}`}>
              <td>{row}</td>
              <td>{column && texts.columns[column]}</td>
              <td className={styles.warn}>
                {code === 'refused' ? message : texts.says[code]}
                {value !== null && `：${value}`}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
