import { useState } from 'react';
import { reportOutcome } from '../../api/clear.ts';
import { serverNow } from '../../clock/use-now.ts';
import { outcomeTexts } from '../../i18n/sections/outcomes.ts';
import { useT, useTexts } from '../../i18n/use-t.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogActions, DialogForm } from '../../ui/dialog.tsx';
import { ChoiceField, Field, FieldPair } from '../../ui/field.tsx';
import { Problem } from '../../ui/section.tsx';
import { useAction } from '../use-action.ts';

/** An empty field is none; null: no number that could be meant. */
const numberIn = (text: string): number | undefined | null => {
  if (text.trim() === '') return undefined;
  const value = Number(text);
  return Number.isFinite(value) && value >= 0 ? value : null;
};

/** Reports an outcome as of now. */
export default function OutcomeDialog({ incidentId, onClose }: { incidentId: string; onClose: () => void }) {
  const t = useT();
  const texts = useTexts(outcomeTexts);
  const [money, setMoney] = useState<'kept' | 'transferred' | null>(null);
  const [loss, setLoss] = useState('');
  const [filed, setFiled] = useState<'yes' | 'no'>('no');
  const [caseNumber, setCaseNumber] = useState('');
  const [arrests, setArrests] = useState('');
  const [note, setNote] = useState('');
  const action = useAction();
  const transferred = money === 'transferred';
  const [lossAmount, arrested] = [numberIn(loss), numberIn(arrests)];
  const caught = arrested === null || Number.isInteger(arrested ?? 0) ? arrested : null;
  async function submit(): Promise<void> {
    if (money === null || lossAmount === null || caught === null) return;
    const body = {
      reportedAt: new Date(serverNow()).toISOString(),
      transferredAfterAlert: transferred,
      caseFiled: filed === 'yes',
      ...(transferred && lossAmount !== undefined && { lossAmount }),
      ...(filed === 'yes' && caseNumber.trim() !== '' && { caseNumber: caseNumber.trim() }),
      ...(caught !== undefined && { arrests: caught }),
      ...(note.trim() !== '' && { note: note.trim() }),
    };
    if (await action.run(() => reportOutcome(incidentId, body))) onClose();
  }
  return (
    <Dialog title={texts.report} hint={texts.hint} isOpen onClose={onClose}>
      <DialogForm onSubmit={submit}>
        <ChoiceField
          label={texts.money}
          value={money}
          onChange={setMoney}
          choices={[
            { value: 'kept', label: texts.notTransferred },
            { value: 'transferred', label: texts.transferred },
          ]}
        />
        {transferred && (
          <Field
            label={texts.lossAmount}
            value={loss}
            onChange={setLoss}
            numeric
            error={lossAmount === null ? texts.badNumber : null}
          />
        )}
        <FieldPair>
          <ChoiceField
            label={texts.caseField}
            value={filed}
            onChange={setFiled}
            choices={[
              { value: 'no', label: texts.caseNo },
              { value: 'yes', label: texts.caseYes },
            ]}
          />
          {filed === 'yes' && (
            <Field label={texts.caseNumber} value={caseNumber} onChange={setCaseNumber} maxLength={80} />
          )}
        </FieldPair>
        <Field
          label={texts.arrestsField}
          value={arrests}
          onChange={setArrests}
          numeric
          error={caught === null ? texts.badNumber : null}
        />
        <Field label={texts.note} value={note} onChange={setNote} multiline maxLength={2000} />
        <Problem>{action.problem}</Problem>
        <DialogActions>
          <Button onPress={onClose}>{t.cancel}</Button>
          <Button variant="primary" type="submit" isDisabled={money === null || action.busy}>
            {texts.submit}
          </Button>
        </DialogActions>
      </DialogForm>
    </Dialog>
  );
}
