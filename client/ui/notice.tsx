import type { ReactNode } from 'react';
import { cx } from './cx.ts';
import { Icon } from './icons/icon.tsx';
import type { IconName } from './icons/icons.ts';
import styles from './notice.module.css';

export interface NoticeProps {
  title: string;
  hint?: string;
  icon?: IconName;
  /** Fills the page instead of its place. */
  full?: boolean;
  children?: ReactNode;
}

/** What stands where there is nothing else to show: empty, loading, failed. */
export function Notice({ title, hint, icon, full = false, children }: NoticeProps) {
  return (
    <div className={cx(styles.notice, full && styles.full)} role="status">
      {icon && <Icon name={icon} size="2em" />}
      {full ? <h1>{title}</h1> : <strong>{title}</strong>}
      {hint && <p>{hint}</p>}
      {children}
    </div>
  );
}
