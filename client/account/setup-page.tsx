import { useState } from 'react';
import { I18nProvider } from 'react-aria-components';
import type { Pending } from '#contract/account.ts';
import { passkeysWork } from '../api/session.ts';
import { usePrefs } from '../app/prefs.ts';
import { checkSession, signOut, useSignedIn } from '../app/session.ts';
import { useTitle } from '../app/use-title.ts';
import { BureauName } from '../desk/bureau.tsx';
import { accountTexts } from '../i18n/sections/account.ts';
import { useT, useTexts } from '../i18n/use-t.ts';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icons/icon.tsx';
import { PrefButtons } from '../ui/pref-buttons.tsx';
import styles from './account.module.css';
import { AddPasskey } from './passkey-dialogs.tsx';
import { PasswordForm } from './password-form.tsx';
import { RecoveryCodes } from './recovery-codes.tsx';
import { TotpDialog } from './totp-dialog.tsx';

/** All that there is until the user has done what is asked of him. */
export function SetupPage({ pending }: { pending: Pending }) {
  const t = useT();
  const texts = useTexts(accountTexts);
  const locale = usePrefs(prefs => (prefs.lang === 'zh' ? 'zh-CN' : 'en-GB'));
  const { displayName } = useSignedIn();
  const byPassword = pending === 'password';
  const title = byPassword ? texts.setup.password : texts.setup.secondFactor;
  useTitle(title);
  const goOn = () => void checkSession();
  return (
    <I18nProvider locale={locale}>
      <main className={styles.setup}>
        <header className={styles.row}>
          <BureauName />
          <span className={styles.right}>
            <PrefButtons />
            <Button variant="quiet" icon="logout" onPress={() => void signOut()}>
              {t.header.signOut}
            </Button>
          </span>
        </header>
        <section className={styles.card}>
          <h2>
            <Icon name={byPassword ? 'lock' : 'shield'} /> {title}
          </h2>
          <p className={styles.hint}>
            {displayName} · {byPassword ? texts.setup.passwordHint : texts.setup.secondFactorHint}
          </p>
          {byPassword ? <PasswordForm changedAt={null} onChanged={goOn} /> : <FirstFactor onDone={goOn} />}
        </section>
      </main>
    </I18nProvider>
  );
}

function FirstFactor({ onDone }: { onDone: () => void }) {
  const texts = useTexts(accountTexts);
  const [asking, setAsking] = useState<'totp' | 'passkey' | null>(null);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const enrolled = (made: readonly string[] | null) => {
    setAsking(null);
    if (made) setCodes(made);
    else onDone();
  };
  const close = () => setAsking(null);
  return (
    <>
      <div className={styles.choices}>
        <Button variant="primary" icon="phone" onPress={() => setAsking('totp')}>
          {texts.totp}
        </Button>
        <Button icon="key" isDisabled={!passkeysWork()} onPress={() => setAsking('passkey')}>
          {texts.passkeyAdd}
        </Button>
      </div>
      {!passkeysWork() && <p className={styles.hint}>{texts.passkeyUnavailable}</p>}
      {asking === 'totp' && <TotpDialog onDone={enrolled} onClose={close} />}
      {asking === 'passkey' && <AddPasskey onDone={enrolled} onClose={close} />}
      {codes && <RecoveryCodes codes={codes} onClose={onDone} />}
    </>
  );
}
