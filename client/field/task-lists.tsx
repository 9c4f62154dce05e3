import type { TaskView } from '../api/tasks.ts';
import { fieldTexts } from '../i18n/sections/field.ts';
import { taskTexts } from '../i18n/sections/tasks.ts';
import { useFormats, useT, useTexts } from '../i18n/use-t.ts';
import { Icon } from '../ui/icons/icon.tsx';
import type { Unsent } from './answers.ts';
import styles from './field.module.css';

interface ListProps {
  tasks: readonly TaskView[];
  placeOf: (task: TaskView) => string;
}

/** What comes after the task in hand. */
export function NextTasks({ tasks, placeOf, onAccept }: ListProps & { onAccept: (task: TaskView) => void }) {
  const t = useT();
  const texts = useTexts(fieldTexts);
  if (tasks.length === 0) return null;
  return (
    <section className={styles.list}>
      <h2>{texts.next(tasks.length)}</h2>
      <ol>
        {tasks.map(task => (
          <li key={task.id}>
            <span>
              {task.target && <Icon name={`place-${task.target.kind}`} />}
              <strong>{placeOf(task)}</strong>
              <small>{t.sighting.method[task.method]}</small>
            </span>
            {task.state === 'ordered' && (
              <button type="button" className={styles.small} onClick={() => onAccept(task)}>
                {texts.accept}
              </button>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}

interface EndedProps extends ListProps {
  unsent: readonly Unsent[];
  onUndo: (task: TaskView) => void;
  onTakeBack: (key: string) => void;
}

/** Today's ended tasks; a result can be undone, one that was not sent yet simply taken back. */
export function EndedTasks({ tasks, placeOf, unsent, onUndo, onTakeBack }: EndedProps) {
  const texts = useTexts(fieldTexts);
  const words = useTexts(taskTexts);
  const formats = useFormats();
  if (tasks.length === 0) return null;
  return (
    <section className={styles.list}>
      <h2>{texts.today}</h2>
      <ol>
        {tasks.map(task => {
          const waiting = unsent.find(({ taskId, answer }) => taskId === task.id && answer.say === 'result');
          return (
            <li key={task.id} data-outcome={task.outcome ?? task.state}>
              <span>
                <strong>{placeOf(task)}</strong>
                <small>
                  {formats.timeShort(Date.parse(task.endedAt!))}{' '}
                  {task.outcome ? words.outcome[task.outcome] : words.state[task.state]}
                  {task.state === 'cancelled' && task.reason ? ` · ${task.reason}` : ''}
                </small>
              </span>
              {task.state === 'done' && (
                <button
                  type="button"
                  className={styles.small}
                  aria-label={`${texts.undo}: ${placeOf(task)}`}
                  onClick={() => (waiting ? onTakeBack(waiting.key) : onUndo(task))}
                >
                  <Icon name="undo" /> {texts.undo}
                </button>
              )}
            </li>
          );
        })}
      </ol>
    </section>
  );
}
