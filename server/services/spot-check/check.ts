import { and, eq, isNull } from 'drizzle-orm';
import { CodedError } from '#contract/errors.ts';
import type { SpotVerdict } from '#contract/kinds.ts';
import { spotCheck } from '../../../db/schema/index.ts';
import type { ServiceDeps } from '../../deps.ts';
import { notFound, requireAllowed, requireUser } from '../guard.ts';
import { keepText } from '../keep-text.ts';
import { type Call, type Done, perform } from '../unit-of-work.ts';

/** A leader has listened to the recording of a meeting that was drawn. Throws forbidden, notFound; conflict when one has already. */
export function checkMeeting(
  deps: ServiceDeps,
  call: Call,
  meetingId: string,
  { verdict, note }: { verdict: SpotVerdict; note: string },
): Promise<Done<{ meetingId: string }>> {
  return perform(deps, call, async work => {
    requireAllowed(work.actor, 'meeting.check');
    const { userId } = requireUser(work.actor);
    const [drawn] = await work.tx
      .select({ incidentId: spotCheck.incidentId })
      .from(spotCheck)
      .where(eq(spotCheck.meetingId, meetingId));
    if (!drawn) throw notFound('spot check');
    const { incidentId } = drawn;
    const noteId = await keepText(work, incidentId, note);
    const checked = await work.tx
      .update(spotCheck)
      .set({ verdict, noteId, checkedBy: userId, checkedAt: work.at })
      .where(and(eq(spotCheck.meetingId, meetingId), isNull(spotCheck.verdict)))
      .returning({ id: spotCheck.meetingId });
    if (checked.length === 0)
      throw new CodedError('conflict', 'this meeting was checked already', { why: 'checkedAlready' });
    work.append({
      kind: 'spotChecked',
      incidentId,
      observedAt: work.now,
      payload: { incidentId, meetingId, verdict },
    });
    work.audit({ action: 'meeting.check', resource: meetingId, incidentId, detail: { verdict } });
    return { meetingId };
  });
}
