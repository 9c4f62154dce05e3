import { eq } from 'drizzle-orm';
import type { FindingState } from '#contract/audit.ts';
import { CodedError } from '#contract/errors.ts';
import { lookFinding } from '../../../db/schema/index.ts';
import { elevate } from '../../../db/transaction.ts';
import type { ServiceDeps } from '../../deps.ts';
import { notFound, requireAllowed, requireUser } from '../guard.ts';
import { type Call, type Done, perform } from '../unit-of-work.ts';

/** Notes what became of an unusual look. Nobody reviews his own looks. Throws notFound, forbidden. */
export function setFindingState(
  deps: ServiceDeps,
  call: Call,
  findingId: string,
  { state, note }: { state: FindingState; note: string },
): Promise<Done<{ findingId: string; state: FindingState }>> {
  return perform(deps, call, async work => {
    requireAllowed(work.actor, 'audit.review');
    const { userId: reviewedBy } = requireUser(work.actor, 'only a person can review');
    await elevate(work.tx);
    const [finding] = await work.tx
      .select({ userId: lookFinding.userId, incidentId: lookFinding.incidentId, before: lookFinding.state })
      .from(lookFinding)
      .where(eq(lookFinding.id, findingId))
      .for('update');
    if (!finding) throw notFound('finding');
    if (finding.userId === reviewedBy)
      throw new CodedError('forbidden', 'somebody else reviews what you looked at');
    await work.tx
      .update(lookFinding)
      .set({ state, note, reviewedBy, reviewedAt: work.at })
      .where(eq(lookFinding.id, findingId));
    const { before, incidentId } = finding;
    work.audit({
      action: 'audit.review',
      resource: findingId,
      ...(incidentId !== null && { incidentId }),
      detail: { state, before },
    });
    return { findingId, state };
  });
}
