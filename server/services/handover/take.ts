import { eq } from 'drizzle-orm';
import { CodedError } from '#contract/errors.ts';
import { handoverToTake } from '../../../db/queries/handovers.ts';
import { shiftHandover } from '../../../db/schema/index.ts';
import type { ServiceDeps } from '../../deps.ts';
import { notFound, requireAllowed, requireUser, wrongState } from '../guard.ts';
import { type Call, type Done, perform } from '../unit-of-work.ts';

/** The leader who comes signs for it. Throws conflict for one's own, for one that was taken, and for one that a newer replaced. */
export function takeHandover(
  deps: ServiceDeps,
  call: Call,
  handoverId: string,
): Promise<Done<{ handoverId: string }>> {
  return perform(deps, call, async work => {
    requireAllowed(work.actor, 'handover.sign');
    const { userId } = requireUser(work.actor, 'only a person can take over');
    const found = await handoverToTake(work.tx, handoverId);
    if (!found) throw notFound('hand-over');
    if (found.takenBy !== null) throw wrongState('hand-over', 'taken', ['signed']);
    if (!found.newest) throw wrongState('hand-over', 'replaced by a newer one', ['signed']);
    if (found.signedBy === userId)
      throw new CodedError('conflict', 'your own hand-over is for another leader to take', { why: 'own' });
    await work.tx
      .update(shiftHandover)
      .set({ takenBy: userId, takenAt: work.at })
      .where(eq(shiftHandover.id, handoverId));
    work.append({
      kind: 'handoverTaken',
      observedAt: work.now,
      payload: { handoverId, takenBy: userId },
    });
    work.audit({ action: 'handover.take', resource: handoverId });
    return { handoverId };
  });
}
