import { useState } from 'react';
import { taskTexts } from '../../i18n/sections/tasks.ts';
import { useT, useTexts } from '../../i18n/use-t.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogActions, DialogForm } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Problem } from '../../ui/section.tsx';
import { useAction } from '../use-action.ts';

interface ReasonDialogProps {
  title: string;
  hint?: string;
  isRequired?: boolean;
  onReason: (reason: string | undefined) => Promise<unknown>;
  onClose: () => void;
}

/** Does something that wants a reason; Enter sends it. */
export function ReasonDialog({ title, hint, isRequired = false, onReason, onClose }: ReasonDialogProps) {
  const t = useT();
  const texts = useTexts(taskTexts);
  const [reason, setReason] = useState('');
  const action = useAction();
  const given = reason.trim();
  async function submit(): Promise<void> {
    if (await action.run(() => onReason(given === '' ? undefined : given))) onClose();
  }
  return (
    <Dialog title={title} {...(hint && { hint })} isOpen onClose={onClose} role="alertdialog">
      <DialogForm onSubmit={submit}>
        <Field
          label={texts.reason}
          value={reason}
          onChange={setReason}
          isRequired={isRequired}
          autoFocus
          maxLength={500}
        />
        <Problem>{action.problem}</Problem>
        <DialogActions>
          <Button onPress={onClose}>{t.cancel}</Button>
          <Button variant="primary" type="submit" isDisabled={action.busy || (isRequired && given === '')}>
            {title}
          </Button>
        </DialogActions>
      </DialogForm>
    </Dialog>
  );
}
