import { and, eq, isNotNull, isNull } from 'drizzle-orm';
import type { HandOverBody } from '#contract/address.ts';
import { CodedError } from '#contract/errors.ts';
import { incident } from '../../../db/schema/index.ts';
import type { ServiceDeps } from '../../deps.ts';
import { keepText } from '../keep-text.ts';
import { type Call, type Done, perform } from '../unit-of-work.ts';
import { loadIncident, requireOpen } from './load.ts';

/**
 * The subject lives elsewhere: another bureau is to meet her. The incident stays open, for she may be here now. To whom
 * and why are kept in the vault. Throws conflict when it was handed over already.
 */
export function handOver(
  deps: ServiceDeps,
  call: Call,
  incidentId: string,
  { to, reason }: HandOverBody,
): Promise<Done<{ incidentId: string; handedOverAt: string }>> {
  return perform(deps, call, async work => {
    requireOpen(await loadIncident(work.tx, work.actor, 'incident.handOver', incidentId, 'update'));
    const handed = await work.tx
      .update(incident)
      .set({
        handedOverAt: work.at,
        handedOverToId: await keepText(work, incidentId, to),
        handOverReasonId: await keepText(work, incidentId, reason),
      })
      .where(and(eq(incident.id, incidentId), isNull(incident.handedOverAt)))
      .returning({ id: incident.id });
    if (handed.length === 0) throw new CodedError('conflict', 'this incident was handed over already');
    const handedOverAt = work.now;
    work.append({
      kind: 'handedOver',
      incidentId,
      observedAt: handedOverAt,
      payload: { incidentId, withinCounty: false },
    });
    work.audit({ action: 'incident.handOver', resource: incidentId, incidentId });
    return { incidentId, handedOverAt };
  });
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
    work.audit({ action: 'incident.undoHandOver', resource: incidentId, incidentId });
    return { incidentId };
  });
}
