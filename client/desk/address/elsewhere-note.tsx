import type { ReactNode } from 'react';
import { addressTexts } from '../../i18n/sections/address.ts';
import { useTexts } from '../../i18n/use-t.ts';
import { Icon } from '../../ui/icons/icon.tsx';
import styles from './address.module.css';

/** The address names another part of the country. */
export function ElsewhereNote({
  name,
  hint,
  children,
}: {
  name: string;
  hint?: string;
  children?: ReactNode;
}) {
  const words = useTexts(addressTexts);
  return (
    <p className={styles.away} role="status">
      <Icon name="info" />
      <span>
        {words.elsewhere(name)}
        {hint !== undefined && <small>{hint}</small>}
      </span>
      {children}
    </p>
  );
}
