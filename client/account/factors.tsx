import { useState } from 'react';
import type { AccountView } from '#contract/account.ts';
import { removePasskey, removeTotp, renewRecoveryCodes } from '../api/account.ts';
import { passkeysWork } from '../api/session.ts';
import { accountTexts } from '../i18n/sections/account.ts';
import { useFormats, useTexts } from '../i18n/use-t.ts';
import { Button } from '../ui/button.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { Icon } from '../ui/icons/icon.tsx';
import { Section } from '../ui/section.tsx';
import styles from './account.module.css';
import { AddPasskey, RenamePasskey } from './passkey-dialogs.tsx';
import { ProofDialog } from './proof-dialog.tsx';
import { RecoveryCodes } from './recovery-codes.tsx';
import { TotpDialog } from './totp-dialog.tsx';

type Passkey = AccountView['passkeys'][number];
type Asking =
  | { what: 'totp' | 'totpRemove' | 'recovery' | 'passkey' }
  | { what: 'passkeyRemove' | 'passkeyRename'; passkey: Passkey }
  | { what: 'codes'; codes: readonly string[] };

interface FactorsProps {
  account: AccountView;
  onChanged: () => void;
}

/** What is shown beside the password: an app, passkeys, codes on paper. */
export function Factors({ account, onChanged }: FactorsProps) {
  const texts = useTexts(accountTexts);
  const formats = useFormats();
  const [asking, setAsking] = useState<Asking | null>(null);
  const { totpSince, passkeys, recoveryCodesLeft, secondFactorRequired, certificate } = account;
  const hasFactor = totpSince !== null || passkeys.length > 0;
  const stamp = (iso: string) => formats.stamp(Date.parse(iso));
  const done = (codes: readonly string[] | null = null) => {
    setAsking(codes ? { what: 'codes', codes } : null);
    onChanged();
  };
  return (
    <Section title={texts.factors} icon="shield">
      <p className={styles.hint}>
        {texts.factorsHint} {secondFactorRequired && texts.required}
      </p>
      <ul className={styles.factors}>
        <li>
          <Icon name="phone" size="1.2em" />
          <strong>{texts.totp}</strong>
          <span className={styles.hint}>
            {totpSince === null ? texts.totpOff : texts.totpOn(stamp(totpSince))}
          </span>
          {totpSince === null ? (
            <Button icon="plus" onPress={() => setAsking({ what: 'totp' })}>
              {texts.totpAdd}
            </Button>
          ) : (
            <Button onPress={() => setAsking({ what: 'totpRemove' })}>{texts.totpRemove}</Button>
          )}
        </li>
        <li>
          <Icon name="key" size="1.2em" />
          <strong>{texts.passkeys}</strong>
          <span className={styles.hint}>
            {!passkeysWork() ? texts.passkeyUnavailable : passkeys.length === 0 ? texts.noPasskeys : null}
          </span>
          <Button icon="plus" isDisabled={!passkeysWork()} onPress={() => setAsking({ what: 'passkey' })}>
            {texts.passkeyAdd}
          </Button>
        </li>
        {passkeys.map(passkey => (
          <li key={passkey.id} className={styles.sub}>
            <span>{passkey.name}</span>
            <span className={styles.hint}>
              {texts.passkeyAdded(stamp(passkey.createdAt))} ·{' '}
              {passkey.lastUsedAt === null
                ? texts.passkeyUnused
                : texts.passkeyUsed(stamp(passkey.lastUsedAt))}
            </span>
            <span className={styles.row}>
              <IconButton
                icon="edit"
                label={`${texts.passkeyRename} ${passkey.name}`}
                onPress={() => setAsking({ what: 'passkeyRename', passkey })}
              />
              <IconButton
                icon="close"
                label={`${texts.passkeyRemove} ${passkey.name}`}
                onPress={() => setAsking({ what: 'passkeyRemove', passkey })}
              />
            </span>
          </li>
        ))}
        {hasFactor && (
          <li>
            <Icon name="document" size="1.2em" />
            <strong>{texts.recovery}</strong>
            <span className={styles.hint} data-low={recoveryCodesLeft < 3 || undefined}>
              {texts.recoveryLeft(recoveryCodesLeft)}
            </span>
            <Button onPress={() => setAsking({ what: 'recovery' })}>{texts.recoveryRenew}</Button>
          </li>
        )}
        {certificate !== null && (
          <li>
            <Icon name="shield" size="1.2em" />
            <strong>{texts.certificate}</strong>
            <span className={styles.hint}>{certificate}</span>
          </li>
        )}
      </ul>
      {asking && <Dialogs asking={asking} onDone={done} onClose={() => setAsking(null)} />}
    </Section>
  );
}

interface DialogsProps {
  asking: Asking;
  onDone: (codes?: readonly string[] | null) => void;
  onClose: () => void;
}

function Dialogs({ asking, onDone, onClose }: DialogsProps) {
  const texts = useTexts(accountTexts);
  switch (asking.what) {
    case 'totp':
      return <TotpDialog onDone={onDone} onClose={onClose} />;
    case 'passkey':
      return <AddPasskey onDone={onDone} onClose={onClose} />;
    case 'passkeyRename':
      return <RenamePasskey passkey={asking.passkey} onDone={() => onDone()} onClose={onClose} />;
    case 'codes':
      return <RecoveryCodes codes={asking.codes} onClose={onClose} />;
    case 'totpRemove':
      return (
        <ProofDialog
          title={texts.totpRemove}
          hint={texts.totpRemoveHint}
          act={removeTotp}
          onDone={() => onDone()}
          onClose={onClose}
        />
      );
    case 'recovery':
      return (
        <ProofDialog
          title={texts.recoveryRenew}
          hint={texts.recoveryRenewHint}
          act={renewRecoveryCodes}
          onDone={({ recoveryCodes }) => onDone(recoveryCodes)}
          onClose={onClose}
        />
      );
    case 'passkeyRemove':
      return (
        <ProofDialog
          title={`${texts.passkeyRemove} · ${asking.passkey.name}`}
          hint={texts.passkeyRemoveHint}
          act={password => removePasskey(asking.passkey.id, password)}
          onDone={() => onDone()}
          onClose={onClose}
        />
      );
  }
}
