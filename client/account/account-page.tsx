import { I18nProvider } from 'react-aria-components';
import admin from '../admin/admin-page.module.css';
import { fetchAccount } from '../api/account.ts';
import { errorText } from '../api/error-text.ts';
import { homePath } from '../app/home.ts';
import { usePrefs } from '../app/prefs.ts';
import { navigate } from '../app/router.ts';
import { signOut, useSignedIn } from '../app/session.ts';
import { useTitle } from '../app/use-title.ts';
import { BureauName } from '../desk/bureau.tsx';
import { useQuery } from '../desk/use-query.ts';
import { accountTexts } from '../i18n/sections/account.ts';
import { useT, useTexts } from '../i18n/use-t.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { PrefButtons } from '../ui/pref-buttons.tsx';
import { Problem, Section } from '../ui/section.tsx';
import styles from './account.module.css';
import { Factors } from './factors.tsx';
import { PasswordForm } from './password-form.tsx';
import { Sessions } from './sessions.tsx';

/** One's own account: how one comes in, and where one is signed in. */
export function AccountPage() {
  const t = useT();
  const texts = useTexts(accountTexts);
  const { displayName, role } = useSignedIn();
  const locale = usePrefs(prefs => (prefs.lang === 'zh' ? 'zh-CN' : 'en-GB'));
  useTitle(texts.page);
  return (
    <I18nProvider locale={locale}>
      <div className={admin.page}>
        <header className={admin.header}>
          <BureauName />
          <span className={admin.right}>
            <Button onPress={() => navigate(homePath(role))}>{texts.back}</Button>
            <PrefButtons />
            <span className={admin.who}>{displayName}</span>
            <Button variant="quiet" icon="logout" onPress={() => void signOut()}>
              {t.header.signOut}
            </Button>
          </span>
        </header>
        <main className={admin.main}>
          <Account />
        </main>
      </div>
    </I18nProvider>
  );
}

function Account() {
  const t = useT();
  const texts = useTexts(accountTexts);
  const { displayName, username, role } = useSignedIn();
  const { data: account, error, reload } = useQuery('account', fetchAccount);
  if (error !== undefined && !account) return <Problem>{errorText(error, t)}</Problem>;
  if (!account) return <Notice title={t.loading} full />;
  return (
    <div className={styles.page}>
      <h2 className={styles.title}>
        {displayName}
        <small>
          {username} · {t.roles[role]}
        </small>
      </h2>
      <Factors account={account} onChanged={reload} />
      <Section title={texts.password} icon="lock">
        <PasswordForm changedAt={account.passwordChangedAt} onChanged={reload} />
      </Section>
      <Sessions sessions={account.sessions} onChanged={reload} />
    </div>
  );
}
