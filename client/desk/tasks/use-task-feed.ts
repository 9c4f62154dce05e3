import { useEffect } from 'react';
import { isOpenTask } from '#domain/task.ts';
import type { WorldTask } from '#domain/world.ts';
import { fetchRoute } from '../../api/reference.ts';
import { fetchTasks } from '../../api/tasks.ts';
import { serverNow } from '../../clock/use-now.ts';
import { liveStore, unitSlots } from '../../store/live.ts';
import { useQuery } from '../use-query.ts';
import { tasksOf, versionOf } from './selectors.ts';
import { forgetTasks, taskStore, type TaskWay } from './task-store.ts';

const refreshWaysMs = 15_000;

/** Keeps targets and ways of an incident's tasks up to date while its panel is open. Gives what went wrong, if anything. */
export function useTaskFeed(incidentId: string, tasks: readonly WorldTask[]): unknown {
  const version = versionOf(tasks);
  const query = useQuery(`${incidentId} ${version}`, signal => fetchTasks(incidentId, signal));
  useEffect(() => forgetTasks, [incidentId]);
  useEffect(() => {
    if (!query.data) return;
    taskStore.setState({ views: Object.fromEntries(query.data.map(view => [view.id, view])) });
    const abort = new AbortController();
    const load = () => void loadWays(incidentId, abort.signal);
    load();
    const timer = setInterval(load, refreshWaysMs);
    return () => {
      abort.abort();
      clearInterval(timer);
    };
  }, [query.data, incidentId]);
  return query.error;
}

/** The ways of units that are on their way, from where each was last heard. */
async function loadWays(incidentId: string, signal: AbortSignal): Promise<void> {
  const moving = tasksOf(liveStore.getState().world.tasks, incidentId).filter(
    task => isOpenTask(task) && task.state !== 'arrived',
  );
  const found = await Promise.all(moving.map(async task => [task.id, await wayOf(task)] as const));
  if (signal.aborted) return;
  taskStore.setState({
    ways: Object.fromEntries(found.flatMap(([id, way]) => (way ? [[id, way] as const] : []))),
  });
}

async function wayOf({ id, unitId }: WorldTask): Promise<TaskWay | null> {
  const target = taskStore.getState().views[id]?.target;
  const slot = liveStore.getState().world.units[unitId]?.slot;
  const shown = slot === undefined ? undefined : unitSlots.shown(slot);
  if (!target || slot === undefined || !shown) return null;
  const [lng, lat] = [unitSlots.lngLat[2 * slot]!, unitSlots.lngLat[2 * slot + 1]!];
  try {
    const { path, travelTimeS } = await fetchRoute({ lng, lat }, target.position);
    return { unitId, path, etaAt: serverNow() + travelTimeS * 1000 };
  } catch {
    // Off the road network, or the server is away: the task itself is shown all the same.
    return null;
  }
}
