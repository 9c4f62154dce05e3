import { type ReactNode, useState } from 'react';
import { useAction } from '../desk/use-action.ts';
import { accountTexts } from '../i18n/sections/account.ts';
import { useT, useTexts } from '../i18n/use-t.ts';
import { Button } from '../ui/button.tsx';
import { Dialog, DialogActions, DialogForm } from '../ui/dialog.tsx';
import { Field } from '../ui/field.tsx';
import { Problem } from '../ui/section.tsx';

interface ProofDialogProps<T> {
  title: string;
  hint?: string;
  /** Does it with the password that was typed. */
  act: (password: string) => Promise<T>;
  onDone: (answer: T) => void;
  onClose: () => void;
  /** Asked beside the password. */
  children?: ReactNode;
}

/** Asks for the password before something that changes how one comes in. */
export function ProofDialog<T>({ title, hint, act, onDone, onClose, children }: ProofDialogProps<T>) {
  const t = useT();
  const texts = useTexts(accountTexts);
  const [password, setPassword] = useState('');
  const action = useAction();
  async function submit(): Promise<void> {
    if (password === '') return;
    const answers: T[] = [];
    if (await action.run(async () => void answers.push(await act(password)))) onDone(answers[0]!);
  }
  return (
    <Dialog title={title} {...(hint !== undefined && { hint })} isOpen onClose={onClose}>
      <DialogForm onSubmit={submit}>
        {children}
        <Field
          label={texts.proof}
          value={password}
          onChange={setPassword}
          type="password"
          autoComplete="current-password"
          isRequired
          autoFocus={!children}
        />
        <Problem>{action.problem}</Problem>
        <DialogActions>
          <Button onPress={onClose}>{t.cancel}</Button>
          <Button variant="primary" type="submit" isDisabled={action.busy || password === ''}>
            {texts.go}
          </Button>
        </DialogActions>
      </DialogForm>
    </Dialog>
  );
}
