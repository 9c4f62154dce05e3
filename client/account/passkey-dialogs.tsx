import { useState } from 'react';
import { addPasskey, renamePasskey } from '../api/account.ts';
import { ApiFailure } from '../api/http.ts';
import { useAction } from '../desk/use-action.ts';
import { accountTexts } from '../i18n/sections/account.ts';
import { useT, useTexts } from '../i18n/use-t.ts';
import { Button } from '../ui/button.tsx';
import { Dialog, DialogActions, DialogForm } from '../ui/dialog.tsx';
import { Field } from '../ui/field.tsx';
import { Problem } from '../ui/section.tsx';
import { ProofDialog } from './proof-dialog.tsx';

interface AddPasskeyProps {
  /** `codes`: shown once; null for who holds recovery codes already. */
  onDone: (codes: readonly string[] | null) => void;
  onClose: () => void;
}

/** Has the browser make a passkey; it asks its owner in a window of its own. */
export function AddPasskey({ onDone, onClose }: AddPasskeyProps) {
  const texts = useTexts(accountTexts);
  const [name, setName] = useState<string>(texts.passkeyDefault);
  const make = async (password: string) => {
    try {
      return await addPasskey(password, name.trim() || texts.passkeyDefault);
    } catch (error) {
      // The browser says in English that its owner declined or took too long.
      if (error instanceof ApiFailure) throw error;
      throw Object.assign(new Error(texts.passkeyFailed), { cause: error });
    }
  };
  return (
    <ProofDialog
      title={texts.passkeyAdd}
      hint={texts.passkeyAddHint}
      act={make}
      onDone={({ recoveryCodes }) => onDone(recoveryCodes)}
      onClose={onClose}
    >
      <Field label={texts.passkeyName} value={name} onChange={setName} maxLength={64} isRequired />
    </ProofDialog>
  );
}

interface RenamePasskeyProps {
  passkey: { id: string; name: string };
  onDone: () => void;
  onClose: () => void;
}

export function RenamePasskey({ passkey, onDone, onClose }: RenamePasskeyProps) {
  const t = useT();
  const texts = useTexts(accountTexts);
  const [name, setName] = useState(passkey.name);
  const action = useAction();
  async function submit(): Promise<void> {
    if (await action.run(() => renamePasskey(passkey.id, name.trim()))) onDone();
  }
  return (
    <Dialog title={texts.passkeyRename} isOpen onClose={onClose}>
      <DialogForm onSubmit={submit}>
        <Field
          label={texts.passkeyName}
          value={name}
          onChange={setName}
          maxLength={64}
          isRequired
          autoFocus
        />
        <Problem>{action.problem}</Problem>
        <DialogActions>
          <Button onPress={onClose}>{t.cancel}</Button>
          <Button variant="primary" type="submit" isDisabled={action.busy || name.trim() === ''}>
            {texts.save}
          </Button>
        </DialogActions>
      </DialogForm>
    </Dialog>
  );
}
