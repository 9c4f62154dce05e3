import { useState } from 'react';
import { carryOver, type ClearItem } from '../api/clear.ts';
import { mayListUsers } from '../app/rights.ts';
import { useSignedIn } from '../app/session.ts';
import { useReference, useReferenceList } from '../desk/reference.ts';
import { useAction } from '../desk/use-action.ts';
import { todayTexts } from '../i18n/sections/today.ts';
import { useT, useTexts } from '../i18n/use-t.ts';
import { Button } from '../ui/button.tsx';
import { Dialog, DialogActions, DialogForm } from '../ui/dialog.tsx';
import { ChoiceField, Field } from '../ui/field.tsx';
import { Problem } from '../ui/section.tsx';

const neverAnswer = new Set(['wall', 'auditor', 'admin']);

interface CarryDialogProps {
  item: ClearItem;
  /** The day at whose end it was, or will be, open. */
  day: string;
  onDone: () => void;
  onClose: () => void;
}

/** Somebody answers for an incident that is not cleared on its day. Who may not see the others' names answers himself. */
export function CarryDialog({ item, day, onDone, onClose }: CarryDialogProps) {
  const t = useT();
  const texts = useTexts(todayTexts);
  const { userId, displayName, role } = useSignedIn();
  useReferenceList('users', mayListUsers(role));
  const users = useReference(reference => reference.users);
  const [ownerId, setOwnerId] = useState(item.answeredBy?.id ?? userId);
  const [why, setWhy] = useState('');
  const action = useAction();
  const people = mayListUsers(role) ? users.filter(user => !neverAnswer.has(user.role)) : [];
  const choices = people.some(({ id }) => id === userId)
    ? people.map(({ id, displayName: label }) => ({ value: id, label }))
    : [{ value: userId, label: displayName }];
  async function submit(): Promise<void> {
    if (await action.run(() => carryOver(item.incidentId, { day, ownerId, why: why.trim() }))) onDone();
  }
  return (
    <Dialog title={texts.answerTitle} hint={texts.answerHint} isOpen onClose={onClose}>
      <DialogForm onSubmit={submit}>
        <p>
          {texts.day}: <strong>{day}</strong> · {texts.number(item.openedDay, item.number)}
        </p>
        <ChoiceField label={texts.whoAnswers} value={ownerId} onChange={setOwnerId} choices={choices} />
        <Field label={texts.why} value={why} onChange={setWhy} multiline maxLength={500} isRequired />
        <Problem>{action.problem}</Problem>
        <DialogActions>
          <Button onPress={onClose}>{t.cancel}</Button>
          <Button variant="primary" type="submit" isDisabled={why.trim().length < 4 || action.busy}>
            {texts.submit}
          </Button>
        </DialogActions>
      </DialogForm>
    </Dialog>
  );
}
