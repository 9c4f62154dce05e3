import { useEffect, useState } from 'react';
import type { Position } from '#contract/common.ts';
import { distanceM } from '#road/geo.ts';
import { fetchRoute, type RoadRoute } from '../api/reference.ts';
import type { TaskView } from '../api/tasks.ts';
import { serverNow, useNow } from '../clock/use-now.ts';
import { unitSlots, useLive } from '../store/live.ts';
import type { PhoneFix } from './own-place.ts';

/** The way to a task as it was when it was asked for. Instants in ms of the server's clock. */
export interface Way {
  route: RoadRoute;
  /** When the unit was where the way begins. */
  fromAt: number;
  askedAt: number;
}

const againEveryMs = 30_000;
/** A hundredth of a degree divided by this: some 200 m. */
const stepsPerDegree = 500;

/** The way by road from where the unit is, asked anew as it moves; null while there is none. */
export function useWay(task: TaskView | undefined, unitId: string, fix: PhoneFix | null): Way | null {
  const slot = useLive(live => live.world.units[unitId]?.slot);
  const now = useNow();
  const [found, setFound] = useState<{ taskId: string; way: Way } | null>(null);
  const from = whereIs(slot, fix);
  const to = task && task.state !== 'arrived' && from ? goalOf(task, from.position) : null;
  const round = Math.floor(now / againEveryMs);
  const here = from && [from.position.lng, from.position.lat].map(each => Math.round(each * stepsPerDegree));
  const key = to && task ? `${task.id} ${here?.join(' ')} ${round}` : null;
  useEffect(() => {
    if (key === null || !from || !to || !task) return;
    let over = false;
    fetchRoute(from.position, to).then(
      route => over || setFound({ taskId: task.id, way: { route, fromAt: from.at, askedAt: serverNow() } }),
      // Off the network or without one: the last way is better than none, and its age is shown.
      () => {},
    );
    return () => {
      over = true;
    };
    // The key says where from, where to and when.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [key]);
  return task && found?.taskId === task.id ? found.way : null;
}

/** The phone's own place while it is shared, else where the unit was last heard. */
function whereIs(slot: number | undefined, fix: PhoneFix | null): { position: Position; at: number } | null {
  if (fix) {
    const { longitude: lng, latitude: lat } = fix.coords;
    return { position: { lng, lat }, at: serverNow() };
  }
  if (slot === undefined || !unitSlots.shown(slot)) return null;
  const [lng, lat] = [unitSlots.lngLat[2 * slot]!, unitSlots.lngLat[2 * slot + 1]!];
  return { position: { lng, lat }, at: unitSlots.fixAt[slot]! };
}

/** A road is searched from its nearer end. */
export function goalOf({ target }: TaskView, from: Position): Position | null {
  if (!target) return null;
  const ends = [target.path?.[0], target.path?.at(-1)].filter(end => end !== undefined);
  const [near] = ends
    .map(end => ({ end, far: distanceM([from.lng, from.lat], [end[0]!, end[1]!]) }))
    .toSorted((a, b) => a.far - b.far);
  return near ? { lng: near.end[0]!, lat: near.end[1]! } : target.position;
}
