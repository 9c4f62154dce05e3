import { useEffect, useMemo } from 'react';
import { fetchTasksOfUnit } from '../api/field.ts';
import type { TaskView } from '../api/tasks.ts';
import { serverNow } from '../clock/use-now.ts';
import { useQuery } from '../desk/use-query.ts';
import { versionOf } from '../desk/tasks/selectors.ts';
import { useLive } from '../store/live.ts';
import { withAnswers } from './answers.ts';
import { fieldStore, setField, useField } from './field-store.ts';
import { knownOf, mergeNews, newsBetween } from './news.ts';
import type { OutboxState } from './outbox.ts';

export interface UnitTasks {
  /** With everything that was said counted in; null before the server has told of any. */
  tasks: readonly TaskView[] | null;
  error: unknown;
  reload: () => void;
}

/**
 * A unit's tasks, asked for whenever the stream says that something about them changed. What happened to them without
 * the crew is added to the news.
 */
export function useUnitTasks(
  userId: string,
  unitId: string | null,
  { unsent, settled }: Pick<OutboxState, 'unsent' | 'settled'>,
  nameOf: (task: TaskView) => string,
): UnitTasks {
  const world = useLive(live => live.world.tasks);
  const isLive = useLive(live => live.link.state === 'live');
  const version = useMemo(
    () => versionOf(Object.values(world).filter(task => task.unitId === unitId)),
    [world, unitId],
  );
  const key = unitId === null ? null : `${unitId} ${isLive} ${version} ${settled}`;
  const query = useQuery(key, signal => fetchTasksOfUnit(unitId ?? '', signal));
  useEffect(() => {
    if (!query.data) return;
    const pending = new Set(unsent.map(({ taskId }) => taskId));
    const { known, news } = fieldStore.getState();
    const more = newsBetween(known, query.data, nameOf, serverNow(), pending);
    setField(userId, {
      tasks: query.data,
      known: knownOf(query.data, nameOf, known, pending),
      ...(more.length > 0 && { news: mergeNews(news, more) }),
    });
    // Once an answer: what it means follows from what waits now. News keep the words of their time.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [query.data, userId]);

  const told = useField(field => field.tasks);
  const tasks = useMemo(() => told && withAnswers(told, unsent), [told, unsent]);
  return { tasks, error: query.error, reload: query.reload };
}
