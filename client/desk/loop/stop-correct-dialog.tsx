import { useState } from 'react';
import { correctStop } from '../../api/stops.ts';
import { stopTexts } from '../../i18n/sections/stops.ts';
import { useFormats, useT, useTexts } from '../../i18n/use-t.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogActions, DialogForm } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Problem } from '../../ui/section.tsx';
import { useAction } from '../use-action.ts';
import { readAmount } from './stop-lines.ts';

interface StopCorrectDialogProps {
  stopId: string;
  /** As people call it: its bank and last digits. */
  account: string;
  /** What was asked for; null: the whole balance. */
  amount: number | null;
  held: number;
  onClose: () => void;
}

/** Puts right what a bank was noted to hold, with the reason. */
export default function StopCorrectDialog({
  stopId,
  account,
  amount,
  held,
  onClose,
}: StopCorrectDialogProps) {
  const t = useT();
  const texts = useTexts(stopTexts);
  const formats = useFormats();
  const [said, setSaid] = useState(String(held));
  const [reason, setReason] = useState('');
  const action = useAction();
  const amountHeld = readAmount(said);
  const isComplete = amountHeld !== undefined && amountHeld !== held && reason.trim().length >= 2;
  async function submit(): Promise<void> {
    if (!isComplete) return;
    if (await action.run(() => correctStop(stopId, { amountHeld, reason: reason.trim() }))) onClose();
  }
  return (
    <Dialog title={texts.correctTitle} hint={`${account} · ${texts.correctHint}`} isOpen onClose={onClose}>
      <DialogForm onSubmit={submit}>
        <Field
          label={texts.amountHeld}
          value={said}
          onChange={setSaid}
          numeric
          isRequired
          autoFocus
          {...(amount !== null && { hint: texts.amountHint(formats.yuan(amount)) })}
          error={amountHeld === undefined ? texts.notAmount : null}
        />
        <Field label={texts.correctReason} value={reason} onChange={setReason} isRequired maxLength={500} />
        <Problem>{action.problem}</Problem>
        <DialogActions>
          <Button onPress={onClose}>{t.cancel}</Button>
          <Button variant="primary" type="submit" isDisabled={action.busy || !isComplete}>
            {texts.correct}
          </Button>
        </DialogActions>
      </DialogForm>
    </Dialog>
  );
}
