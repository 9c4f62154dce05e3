import type { ReactNode } from 'react';
import { Icon } from './icons/icon.tsx';
import type { IconName } from './icons/icons.ts';
import styles from './section.module.css';

export interface SectionProps {
  title: string;
  icon?: IconName;
  /** What can be done to the whole section, at the right of its title. */
  action?: ReactNode;
  children: ReactNode;
}

/** One titled block of a panel. */
export function Section({ title, icon, action, children }: SectionProps) {
  return (
    <section className={styles.section} aria-label={title}>
      <header className={styles.head}>
        <h3>
          {icon && <Icon name={icon} size="1.1em" />}
          {title}
        </h3>
        {action}
      </header>
      {children}
    </section>
  );
}

/** Pairs of name and value. */
export function Facts({ children }: { children: ReactNode }) {
  return <dl className={styles.facts}>{children}</dl>;
}

export function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}

/** What went wrong, beside what was tried; read out when it appears. */
export function Problem({ children }: { children: ReactNode }) {
  return children ? (
    <p className={styles.problem} role="alert">
      <Icon name="warning" size="1.1em" /> {children}
    </p>
  ) : null;
}
