import type { ReactNode } from 'react';
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { useT } from '../i18n/use-t.ts';
import { IconButton } from './icon-button.tsx';
import styles from './dialog.module.css';

export interface DialogProps {
  title: string;
  hint?: string;
  isOpen: boolean;
  onClose: () => void;
  children: ReactNode;
  wide?: boolean;
  /** An alert dialog interrupts: it is for what cannot be undone. */
  role?: 'dialog' | 'alertdialog';
}

/** A modal dialog: keeps the focus inside, Esc and the cross close it, focus goes back where it was. */
export function Dialog({
  title,
  hint,
  isOpen,
  onClose,
  children,
  wide = false,
  role = 'dialog',
}: DialogProps) {
  const t = useT();
  return (
    <ModalOverlay
      className={styles.overlay ?? ''}
      isOpen={isOpen}
      onOpenChange={open => !open && onClose()}
      isDismissable={role === 'dialog'}
    >
      <Modal className={`${styles.modal} ${wide ? styles.wide : ''}`}>
        <AriaDialog role={role} className={styles.dialog ?? ''}>
          <header className={styles.header}>
            <Heading slot="title">{title}</Heading>
            <IconButton icon="close" label={t.close} onPress={onClose} />
          </header>
          {hint && <p className={styles.hint}>{hint}</p>}
          {children}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

/** What a dialog asks for: its fields one below the other; Enter sends them. */
export function DialogForm({ onSubmit, children }: { onSubmit: () => Promise<void>; children: ReactNode }) {
  return (
    <form
      className={styles.form}
      onSubmit={form => {
        form.preventDefault();
        void onSubmit();
      }}
    >
      {children}
    </form>
  );
}

/** The row of buttons at a dialog's end. */
export function DialogActions({ children }: { children: ReactNode }) {
  return <footer className={styles.actions}>{children}</footer>;
}
