import { eq } from 'drizzle-orm';
import { CodedError } from '#contract/errors.ts';
import type { LeaderCallReply, NoteBody } from '#contract/lines.ts';
import { leaderCallForUpdate } from '../../../db/queries/loop/leader-calls.ts';
import { leaderCall } from '../../../db/schema/index.ts';
import type { ServiceDeps } from '../../deps.ts';
import { notFound, requireAllowed, requireUser } from '../guard.ts';
import { loadIncident } from '../incident/load.ts';
import { keepText } from '../keep-text.ts';
import { type Call, type Done, perform } from '../unit-of-work.ts';

/** The leader on duty says that he knows; also after the incident was closed. Throws notFound; conflict when somebody did before. */
export function answerLeaderCall(
  deps: ServiceDeps,
  call: Call,
  callId: string,
  { note }: NoteBody,
): Promise<Done<LeaderCallReply>> {
  return perform(deps, call, async work => {
    requireAllowed(work.actor, 'leader.answer');
    const { userId } = requireUser(work.actor, 'only a person can answer a call');
    const known = await leaderCallForUpdate(work.tx, callId);
    if (!known) throw notFound('call');
    const { incidentId, because, answeredBy } = known;
    await loadIncident(work.tx, work.actor, 'leader.answer', incidentId);
    if (answeredBy !== null)
      throw new CodedError('conflict', 'this call is answered already', { answeredBy });
    await work.tx
      .update(leaderCall)
      .set({ answeredBy: userId, answeredAt: work.at, noteId: await keepText(work, incidentId, note) })
      .where(eq(leaderCall.id, callId));
    work.append({
      kind: 'leaderAnswered',
      incidentId,
      observedAt: work.now,
      payload: { incidentId, callId, userId },
    });
    work.audit({ action: 'leader.answer', resource: callId, incidentId, detail: { because } });
    return { callId, because };
  });
}
