import { type DragEvent, type ReactNode, useState } from 'react';
import { cx } from './cx.ts';
import styles from './file-drop.module.css';
import { Icon } from './icons/icon.tsx';

interface FileDropProps {
  /** Endings, as an input's `accept` takes them. */
  accept: string;
  /** The name of what is chosen, or what to do. */
  title: ReactNode;
  hint: ReactNode;
  onFile: (file: File) => void;
}

/** A native file input behind a large label: click, keyboard and drop all end in it. */
export function FileDrop({ accept, title, hint, onFile }: FileDropProps) {
  const [over, setOver] = useState(false);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const [dropped] = event.dataTransfer.files;
    if (dropped) onFile(dropped);
  };
  return (
    <label
      className={cx(styles.drop, over && styles.over)}
      onDragOver={event => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <input
        type="file"
        accept={accept}
        onChange={change => {
          const [chosen] = change.target.files ?? [];
          // The same file may be chosen again after it was mended.
          change.target.value = '';
          if (chosen) onFile(chosen);
        }}
      />
      <Icon name="upload" size="1.6em" />
      <span>
        <strong>{title}</strong>
        <small>{hint}</small>
      </span>
    </label>
  );
}
