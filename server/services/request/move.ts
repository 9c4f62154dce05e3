import { eq } from 'drizzle-orm';
import type { RequestState } from '#contract/kinds.ts';
import { requestStatesBefore } from '#domain/loop/request.ts';
import type { RequestRow } from '../../../db/queries/loop/requests.ts';
import { traceRequest } from '../../../db/schema/index.ts';
import { wrongState } from '../guard.ts';
import type { Work } from '../unit-of-work.ts';

type Changed = Partial<typeof traceRequest.$inferInsert>;

/** Moves a request that is locked, and says so in the log. Throws conflict when it may not move there. */
export async function moveRequest(
  work: Work,
  { id, incidentId, state }: RequestRow,
  to: RequestState,
  changed: Changed = {},
): Promise<void> {
  const expected = requestStatesBefore(to);
  if (!expected.includes(state)) {
    throw wrongState('request', state, expected);
  }
  await work.tx
    .update(traceRequest)
    .set({ state: to, ...changed })
    .where(eq(traceRequest.id, id));
  work.append({
    kind: 'traceRequestMoved',
    incidentId,
    observedAt: work.now,
    payload: { incidentId, requestId: id, to },
  });
}
