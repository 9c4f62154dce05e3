import { useState } from 'react';
import type { TotpStart } from '#contract/account.ts';
import { confirmTotp, startTotp } from '../api/account.ts';
import { useAction } from '../desk/use-action.ts';
import { accountTexts } from '../i18n/sections/account.ts';
import { useT, useTexts } from '../i18n/use-t.ts';
import { Button } from '../ui/button.tsx';
import { Dialog, DialogActions, DialogForm } from '../ui/dialog.tsx';
import { Field } from '../ui/field.tsx';
import { Problem } from '../ui/section.tsx';
import styles from './account.module.css';
import { ProofDialog } from './proof-dialog.tsx';
import { QrCode } from './qr-code.tsx';

interface TotpDialogProps {
  /** `codes`: shown once; null for who holds recovery codes already. */
  onDone: (codes: readonly string[] | null) => void;
  onClose: () => void;
}

/** Sets up an authenticator app: password, QR code, first code. */
export function TotpDialog({ onDone, onClose }: TotpDialogProps) {
  const texts = useTexts(accountTexts);
  const [started, setStarted] = useState<TotpStart | null>(null);
  if (started) return <FirstCode started={started} onDone={onDone} onClose={onClose} />;
  return <ProofDialog title={texts.totp} act={startTotp} onDone={setStarted} onClose={onClose} />;
}

function FirstCode({ started, onDone, onClose }: TotpDialogProps & { started: TotpStart }) {
  const t = useT();
  const texts = useTexts(accountTexts);
  const [code, setCode] = useState('');
  const action = useAction();
  const ready = /^\d{6}$/.test(code.replaceAll(' ', '')) && !action.busy;
  async function submit(): Promise<void> {
    if (!ready) return;
    let codes: readonly string[] | null = null;
    const confirmed = await action.run(async () => {
      codes = (await confirmTotp(code)).recoveryCodes;
    });
    if (confirmed) onDone(codes);
  }
  return (
    <Dialog title={texts.totp} hint={texts.totpScan} isOpen onClose={onClose} role="alertdialog">
      <DialogForm onSubmit={submit}>
        <div className={styles.enrol}>
          <QrCode text={started.uri} label={texts.totpQr} />
          <div>
            <p className={styles.hint}>{texts.totpSecret}</p>
            <code className={styles.secret}>{started.secret.match(/.{1,4}/g)?.join(' ')}</code>
          </div>
        </div>
        <Field
          label={texts.code}
          value={code}
          onChange={setCode}
          inputMode="numeric"
          autoComplete="one-time-code"
          maxLength={7}
          isRequired
          autoFocus
        />
        <Problem>{action.problem}</Problem>
        <DialogActions>
          <Button onPress={onClose}>{t.cancel}</Button>
          <Button variant="primary" type="submit" isDisabled={!ready}>
            {texts.confirm}
          </Button>
        </DialogActions>
      </DialogForm>
    </Dialog>
  );
}
