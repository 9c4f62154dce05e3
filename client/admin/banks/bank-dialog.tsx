import { useState } from 'react';
import { addBank, type BankView, changeBank, removeBank } from '../../api/stops.ts';
import { useAction } from '../../desk/use-action.ts';
import { stopTexts } from '../../i18n/sections/stops.ts';
import { useT, useTexts } from '../../i18n/use-t.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogActions, DialogForm } from '../../ui/dialog.tsx';
import { Field, FieldPair } from '../../ui/field.tsx';
import { Problem } from '../../ui/section.tsx';

interface BankDialogProps {
  /** Null: a new one. */
  entry: BankView | null;
  onClose: () => void;
  onChanged: () => void;
}

const empty = { bank: '', branch: '', phone: '', person: '', hours: '', note: '' };
type Draft = typeof empty;

/** Changes an entry of the directory, or makes one. */
export function BankDialog({ entry, onClose, onChanged }: BankDialogProps) {
  const t = useT();
  const texts = useTexts(stopTexts).banks;
  const [draft, setDraft] = useState<Draft>(() => (entry ? draftOf(entry) : empty));
  const action = useAction();
  const field = (name: keyof Draft) => ({
    label: texts[name],
    value: draft[name],
    onChange: (value: string) => setDraft(before => ({ ...before, [name]: value })),
  });
  const isComplete = draft.bank.trim() !== '' && draft.phone.trim() !== '';
  async function change(work: () => Promise<unknown>): Promise<void> {
    if (await action.run(work)) onChanged();
  }
  return (
    <Dialog title={entry ? texts.edit : texts.new} isOpen onClose={onClose} role="alertdialog">
      <DialogForm onSubmit={() => change(() => (entry ? changeBank(entry.id, draft) : addBank(draft)))}>
        <FieldPair>
          <Field {...field('bank')} isRequired autoFocus maxLength={64} />
          <Field {...field('branch')} hint={texts.branchHint} maxLength={64} />
          <Field {...field('phone')} type="tel" isRequired maxLength={32} />
          <Field {...field('hours')} maxLength={64} />
          <Field {...field('person')} maxLength={64} />
          <Field {...field('note')} maxLength={300} />
        </FieldPair>
        <Problem>{action.problem}</Problem>
        <DialogActions>
          {entry && (
            <Button
              variant="danger"
              isDisabled={action.busy}
              onPress={() => void change(() => removeBank(entry.id))}
            >
              {texts.remove}
            </Button>
          )}
          <Button onPress={onClose}>{t.cancel}</Button>
          <Button variant="primary" type="submit" isDisabled={action.busy || !isComplete}>
            {texts.save}
          </Button>
        </DialogActions>
      </DialogForm>
    </Dialog>
  );
}

const draftOf = ({ bank, branch, phone, person, hours, note }: BankView): Draft => ({
  bank,
  branch,
  phone,
  person: person ?? '',
  hours: hours ?? '',
  note: note ?? '',
});
