import { useState } from 'react';
import { type ClockTargetView, fetchClockTargets, setClockTarget } from '../../api/clocks.ts';
import { errorText } from '../../api/error-text.ts';
import { maySetClocks } from '../../app/rights.ts';
import { useSignedIn } from '../../app/session.ts';
import { useAction } from '../../desk/use-action.ts';
import { useQuery } from '../../desk/use-query.ts';
import { clockTexts } from '../../i18n/sections/clocks.ts';
import { useFormats, useT, useTexts } from '../../i18n/use-t.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogActions, DialogForm } from '../../ui/dialog.tsx';
import { Field, FieldPair } from '../../ui/field.tsx';
import { Problem, Section } from '../../ui/section.tsx';
import styles from '../retention/retention.module.css';
import { clockOfDay, secondsOfDay } from './times.ts';

/** Within which time what is to be done, for a leader to set. */
export default function ClocksSection() {
  const t = useT();
  const texts = useTexts(clockTexts);
  const { role } = useSignedIn();
  const targets = useQuery('clock-targets', fetchClockTargets);
  const [changing, setChanging] = useState<ClockTargetView | null>(null);
  return (
    <div className={styles.page}>
      <h2 className="visually-hidden">{texts.targets}</h2>
      <Section title={texts.targets} icon="clock">
        <p className={styles.hint}>{texts.targetsHint}</p>
        <Problem>{targets.error !== undefined && errorText(targets.error, t)}</Problem>
        <div className={styles.scroll}>
          <table className={styles.table}>
            <thead>
              <tr>
                {texts.columns.map(column => (
                  <th key={column} scope="col">
                    {column}
                  </th>
                ))}
                <th scope="col">
                  <span className="visually-hidden">{texts.change}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {targets.data?.map(target => (
                <Row
                  key={`${target.kind} ${target.risk}`}
                  target={target}
                  {...(maySetClocks(role) && { onChange: () => setChanging(target) })}
                />
              ))}
            </tbody>
          </table>
        </div>
      </Section>
      {changing && (
        <TargetDialog
          target={changing}
          onClose={() => setChanging(null)}
          onDone={() => {
            setChanging(null);
            targets.reload();
          }}
        />
      )}
    </div>
  );
}

function Row({ target, onChange }: { target: ClockTargetView; onChange?: () => void }) {
  const t = useT();
  const texts = useTexts(clockTexts);
  const formats = useFormats();
  const { kind, risk, targetS, warnS } = target;
  const length = (seconds: number) =>
    seconds < 60 ? texts.seconds(formats.number(seconds)) : texts.minutes(formats.number(seconds / 60, 1));
  return (
    <tr>
      <th scope="row">{texts.kind[kind]}</th>
      <td>{risk === null ? texts.allRisks : t.risk[risk]}</td>
      <td>{kind === 'sameDay' ? clockOfDay(targetS) : length(targetS)}</td>
      <td>{length(warnS)}</td>
      <td>
        {onChange && (
          <Button size="s" onPress={onChange}>
            {texts.change}
          </Button>
        )}
      </td>
    </tr>
  );
}

interface TargetDialogProps {
  target: ClockTargetView;
  onDone: () => void;
  onClose: () => void;
}

function TargetDialog({ target, onDone, onClose }: TargetDialogProps) {
  const t = useT();
  const texts = useTexts(clockTexts);
  const { kind, risk } = target;
  const ofDay = kind === 'sameDay';
  const [limit, setLimit] = useState(ofDay ? clockOfDay(target.targetS) : String(target.targetS / 60));
  const [warn, setWarn] = useState(String(target.warnS / 60));
  const [reason, setReason] = useState('');
  const action = useAction();
  const targetS = ofDay ? secondsOfDay(limit) : Math.round(Number(limit) * 60);
  const warnS = Math.round(Number(warn) * 60);
  const sound = targetS !== null && targetS > 0 && warnS >= 0 && warnS <= targetS;
  const may = sound && reason.trim().length >= 4 && !action.busy;
  async function submit(): Promise<void> {
    if (!may || targetS === null) return;
    const body = { kind, risk, targetS, warnS, reason: reason.trim() };
    if (await action.run(() => setClockTarget(body))) onDone();
  }
  return (
    <Dialog
      title={texts.changeTitle(risk === null ? texts.kind[kind] : `${texts.kind[kind]} · ${t.risk[risk]}`)}
      hint={texts.targetsHint}
      isOpen
      onClose={onClose}
    >
      <DialogForm onSubmit={submit}>
        <FieldPair>
          {ofDay ? (
            <Field label={texts.clearField} value={limit} onChange={setLimit} type="time" isRequired />
          ) : (
            <Field label={texts.targetField} value={limit} onChange={setLimit} isRequired numeric />
          )}
          <Field label={texts.warnField} value={warn} onChange={setWarn} isRequired numeric />
        </FieldPair>
        <Field
          label={texts.reason}
          hint={texts.reasonHint}
          value={reason}
          onChange={setReason}
          isRequired
          maxLength={500}
        />
        <Problem>{action.problem}</Problem>
        <DialogActions>
          <Button onPress={onClose}>{t.cancel}</Button>
          <Button variant="primary" type="submit" isDisabled={!may}>
            {texts.save}
          </Button>
        </DialogActions>
      </DialogForm>
    </Dialog>
  );
}
