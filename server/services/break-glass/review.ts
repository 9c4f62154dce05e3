import { and, eq, isNull } from 'drizzle-orm';
import type { GlassVerdict } from '#contract/break-glass.ts';
import { CodedError } from '#contract/errors.ts';
import { glassForUpdate } from '../../../db/queries/break-glass.ts';
import { breakGlass } from '../../../db/schema/index.ts';
import type { ServiceDeps } from '../../deps.ts';
import { notFound, requireAllowed, requireUser } from '../guard.ts';
import { type Call, type Done, perform } from '../unit-of-work.ts';
import { onlyPeople } from './open.ts';

/**
 * Says whether a use of break-glass was justified: another leader or an auditor, once. A review that is late is taken too.
 * Throws notFound, forbidden for one's own, conflict when somebody has reviewed it.
 */
export function reviewGlass(
  deps: ServiceDeps,
  call: Call,
  authorityId: string,
  { verdict, note }: { verdict: GlassVerdict; note: string },
): Promise<Done<{ authorityId: string }>> {
  return perform(deps, call, async work => {
    requireAllowed(work.actor, 'breakGlass.review');
    const { userId: reviewedBy } = requireUser(work.actor, onlyPeople);
    const used = await glassForUpdate(work.tx, authorityId);
    if (!used) throw notFound('use of break-glass');
    if (used.openedBy === reviewedBy) {
      throw new CodedError('forbidden', 'it is reviewed by somebody else than who broke the glass', {
        rule: 'fourEyes',
      });
    }
    const reviewed = await work.tx
      .update(breakGlass)
      .set({ reviewedBy, reviewedAt: work.at, verdict, note })
      .where(and(eq(breakGlass.authorityId, authorityId), isNull(breakGlass.reviewedAt)))
      .returning({ id: breakGlass.authorityId });
    if (reviewed.length === 0) throw new CodedError('conflict', 'this has been reviewed already');
    const { incidentId } = used;
    work.append({
      kind: 'glassReviewed',
      incidentId,
      observedAt: work.now,
      payload: { incidentId, authorityId, reviewedBy, verdict },
    });
    work.audit({ action: 'glass.review', resource: authorityId, incidentId, detail: { verdict } });
    return { authorityId };
  });
}
