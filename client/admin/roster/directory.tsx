import { type ReactNode, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import styles from './roster.module.css';

interface DirectoryProps<T> {
  items: readonly T[];
  heads: readonly string[];
  /** A row, in the order of `heads`. */
  cells: (item: T) => readonly (string | null)[];
  /** Shown dimmed. */
  isOff?: (item: T) => boolean;
  newText: string;
  editText: (item: T) => string;
  /** In place of a table without rows. */
  empty: ReactNode;
  /** Changes one, or makes one (null). */
  dialog: (item: T | null, onClose: () => void) => ReactNode;
}

/** What shifts are made of, one a row: people or vehicles, each to be changed, and new ones. */
export function Directory<T extends { id: string }>({
  items,
  heads,
  cells,
  isOff,
  newText,
  editText,
  empty,
  dialog,
}: DirectoryProps<T>) {
  const [editing, setEditing] = useState<T | 'new' | null>(null);
  return (
    <div className={styles.list}>
      <div className={styles.toolbar}>
        <span className={styles.right}>
          <Button icon="plus" onPress={() => setEditing('new')}>
            {newText}
          </Button>
        </span>
      </div>
      {items.length === 0 ? (
        empty
      ) : (
        <table className={styles.table}>
          <thead>
            <tr>
              {heads.map(head => (
                <th key={head}>{head}</th>
              ))}
              <td />
            </tr>
          </thead>
          <tbody>
            {items.map(item => (
              <tr key={item.id} data-off={isOff?.(item) || undefined}>
                {cells(item).map((cell, i) => (
                  <td key={heads[i]}>{cell}</td>
                ))}
                <td>
                  <IconButton icon="edit" label={editText(item)} onPress={() => setEditing(item)} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {editing && dialog(editing === 'new' ? null : editing, () => setEditing(null))}
    </div>
  );
}
