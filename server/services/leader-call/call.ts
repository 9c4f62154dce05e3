import type { CallReason } from '#contract/kinds.ts';
import { leaderCall } from '../../../db/schema/index.ts';
import type { Work } from '../unit-of-work.ts';

export interface CallDraft {
  incidentId: string;
  because: CallReason;
  /** The clock whose breach it is. */
  clockId?: string;
}

/**
 * Calls the bureau's leader on duty to an incident: once for each reason, a breach once for each clock. Gives whether this
 * was the first time.
 */
export async function callLeader(work: Work, { incidentId, because, clockId }: CallDraft): Promise<boolean> {
  const id = work.id('lcl');
  const made = await work.tx
    .insert(leaderCall)
    .values({ id, incidentId, because, clockId: clockId ?? null, calledAt: work.at })
    .onConflictDoNothing()
    .returning({ id: leaderCall.id });
  if (made.length === 0) return false;
  work.append({
    kind: 'leaderCalled',
    incidentId,
    observedAt: work.now,
    payload: { incidentId, callId: id, because, clockId: clockId ?? null },
  });
  return true;
}
