import { useMemo } from 'react';
import { isOpenTask } from '#domain/task.ts';
import type { WorldIncident, WorldTask } from '#domain/world.ts';
import { errorText } from '../../api/error-text.ts';
import { taskTexts } from '../../i18n/sections/tasks.ts';
import { useT, useTexts } from '../../i18n/use-t.ts';
import { useLive } from '../../store/live.ts';
import { Problem, Section } from '../../ui/section.tsx';
import { tasksOf } from './selectors.ts';
import { TaskRow } from './task-row.tsx';
import styles from './tasks.module.css';
import { useTaskFeed } from './use-task-feed.ts';

/** So many ended tasks are in sight; the others are one press away. */
const mostEnded = 4;

/** The line on the ground: who was sent where for this incident, and what came of it. */
export function Ground({ incident }: { incident: WorldIncident }) {
  const t = useT();
  const texts = useTexts(taskTexts);
  const all = useLive(live => live.world.tasks);
  const tasks = useMemo(() => tasksOf(all, incident.id), [all, incident.id]);
  const error = useTaskFeed(incident.id, tasks);
  const open = tasks.filter(isOpenTask).length;
  return (
    <Section title={texts.title} icon="task" action={open > 0 && <small>{texts.openCount(open)}</small>}>
      {tasks.length === 0 ? (
        <p className={styles.empty}>{texts.empty}</p>
      ) : (
        <>
          <Rows tasks={tasks.slice(0, open + mostEnded)} incident={incident} />
          {tasks.length > open + mostEnded && (
            <details className={styles.earlier}>
              <summary>{texts.earlier(tasks.length - open - mostEnded)}</summary>
              <Rows tasks={tasks.slice(open + mostEnded)} incident={incident} />
            </details>
          )}
        </>
      )}
      {error !== undefined && <Problem>{errorText(error, t)}</Problem>}
    </Section>
  );
}

function Rows({ tasks, incident }: { tasks: readonly WorldTask[]; incident: WorldIncident }) {
  return (
    <ul className={styles.tasks}>
      {tasks.map(task => (
        <TaskRow key={task.id} task={task} closed={incident.state === 'closed'} />
      ))}
    </ul>
  );
}
