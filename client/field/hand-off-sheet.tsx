import type { TaskView } from '../api/tasks.ts';
import { fieldTexts } from '../i18n/sections/field.ts';
import { useTexts } from '../i18n/use-t.ts';
import { Icon } from '../ui/icons/icon.tsx';
import styles from './field.module.css';
import { handOffLink, mapApps } from './hand-off.ts';

/** Links to the phone's map apps; nothing is asked of any of them before one is tapped. */
export function HandOff({ task }: { task: TaskView }) {
  const texts = useTexts(fieldTexts);
  if (!task.target) return null;
  const { position } = task.target;
  return (
    <ul className={styles.apps}>
      {mapApps.map(app => (
        <li key={app}>
          <a
            className={styles.big}
            data-look="plain"
            href={handOffLink(app, position, texts.destination)}
            target="_blank"
            rel="noopener noreferrer"
          >
            <Icon name="external" size="1.2em" />
            {texts.apps[app]}
          </a>
        </li>
      ))}
    </ul>
  );
}
