import type { HoldBody, IncidentRef } from '#contract/retention.ts';
import { CodedError } from '#contract/errors.ts';
import { incidentByNumber } from '../../../db/queries/retention.ts';
import { incident, legalHold } from '../../../db/schema/index.ts';
import { elevate } from '../../../db/transaction.ts';
import type { ServiceDeps } from '../../deps.ts';
import { notFound, requireAllowed, requireUser } from '../guard.ts';
import { keepText } from '../keep-text.ts';
import { type Call, type Done, perform, type Work } from '../unit-of-work.ts';
import { eq } from 'drizzle-orm';

/**
 * Keeps an incident from being purged until the hold is lifted. What is erased already does not come back. Throws notFound,
 * conflict for one that is held or of which nothing is left.
 */
export function placeHold(
  deps: ServiceDeps,
  call: Call,
  { incident: ref, reason }: HoldBody,
): Promise<Done<{ holdId: string }>> {
  return perform(deps, call, async work => {
    requireAllowed(work.actor, 'hold.place');
    const { userId } = requireUser(work.actor, 'only a person can place a hold');
    await elevate(work.tx);
    const incidentId = await incidentOf(work, ref);
    const id = work.id('hld');
    await work.tx.insert(legalHold).values({
      id,
      incidentId,
      reasonId: await keepText(work, incidentId, reason),
      placedBy: userId,
      placedAt: work.at,
    });
    work.audit({ action: 'hold.place', resource: id, incidentId });
    return { holdId: id };
  });
}

/** The incident, locked: a purge of it ends first, or waits and then sees the hold. */
async function incidentOf({ tx }: Work, ref: IncidentRef): Promise<string> {
  const id = 'id' in ref ? ref.id : (await incidentByNumber(tx, ref.day, ref.number))?.id;
  if (id === undefined) throw notFound('incident');
  const [found] = await tx
    .select({ vaultPurgedAt: incident.vaultPurgedAt })
    .from(incident)
    .where(eq(incident.id, id))
    .for('share');
  if (!found) throw notFound('incident');
  if (found.vaultPurgedAt)
    throw new CodedError('conflict', 'this incident was purged: there is nothing left to hold');
  return id;
}
