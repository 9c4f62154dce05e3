import type { Matter } from '#contract/handover.ts';
import { overdueOf } from '#domain/loop/handover.ts';
import { shiftHandover } from '../../../db/schema/index.ts';
import type { ServiceDeps } from '../../deps.ts';
import { requireAllowed, requireUser } from '../guard.ts';
import { type Call, type Done, perform } from '../unit-of-work.ts';

/** What there is to hand over. */
export interface Shift {
  openIncidents: number;
  matters: Matter[];
}

/**
 * The leader who goes signs for what is open. It waits until another leader takes it; whoever signs again meanwhile puts a
 * newer one in its place.
 */
export function signHandover(
  deps: ServiceDeps,
  call: Call,
  { openIncidents, matters }: Shift,
): Promise<Done<{ handoverId: string }>> {
  return perform(deps, call, async work => {
    requireAllowed(work.actor, 'handover.sign');
    const { userId: signedBy } = requireUser(work.actor, 'only a person can hand over');
    const handoverId = work.id('hov');
    const counts = {
      openIncidents,
      promised: matters.length,
      overdue: overdueOf(matters, work.at.getTime()),
    };
    await work.tx
      .insert(shiftHandover)
      .values({ id: handoverId, matters, ...counts, signedBy, signedAt: work.at });
    work.append({
      kind: 'handoverSigned',
      observedAt: work.now,
      payload: { handoverId, signedBy, ...counts },
    });
    work.audit({ action: 'handover.sign', resource: handoverId, detail: counts });
    return { handoverId };
  });
}
