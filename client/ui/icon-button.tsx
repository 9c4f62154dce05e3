import {
  Button as AriaButton,
  type ButtonProps as AriaButtonProps,
  Tooltip,
  TooltipTrigger,
} from 'react-aria-components';
import styles from './button.module.css';
import { buttonClass } from './button.tsx';
import { cx } from './cx.ts';
import { Icon } from './icons/icon.tsx';
import type { IconName } from './icons/icons.ts';

export interface IconButtonProps extends Omit<AriaButtonProps, 'className' | 'children' | 'aria-label'> {
  icon: IconName;
  /** What it does: its accessible name and its tooltip. */
  label: string;
  /** The key that does the same. */
  shortcut?: string;
  isActive?: boolean;
}

/** A button that is only an icon; it says what it does, and its key, when pointed at or focused. */
export function IconButton({ icon, label, shortcut, isActive, ...props }: IconButtonProps) {
  return (
    <TooltipTrigger delay={400} closeDelay={50}>
      <AriaButton
        {...props}
        aria-label={label}
        {...(isActive !== undefined && { 'aria-pressed': isActive })}
        className={buttonClass({ className: cx(styles.icon, isActive && styles.active) })}
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
