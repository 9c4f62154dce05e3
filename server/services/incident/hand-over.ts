import { and, eq, isNotNull, isNull } from 'drizzle-orm';
import type { HandOverBody } from '#contract/address.ts';
import { CodedError } from '#contract/errors.ts';
import { incident } from '../../../db/schema/index.ts';
import type { ServiceDeps } from '../../deps.ts';
import { keepText } from '../keep-text.ts';
import { passOrdersOut } from '../order/end.ts';
import { issueToOwnStation } from '../order/issue.ts';
import { type Call, type Done, perform, type Work } from '../unit-of-work.ts';
import { loadIncident, requireOpen } from './load.ts';

/**
 * The subject lives elsewhere: another bureau is to meet her. The incident stays open, for she may be here now. To whom
 * and why are kept in the vault. Throws conflict when it was handed over already.
 */
export function handOver(
  deps: ServiceDeps,
  call: Call,
  incidentId: string,
  body: HandOverBody,
): Promise<Done<{ incidentId: string; handedOverAt: string }>> {
  return perform(deps, call, async work => {
    requireOpen(await loadIncident(work.tx, work.actor, 'incident.handOver', incidentId, 'update'));
    await handOverIncident(work, incidentId, body);
    return { incidentId, handedOverAt: work.now };
  });
}

/** The one way out of the county, also for a station that is to meet her: its order ends. The caller has locked the open incident. */
export async function handOverIncident(
  work: Work,
  incidentId: string,
  { to, reason }: HandOverBody,
): Promise<void> {
  const reasonId = await keepText(work, incidentId, reason);
  const handed = await work.tx
    .update(incident)
    .set({
      handedOverAt: work.at,
      handedOverToId: await keepText(work, incidentId, to),
      handOverReasonId: reasonId,
    })
    .where(and(eq(incident.id, incidentId), isNull(incident.handedOverAt)))
    .returning({ id: incident.id });
  if (handed.length === 0) throw new CodedError('conflict', 'this incident was handed over already');
  work.append({
    kind: 'handedOver',
    incidentId,
    observedAt: work.now,
    payload: { incidentId, withinCounty: false },
  });
  await passOrdersOut(work, incidentId, reasonId);
  work.audit({ action: 'incident.handOver', resource: incidentId, incidentId });
}

/** The hand-over was a mistake. Throws conflict when there is none. */
export function undoHandOver(
  deps: ServiceDeps,
  call: Call,
  incidentId: string,
): Promise<Done<{ incidentId: string }>> {
  return perform(deps, call, async work => {
    requireOpen(await loadIncident(work.tx, work.actor, 'incident.handOver', incidentId, 'update'));
    const undone = await work.tx
      .update(incident)
      .set({ handedOverAt: null, handedOverToId: null, handOverReasonId: null })
      .where(and(eq(incident.id, incidentId), isNotNull(incident.handedOverAt)))
      .returning({ id: incident.id });
    if (undone.length === 0) throw new CodedError('conflict', 'this incident was not handed over');
    work.append({ kind: 'handOverUndone', incidentId, observedAt: work.now, payload: { incidentId } });
    await issueToOwnStation(work, incidentId);
    work.audit({ action: 'incident.undoHandOver', resource: incidentId, incidentId });
    return { incidentId };
  });
}
