import type { ReactNode } from 'react';
import {
  Button as AriaButton,
  FieldError,
  Input,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  Select,
  SelectValue,
  Text,
  TextArea,
  TextField,
  type TextFieldProps,
} from 'react-aria-components';
import { useT } from '../i18n/use-t.ts';
import { cx } from './cx.ts';
import styles from './field.module.css';
import { Icon } from './icons/icon.tsx';

export interface FieldProps extends Omit<TextFieldProps, 'className' | 'children'> {
  label: string;
  placeholder?: string;
  hint?: string;
  /** What is wrong with the value; shown and read out. */
  error?: string | null;
  multiline?: boolean;
  /** Asks for digits: the right keyboard, and right-aligned tabular figures. */
  numeric?: boolean;
  /** Something around the field says already that it is optional. */
  unmarked?: boolean;
}

/** Fields two and two beside each other. */
export function FieldPair({ children }: { children: ReactNode }) {
  return <div className={styles.pair}>{children}</div>;
}

/** A labelled line (or lines) of text. Optional ones say so. */
export function Field({
  label,
  placeholder,
  hint,
  error,
  multiline,
  numeric,
  unmarked,
  ...props
}: FieldProps) {
  return (
    <TextField {...props} isInvalid={Boolean(error)} className={styles.field ?? ''}>
      <FieldLabel label={label} optional={!props.isRequired && !unmarked} />
      {multiline ? (
        <TextArea
          className={styles.input ?? ''}
          rows={3}
          {...(placeholder !== undefined && { placeholder })}
        />
      ) : (
        <Input
          className={cx(styles.input, numeric && styles.numeric)}
          {...(placeholder !== undefined && { placeholder })}
          {...(numeric && { inputMode: 'decimal' as const })}
        />
      )}
      {hint && !error && (
        <Text slot="description" className={styles.hint ?? ''}>
          {hint}
        </Text>
      )}
      <FieldError className={styles.error ?? ''}>{error}</FieldError>
    </TextField>
  );
}

export interface Choice<V extends string> {
  value: V;
  label: string;
  mark?: ReactNode;
}

export interface ChoiceFieldProps<V extends string> {
  label: string;
  choices: readonly Choice<V>[];
  value: V | null;
  onChange: (value: V) => void;
  placeholder?: string;
  isRequired?: boolean;
  isDisabled?: boolean;
}

/** A choice among few: a button that opens a list. */
export function ChoiceField<V extends string>(props: ChoiceFieldProps<V>) {
  const { label, choices, value, onChange, placeholder, isRequired = true, isDisabled = false } = props;
  return (
    <Select
      className={styles.field ?? ''}
      value={value}
      onChange={key => key !== null && onChange(key as V)}
      isDisabled={isDisabled}
      {...(placeholder !== undefined && { placeholder })}
    >
      <FieldLabel label={label} optional={!isRequired} />
      <AriaButton className={cx(styles.input, styles.select)}>
        <SelectValue className={styles.value ?? ''} />
        <Icon name="chevronDown" size="1em" />
      </AriaButton>
      <Popover className={styles.popover ?? ''}>
        <ListBox items={choices} className={styles.list ?? ''}>
          {choice => (
            <ListBoxItem id={choice.value} textValue={choice.label} className={styles.option ?? ''}>
              {choice.mark}
              {choice.label}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </Select>
  );
}

function FieldLabel({ label, optional }: { label: string; optional: boolean }) {
  const t = useT();
  return (
    <Label className={styles.label ?? ''}>
      {label}
      {optional && <span className={styles.optional}>{t.optional}</span>}
    </Label>
  );
}
