import { useState } from 'react';
import { requestStop } from '../../api/stops.ts';
import { stopTexts } from '../../i18n/sections/stops.ts';
import { useT, useTexts } from '../../i18n/use-t.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogActions, DialogForm } from '../../ui/dialog.tsx';
import { Field, FieldPair } from '../../ui/field.tsx';
import { Problem } from '../../ui/section.tsx';
import { useAction } from '../use-action.ts';
import { readAmount } from './stop-lines.ts';

/** An account that the alert did not tell: it joins the incident, and its bank is asked at once. */
export default function StopNewDialog({ incidentId, onClose }: { incidentId: string; onClose: () => void }) {
  const t = useT();
  const texts = useTexts(stopTexts);
  const [number, setNumber] = useState('');
  const [bank, setBank] = useState('');
  const [said, setSaid] = useState('');
  const action = useAction();
  const account = number.trim();
  const amount = readAmount(said);
  const wrong = said.trim() !== '' && (amount === undefined || amount === 0);
  async function submit(): Promise<void> {
    if (wrong) return;
    const body = {
      account,
      ...(bank.trim() !== '' && { bank: bank.trim() }),
      ...(amount !== undefined && { amount }),
    };
    if (await action.run(() => requestStop(incidentId, body))) onClose();
  }
  return (
    <Dialog title={texts.newTitle} isOpen onClose={onClose} role="alertdialog">
      <DialogForm onSubmit={submit}>
        <Field label={texts.number} value={number} onChange={setNumber} isRequired autoFocus maxLength={48} />
        <FieldPair>
          <Field
            label={texts.bank}
            value={bank}
            onChange={setBank}
            placeholder={texts.bankExample}
            maxLength={64}
          />
          <Field
            label={texts.amount}
            value={said}
            onChange={setSaid}
            numeric
            hint={texts.amountEmpty}
            error={wrong ? texts.notAmount : null}
          />
        </FieldPair>
        <Problem>{action.problem}</Problem>
        <DialogActions>
          <Button onPress={onClose}>{t.cancel}</Button>
          <Button variant="primary" type="submit" isDisabled={action.busy || account.length < 4 || wrong}>
            {texts.request}
          </Button>
        </DialogActions>
      </DialogForm>
    </Dialog>
  );
}
