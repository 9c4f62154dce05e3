import { useState } from 'react';
import { secretTexts } from '../i18n/sections/secret.ts';
import { useTexts } from '../i18n/use-t.ts';
import { Button } from '../ui/button.tsx';
import { Dialog, DialogActions } from '../ui/dialog.tsx';
import table from './identity.module.css';

interface SecretDialogProps {
  title: string;
  hint: string;
  label: string;
  secret: string;
  onClose: () => void;
}

/** Something that is shown this once: a one-time password, a token. */
export function SecretDialog({ title, hint, label, secret, onClose }: SecretDialogProps) {
  const texts = useTexts(secretTexts);
  const [copied, setCopied] = useState(false);
  return (
    <Dialog title={title} hint={hint} isOpen onClose={onClose} role="alertdialog">
      <p className={table.hint}>{label}</p>
      <code className={table.secret} aria-label={label}>
        {secret}
      </code>
      <DialogActions>
        {isSecureContext && (
          <Button onPress={() => void navigator.clipboard.writeText(secret).then(() => setCopied(true))}>
            {copied ? texts.copied : texts.copy}
          </Button>
        )}
        <Button variant="primary" onPress={onClose}>
          {texts.done}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
