import { type Role, roles } from '#contract/incident.ts';
import { type FormEvent, useState } from 'react';
import { errorText } from '../api/error-text.ts';
import { useT } from '../i18n/use-t.ts';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icons/icon.tsx';
import mark from '../ui/mark.svg';
import { PrefButtons } from '../ui/pref-buttons.tsx';
import { TextField } from '../ui/text-field.tsx';
import styles from './login-page.module.css';
import { signIn } from './session.ts';
import { useTitle } from './use-title.ts';

/** The demo's users are named after their roles and share one password (docs: demo mode). */
const demoPassword = 'demo';

export function LoginPage({ demo, ended }: { demo: boolean; ended: boolean }) {
  const t = useT();
  const [user, setUser] = useState('');
  const [password, setPassword] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  useTitle(t.login.page);

  async function attempt(name: string, secret: string): Promise<void> {
    setBusy(true);
    setProblem(null);
    try {
      await signIn(name, secret);
    } catch (error) {
      setProblem(error);
      setBusy(false);
    }
  }
  function submit(form: FormEvent): void {
    form.preventDefault();
    void attempt(user.trim(), password);
  }

  return (
    <main className={styles.page}>
      <div className={styles.corner}>
        <PrefButtons />
      </div>
      <div className={styles.card}>
        <header className={styles.brand}>
          <img src={mark} alt="" width={44} height={44} />
          <div>
            <h1>{t.product}</h1>
            <p>{t.tagline}</p>
          </div>
        </header>
        <form onSubmit={submit} className={styles.form}>
          {ended && problem === null && <p className={styles.notice}>{t.login.signedOut}</p>}
          <TextField label={t.login.user} value={user} onChange={setUser} autoComplete="username" />
          <TextField
            label={t.login.password}
            value={password}
            onChange={setPassword}
            type="password"
            autoComplete="current-password"
          />
          <p className={styles.problem} role="alert">
            {problem !== null && errorText(problem, t)}
          </p>
          <Button variant="primary" type="submit" isDisabled={busy || user === '' || password === ''}>
            {busy ? t.login.busy : t.login.submit}
          </Button>
        </form>
        {demo && <DemoAccounts busy={busy} onChoose={role => void attempt(role, demoPassword)} />}
      </div>
    </main>
  );
}

function DemoAccounts({ busy, onChoose }: { busy: boolean; onChoose: (role: Role) => void }) {
  const t = useT();
  return (
    <section className={styles.demo} aria-labelledby="demo-title">
      <h2 id="demo-title">
        <Icon name="info" /> {t.login.demoTitle}
      </h2>
      <p>{t.login.demoHint}</p>
      <div className={styles.accounts}>
        {roles.map(role => (
          <Button key={role} className={styles.account} isDisabled={busy} onPress={() => onChoose(role)}>
            <strong>{t.roles[role]}</strong>
            <span>{t.roleDoes[role]}</span>
          </Button>
        ))}
      </div>
    </section>
  );
}
