import type { ReactNode } from 'react';
import styles from './button.module.css';
import { cx } from './cx.ts';
import { Icon } from './icons/icon.tsx';
import type { IconName } from './icons/icons.ts';

export interface ButtonProps {
  variant?: 'plain' | 'primary' | 'danger' | 'quiet';
  size?: 'm' | 's';
  icon?: IconName;
  type?: 'button' | 'submit';
  onPress?: () => void;
  isDisabled?: boolean;
  className?: string | undefined;
  'aria-label'?: string;
  children?: ReactNode;
}

/** A native button: pages without dialogs and menus do without the widget library. */
export function Button({
  type = 'button',
  onPress,
  isDisabled = false,
  icon,
  children,
  ...look
}: ButtonProps) {
  const { variant, size, className, ...rest } = look;
  return (
    // oxlint-disable-next-line react/button-has-type -- the type is one of two literals
    <button
      {...rest}
      type={type}
      disabled={isDisabled}
      onClick={onPress}
      className={buttonClass({ variant, size, className })}
    >
      {icon && <Icon name={icon} />}
      {children}
    </button>
  );
}

/** The look of a button, for those that a menu or tooltip needs to be of another kind. */
export function buttonClass({
  variant = 'plain',
  size,
  className,
}: {
  variant?: ButtonProps['variant'];
  size?: ButtonProps['size'];
  className?: string | undefined;
}): string {
  return cx(styles.button, styles[variant], size === 's' && styles.small, className);
}
