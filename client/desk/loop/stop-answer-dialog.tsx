import { useState } from 'react';
import { answerStop } from '../../api/stops.ts';
import { serverNow } from '../../clock/use-now.ts';
import { stopTexts } from '../../i18n/sections/stops.ts';
import { useFormats, useT, useTexts } from '../../i18n/use-t.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogActions, DialogForm } from '../../ui/dialog.tsx';
import { Field, FieldPair } from '../../ui/field.tsx';
import { Problem } from '../../ui/section.tsx';
import { useAction } from '../use-action.ts';
import { readAmount } from './stop-lines.ts';

interface StopAnswerDialogProps {
  stopId: string;
  /** As people call it: its bank and last digits. */
  account: string;
  /** What was asked for; null: the whole balance. */
  amount: number | null;
  verb: 'confirm' | 'refuse';
  onClose: () => void;
}

/** What a bank answered: the amount is what was asked for until somebody says otherwise, the time is now. */
export default function StopAnswerDialog({ stopId, account, amount, verb, onClose }: StopAnswerDialogProps) {
  const t = useT();
  const texts = useTexts(stopTexts);
  const formats = useFormats();
  const [held, setHeld] = useState(amount === null ? '' : String(amount));
  const [minutes, setMinutes] = useState('0');
  const [note, setNote] = useState('');
  const action = useAction();
  const confirms = verb === 'confirm';
  const amountHeld = readAmount(held);
  const ago = /^\d{1,5}$/.test(minutes.trim()) ? Number(minutes) : null;
  const isComplete = ago !== null && (!confirms || amountHeld !== undefined);
  async function submit(): Promise<void> {
    if (!isComplete) return;
    const body = {
      ...(confirms && amountHeld !== undefined && { amountHeld }),
      ...(ago > 0 && { at: new Date(serverNow() - ago * 60_000).toISOString() }),
      ...(note.trim() !== '' && { note: note.trim() }),
    };
    if (await action.run(() => answerStop(stopId, verb, body))) onClose();
  }
  return (
    <Dialog title={confirms ? texts.confirmTitle : texts.refuseTitle} hint={account} isOpen onClose={onClose}>
      <DialogForm onSubmit={submit}>
        <FieldPair>
          {confirms && (
            <Field
              label={texts.amountHeld}
              value={held}
              onChange={setHeld}
              numeric
              isRequired
              autoFocus
              {...(amount !== null && { hint: texts.amountHint(formats.yuan(amount)) })}
              error={held !== '' && amountHeld === undefined ? texts.notAmount : null}
            />
          )}
          <Field
            label={texts.minutesAgo}
            value={minutes}
            onChange={setMinutes}
            numeric
            isRequired
            error={ago === null ? texts.notMinutes : null}
          />
        </FieldPair>
        <Field
          label={texts.note}
          value={note}
          onChange={setNote}
          autoFocus={!confirms}
          maxLength={2000}
          {...(!confirms && { placeholder: texts.refuseExample })}
        />
        <Problem>{action.problem}</Problem>
        <DialogActions>
          <Button onPress={onClose}>{t.cancel}</Button>
          <Button variant="primary" type="submit" isDisabled={action.busy || !isComplete}>
            {confirms ? texts.confirm : texts.refuse}
          </Button>
        </DialogActions>
      </DialogForm>
    </Dialog>
  );
}
