import { useState } from 'react';
import { leastPasswordLength, type PasswordFault } from '#contract/account.ts';
import { changePassword } from '../api/account.ts';
import { errorText } from '../api/error-text.ts';
import { ApiFailure } from '../api/http.ts';
import { useSignedIn } from '../app/session.ts';
import { accountTexts } from '../i18n/sections/account.ts';
import { useFormats, useT, useTexts } from '../i18n/use-t.ts';
import { Button } from '../ui/button.tsx';
import { DialogForm } from '../ui/dialog.tsx';
import { Field } from '../ui/field.tsx';
import { Problem } from '../ui/section.tsx';
import styles from './account.module.css';

interface PasswordFormProps {
  /** ISO 8601; null: never. */
  changedAt: string | null;
  onChanged: () => void;
}

/** Chooses another password. */
export function PasswordForm({ changedAt, onChanged }: PasswordFormProps) {
  const t = useT();
  const texts = useTexts(accountTexts);
  const formats = useFormats();
  const { username } = useSignedIn();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [again, setAgain] = useState('');
  const [state, setState] = useState<'idle' | 'busy' | 'done'>('idle');
  const [problem, setProblem] = useState<string | null>(null);
  const differ = again !== '' && again !== next;
  const ready = current !== '' && next.length >= leastPasswordLength && again === next && state !== 'busy';
  async function submit(): Promise<void> {
    if (!ready) return;
    setState('busy');
    setProblem(null);
    try {
      await changePassword(current, next);
      for (const clear of [setCurrent, setNext, setAgain]) clear('');
      setState('done');
      onChanged();
    } catch (error) {
      const fault = faultOf(error);
      const why = errorText(error, t);
      setProblem(fault ? `${why}: ${texts.faults[fault]}` : why);
      setState('idle');
    }
  }
  const typed = (set: (value: string) => void) => (value: string) => {
    set(value);
    if (state === 'done') setState('idle');
  };
  return (
    <div className={styles.narrow}>
      <DialogForm onSubmit={submit}>
        <p className={styles.hint}>{texts.passwordHint}</p>
        {/* Password managers want to know whose password this is. */}
        <input type="hidden" name="username" autoComplete="username" value={username} readOnly />
        <Field
          label={texts.current}
          value={current}
          onChange={typed(setCurrent)}
          type="password"
          autoComplete="current-password"
          isRequired
        />
        <Field
          label={texts.next}
          value={next}
          onChange={typed(setNext)}
          type="password"
          autoComplete="new-password"
          maxLength={200}
          isRequired
        />
        <Field
          label={texts.again}
          value={again}
          onChange={typed(setAgain)}
          type="password"
          autoComplete="new-password"
          error={differ ? texts.differ : null}
          isRequired
        />
        <Problem>{problem}</Problem>
        <div className={styles.row}>
          <Button variant="primary" type="submit" isDisabled={!ready}>
            {texts.change}
          </Button>
          <span className={styles.hint} role="status">
            {state === 'done'
              ? texts.changed
              : changedAt !== null && texts.passwordChangedAt(formats.stamp(Date.parse(changedAt)))}
          </span>
        </div>
      </DialogForm>
    </div>
  );
}

function faultOf(error: unknown): PasswordFault | undefined {
  if (!(error instanceof ApiFailure) || error.code !== 'weakPassword') return undefined;
  return (error.details as { fault?: PasswordFault } | undefined)?.fault;
}
