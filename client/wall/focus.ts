/** Which incident the wall's map holds in the middle. Pure. */
import type { WorldIncident } from '#domain/world.ts';

export interface Focus {
  /** Null: the whole county. */
  incidentId: string | null;
  sinceMs: number;
}

/** A picture that moves more often cannot be read from the back of the room. */
const leastMs = 20_000;

/**
 * The focus after `before` at `nowMs`, `queue` being the open incidents, the most pressing first: the most pressing one of
 * extra-high or high risk. While the one that is held is extra-high and open nothing takes its place, and the picture
 * moves at most once in twenty seconds, whatever begins or ends.
 */
export function nextFocus(before: Focus, queue: readonly WorldIncident[], nowMs: number): Focus {
  const held = queue.find(({ id }) => id === before.incidentId);
  if (held?.risk === 'extraHigh') return before;
  const first = queue.find(({ risk }) => risk === 'extraHigh' || risk === 'high');
  const incidentId = first?.id ?? null;
  if (incidentId === before.incidentId) return before;
  if (before.sinceMs > 0 && nowMs - before.sinceMs < leastMs) return before;
  return { incidentId, sinceMs: nowMs };
}
