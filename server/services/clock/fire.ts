import { callsLeader } from '#domain/loop/clock.ts';
import { markBreached, markWarned } from '../../../db/queries/loop/clocks.ts';
import { clockActor } from '../../auth/actor.ts';
import type { ServiceDeps } from '../../deps.ts';
import { callLeader } from '../leader-call/call.ts';
import { perform } from '../unit-of-work.ts';

/** A breach that is noticed so long after its time was noticed late: nothing ran then. */
const lateAfterMs = 30_000;

/**
 * Tells the warnings and breaches of those of these clocks whose time has come, each once: two servers may try at the same
 * moment, and one may have been down. @returns how many were told.
 */
export async function fireClocks(deps: ServiceDeps, ids: readonly string[]): Promise<number> {
  const { reply } = await perform(deps, { actor: clockActor }, async work => {
    const lateBefore = new Date(work.at.getTime() - lateAfterMs);
    const breached = await markBreached(work.tx, ids, work.at, lateBefore);
    const warned = await markWarned(work.tx, ids, work.at);
    for (const { id: clockId, incidentId } of warned)
      work.append({
        kind: 'clockWarned',
        incidentId,
        observedAt: work.now,
        payload: { incidentId, clockId },
      });
    for (const { id: clockId, incidentId, kind, risk, late } of breached) {
      work.append({
        kind: 'clockBreached',
        incidentId,
        observedAt: work.now,
        payload: { incidentId, clockId, late },
      });
      if (callsLeader(kind, risk)) await callLeader(work, { incidentId, because: 'breach', clockId });
    }
    return warned.length + breached.length;
  });
  return reply;
}
