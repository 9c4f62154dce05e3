import { useId } from 'react';
import styles from './field.module.css';

export interface TextFieldProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  type?: 'text' | 'password';
  autoComplete?: string;
}

/** A labelled native input: all that the sign-in page needs. */
export function TextField({ label, value, onChange, type = 'text', autoComplete }: TextFieldProps) {
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
        onChange={change => onChange(change.target.value)}
      />
    </div>
  );
}
