import { useState } from 'react';
import { accountTexts } from '../i18n/sections/account.ts';
import { useTexts } from '../i18n/use-t.ts';
import { Button } from '../ui/button.tsx';
import { Dialog, DialogActions } from '../ui/dialog.tsx';
import styles from './account.module.css';

interface RecoveryCodesProps {
  codes: readonly string[];
  onClose: () => void;
}

/** The codes, this once. */
export function RecoveryCodes({ codes, onClose }: RecoveryCodesProps) {
  const texts = useTexts(accountTexts);
  const [copied, setCopied] = useState(false);
  return (
    <Dialog title={texts.recoveryTitle} hint={texts.recoveryHint} isOpen onClose={onClose} role="alertdialog">
      <ol className={styles.codes}>
        {codes.map(code => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ol>
      <DialogActions>
        {isSecureContext && (
          <Button
            onPress={() => void navigator.clipboard.writeText(codes.join('\n')).then(() => setCopied(true))}
          >
            {copied ? texts.copied : texts.copy}
          </Button>
        )}
        <Button variant="primary" onPress={onClose}>
          {texts.saved}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
