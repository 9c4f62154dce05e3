import { useId } from 'react';
import styles from './field.module.css';

export interface TextFieldProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  type?: 'text' | 'password';
  autoComplete?: string;
  /** Takes the keyboard when it appears. */
  isFocused?: boolean;
}

/** A labelled native input: all that the sign-in page needs. */
export function TextField({
  label,
  value,
  onChange,
  type = 'text',
  autoComplete,
  isFocused,
}: TextFieldProps) {
  const id = useId();
  return (
    <div className={styles.field}>
      <label htmlFor={id} className={styles.label}>
        {label}
      </label>
      <input
        id={id}
        className={styles.input}
        type={type}
        value={value}
        required
        autoComplete={autoComplete}
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- the field is what the step is about
        autoFocus={isFocused}
        onChange={change => onChange(change.target.value)}
      />
    </div>
  );
}
