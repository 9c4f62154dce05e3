import { useState } from 'react';
import type { ScamType } from '#contract/alert.ts';
import type { ScriptPrior } from '#contract/prior.ts';
import { setPriors } from '../../api/priors.ts';
import { useAction } from '../../desk/use-action.ts';
import { priorTexts } from '../../i18n/sections/priors.ts';
import { useFormats, useT, useTexts } from '../../i18n/use-t.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogActions, DialogForm } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Problem } from '../../ui/section.tsx';
import { useKindName } from './prior-table.tsx';
import styles from './priors.module.css';
import { sumOf, typedOf, weightsOf } from './rows.ts';

/** As short a reason as the server takes. */
const leastReason = 2;

interface DialogProps {
  onDone: () => void;
  onClose: () => void;
}

/** A leader sets the base weights of one script, with the reason. */
export function WeightsDialog({ prior, onDone, onClose }: DialogProps & { prior: ScriptPrior }) {
  const t = useT();
  const texts = useTexts(priorTexts);
  const formats = useFormats();
  const name = useKindName();
  const [typed, setTyped] = useState(() => typedOf(prior));
  const [reason, setReason] = useState('');
  const action = useAction();
  const weights = weightsOf(typed);
  const ready = weights !== null && reason.trim().length >= leastReason && !action.busy;
  async function submit(): Promise<void> {
    if (!ready) return;
    if (await action.run(() => setPriors(prior.scamType, { weights, reason: reason.trim() }))) onDone();
  }
  return (
    <Dialog
      title={`${texts.edit} · ${t.scam[prior.scamType]}`}
      hint={texts.editHint}
      isOpen
      onClose={onClose}
      wide
    >
      <DialogForm onSubmit={submit}>
        <div className={styles.weights}>
          {prior.rows.map(({ kind }) => (
            <label key={kind}>
              <span>{name(kind)}</span>
              <input
                aria-label={texts.typed(name(kind))}
                inputMode="decimal"
                value={typed[kind] ?? ''}
                onChange={change => setTyped({ ...typed, [kind]: change.target.value })}
              />
            </label>
          ))}
        </div>
        <p className={styles.hint} role="status">
          {weights === null ? texts.invalid : texts.sum(formats.number(sumOf(typed), 1))}
        </p>
        <Reason value={reason} onChange={setReason} />
        <Problem>{action.problem}</Problem>
        <DialogActions>
          <Button onPress={onClose}>{t.cancel}</Button>
          <Button variant="primary" type="submit" isDisabled={!ready}>
            {texts.save}
          </Button>
        </DialogActions>
      </DialogForm>
    </Dialog>
  );
}

/** Goes back to the weights of published cases. */
export function ResetDialog({ scamType, onDone, onClose }: DialogProps & { scamType: ScamType }) {
  const t = useT();
  const texts = useTexts(priorTexts);
  const [reason, setReason] = useState('');
  const action = useAction();
  const ready = reason.trim().length >= leastReason && !action.busy;
  async function submit(): Promise<void> {
    if (ready && (await action.run(() => setPriors(scamType, { weights: null, reason: reason.trim() }))))
      onDone();
  }
  return (
    <Dialog
      title={`${texts.resetTitle} · ${t.scam[scamType]}`}
      hint={texts.resetHint}
      isOpen
      onClose={onClose}
      role="alertdialog"
    >
      <DialogForm onSubmit={submit}>
        <Reason value={reason} onChange={setReason} />
        <Problem>{action.problem}</Problem>
        <DialogActions>
          <Button onPress={onClose}>{t.cancel}</Button>
          <Button variant="primary" type="submit" isDisabled={!ready}>
            {texts.reset}
          </Button>
        </DialogActions>
      </DialogForm>
    </Dialog>
  );
}

function Reason({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const texts = useTexts(priorTexts);
  return (
    <Field
      label={texts.reason}
      hint={texts.reasonHint}
      value={value}
      onChange={onChange}
      isRequired
      maxLength={500}
    />
  );
}
