import { and, eq, isNull } from 'drizzle-orm';
import { CodedError } from '#contract/errors.ts';
import { legalHold } from '../../../db/schema/index.ts';
import { elevate } from '../../../db/transaction.ts';
import type { ServiceDeps } from '../../deps.ts';
import { notFound, requireAllowed, requireUser } from '../guard.ts';
import { keepText } from '../keep-text.ts';
import { type Call, type Done, perform } from '../unit-of-work.ts';

/** Ends a hold: what is past its period goes with the next purge. Throws notFound, conflict for one that is lifted. */
export function liftHold(
  deps: ServiceDeps,
  call: Call,
  holdId: string,
  { reason }: { reason: string },
): Promise<Done<{ holdId: string }>> {
  return perform(deps, call, async work => {
    requireAllowed(work.actor, 'hold.place');
    const { userId } = requireUser(work.actor, 'only a person can lift a hold');
    await elevate(work.tx);
    const [hold] = await work.tx
      .select({ incidentId: legalHold.incidentId })
      .from(legalHold)
      .where(eq(legalHold.id, holdId));
    if (!hold) throw notFound('hold');
    const lifted = await work.tx
      .update(legalHold)
      .set({
        liftedBy: userId,
        liftedAt: work.at,
        liftReasonId: await keepText(work, hold.incidentId, reason),
      })
      .where(and(eq(legalHold.id, holdId), isNull(legalHold.liftedAt)));
    if (lifted.rowCount === 0) throw new CodedError('conflict', 'this hold is lifted already');
    work.audit({ action: 'hold.lift', resource: holdId, incidentId: hold.incidentId });
    return { holdId };
  });
}
