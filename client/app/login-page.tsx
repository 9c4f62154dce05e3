import { type Role, roles } from '#contract/incident.ts';
import { type FormEvent, type ReactNode, useState } from 'react';
import { errorText } from '../api/error-text.ts';
import { ApiFailure } from '../api/http.ts';
import {
  passkeysWork,
  type Session,
  signIn as byPassword,
  signInByCertificate,
  signInByPasskey,
} from '../api/session.ts';
import { loginTexts } from '../i18n/sections/login.ts';
import { useT, useTexts } from '../i18n/use-t.ts';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icons/icon.tsx';
import mark from '../ui/mark.svg';
import { PrefButtons } from '../ui/pref-buttons.tsx';
import { TextField } from '../ui/text-field.tsx';
import styles from './login-page.module.css';
import { type Door, signIn } from './session.ts';
import { useTitle } from './use-title.ts';

/** The demo's users are named after their roles and share one password (docs: demo mode). */
const demoPassword = 'demo';

/** What the server says of a right password to which something is missing. */
interface Asked {
  user: string;
  password: string;
  methods: readonly string[];
}

export function LoginPage({ door, ended }: { door: Door; ended: boolean }) {
  const t = useT();
  const texts = useTexts(loginTexts);
  const [user, setUser] = useState('');
  const [password, setPassword] = useState('');
  const [asked, setAsked] = useState<Asked | null>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  useTitle(t.login.page);

  /** `failed`: what to say of an error that does not come from the server, such as a passkey that was declined. */
  async function attempt(way: Promise<Session>, credentials?: Omit<Asked, 'methods'>, failed?: string) {
    setBusy(true);
    setProblem(null);
    try {
      await signIn(way);
    } catch (error) {
      setBusy(false);
      if (credentials && error instanceof ApiFailure && error.code === 'secondFactorNeeded') {
        const { methods = ['otp'] } = (error.details ?? {}) as { methods?: string[] };
        setAsked({ ...credentials, methods });
      } else setProblem(error instanceof ApiFailure ? errorText(error, t) : (failed ?? errorText(error, t)));
    }
  }
  const enter = (name: string, secret: string) =>
    void attempt(byPassword(name, secret), { user: name, password: secret });
  const byPasskey = () => void attempt(signInByPasskey(), undefined, texts.passkeyFailed);
  function submit(form: FormEvent): void {
    form.preventDefault();
    enter(user.trim(), password);
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
        {!door.secure && (
          <p className={styles.insecure} role="alert">
            <Icon name="unlock" size="1.4em" />
            <span>
              <strong>{texts.insecure}</strong> {texts.insecureHint}
            </span>
          </p>
        )}
        {asked ? (
          <SecondStep
            asked={asked}
            busy={busy}
            problem={problem}
            onCode={otp => void attempt(byPassword(asked.user, asked.password, otp))}
            onPasskey={byPasskey}
            onBack={() => {
              setAsked(null);
              setProblem(null);
            }}
          />
        ) : (
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
              {problem}
            </p>
            <Button variant="primary" type="submit" isDisabled={busy || user === '' || password === ''}>
              {busy ? t.login.busy : t.login.submit}
            </Button>
            {passkeysWork() && (
              <Button icon="key" isDisabled={busy} onPress={byPasskey}>
                {texts.passkey}
              </Button>
            )}
            {door.certificate && (
              <Button icon="shield" isDisabled={busy} onPress={() => void attempt(signInByCertificate())}>
                {texts.certificate}
              </Button>
            )}
          </form>
        )}
        {door.demo && <DemoAccounts busy={busy} onChoose={role => enter(role, demoPassword)} />}
      </div>
    </main>
  );
}

interface SecondStepProps {
  asked: Asked;
  busy: boolean;
  problem: ReactNode;
  onCode: (otp: string) => void;
  onPasskey: () => void;
  onBack: () => void;
}

/** The password was right; the account asks for one thing more. */
function SecondStep({ asked, busy, problem, onCode, onPasskey, onBack }: SecondStepProps) {
  const t = useT();
  const texts = useTexts(loginTexts);
  const [otp, setOtp] = useState('');
  const byApp = asked.methods.includes('otp');
  function submit(form: FormEvent): void {
    form.preventDefault();
    onCode(otp.trim());
  }
  return (
    <form onSubmit={submit} className={styles.form}>
      <p>
        <strong>{asked.user}</strong>
      </p>
      <p className={styles.hint}>{byApp ? texts.codeHint : texts.passkeyInstead}</p>
      <TextField
        label={byApp ? texts.code : texts.recoveryCode}
        value={otp}
        onChange={setOtp}
        autoComplete="one-time-code"
        isFocused
      />
      <p className={styles.problem} role="alert">
        {problem}
      </p>
      <Button variant="primary" type="submit" isDisabled={busy || otp.trim().length < 6}>
        {busy ? t.login.busy : t.login.submit}
      </Button>
      {asked.methods.includes('passkey') && passkeysWork() && (
        <Button icon="key" isDisabled={busy} onPress={onPasskey}>
          {texts.passkey}
        </Button>
      )}
      <Button variant="quiet" onPress={onBack}>
        {texts.back}
      </Button>
    </form>
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
