import type { WorldTask } from '#domain/world.ts';
import { taskTexts } from '../../i18n/sections/tasks.ts';
import { useFormats, useTexts } from '../../i18n/use-t.ts';
import { Icon } from '../../ui/icons/icon.tsx';
import { useTargetName } from '../tasks/target-name.ts';
import styles from './locate.module.css';

/** What came of a look of this unit. */
export function EndedRow({ task }: { task: WorldTask }) {
  const texts = useTexts(taskTexts);
  const formats = useFormats();
  const name = useTargetName(task);
  if (task.outcome === null) return null;
  return (
    <li className={styles.ended} data-outcome={task.outcome}>
      <Icon name={task.outcome === 'found' ? 'check' : 'sighting-search'} size="1em" />
      <span>{name}</span>
      <b>{texts.outcome[task.outcome]}</b>
      <time>{formats.timeShort(Date.parse(task.changedAt))}</time>
    </li>
  );
}
