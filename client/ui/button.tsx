import type { ReactNode } from 'react';
import { Button as AriaButton, type ButtonProps as AriaButtonProps, Tooltip, TooltipTrigger } from 'react-aria-components';
import styles from './button.module.css';
import { cx } from './cx.ts';
import { Icon } from './icons/icon.tsx';
import type { IconName } from './icons/icons.ts';

export interface ButtonProps extends Omit<AriaButtonProps, 'className' | 'children'> {
  variant?: 'plain' | 'primary' | 'danger' | 'quiet';
  size?: 'm' | 's';
  icon?: IconName;
  className?: string | undefined;
  children?: ReactNode;
}

export function Button({ variant = 'plain', size = 'm', icon, className, children, ...props }: ButtonProps) {
  return (
    <AriaButton {...props} className={cx(styles.button, styles[variant], size === 's' && styles.small, className)}>
      {icon && <Icon name={icon} />}
      {children}
    </AriaButton>
  );
}

export interface IconButtonProps extends Omit<AriaButtonProps, 'className' | 'children' | 'aria-label'> {
  icon: IconName;
  /** What it does: its accessible name and its tooltip. */
  label: string;
  /** The key that does the same. */
  shortcut?: string;
  isActive?: boolean;
  className?: string | undefined;
}

/** A button that is only an icon; it says what it does, and its key, when pointed at or focused. */
export function IconButton({ icon, label, shortcut, isActive, className, ...props }: IconButtonProps) {
  return (
    <TooltipTrigger delay={400} closeDelay={50}>
      <AriaButton
        {...props}
        aria-label={label}
        {...(isActive !== undefined && { 'aria-pressed': isActive })}
        className={cx(styles.button, styles.icon, isActive && styles.active, className)}
      >
        <Icon name={icon} />
      </AriaButton>
      <Tooltip className={styles.tooltip ?? ''} offset={6}>
        {label}
        {shortcut && <kbd>{shortcut}</kbd>}
      </Tooltip>
    </TooltipTrigger>
  );
}
