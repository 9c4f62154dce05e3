import type { Role } from '#contract/incident.ts';
import type { World } from '#domain/world.ts';
import { queue } from '../store/selectors.ts';
import { pressing } from './breaches/to-see-to.ts';
import { openCalls } from './leader-calls/open-calls.ts';

/**
 * The incident that one key opens when something rings, other than the one that is open: first whoever waits for the leader,
 * then a clock that is over or about to be, then the head of the queue. Null when there is no other. Pure.
 */
export function nextAlarm(
  incidents: World['incidents'],
  role: Role,
  nowMs: number,
  openId: string | null,
): string | null {
  const ringing = [
    ...openCalls(incidents).map(({ incidentId }) => incidentId),
    ...pressing(incidents, role, nowMs).map(({ incidentId }) => incidentId),
    ...queue(incidents).map(({ id }) => id),
  ];
  return ringing.find(id => id !== openId) ?? null;
}
