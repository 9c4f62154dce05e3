import type { StepBody } from '#contract/meeting.ts';
import { meetingStep } from '../../../db/schema/index.ts';
import type { ServiceDeps } from '../../deps.ts';
import { keepText } from '../keep-text.ts';
import { type Call, type Done, perform } from '../unit-of-work.ts';
import { loadMeeting } from './load.ts';
import { requireBetween } from './times.ts';

/**
 * Records one of the five steps, or why it was not done; said again it replaces what was said, and the log keeps both. Throws
 * notFound, forbidden, alreadyClosed; invalidBody for a time in the future or before the meeting.
 */
export function recordStep(
  deps: ServiceDeps,
  call: Call,
  meetingId: string,
  step: number,
  { done, note, refusal, at: saidAt }: StepBody,
): Promise<Done<{ meetingId: string }>> {
  return perform(deps, call, async work => {
    const { incidentId, atMs } = await loadMeeting(work, meetingId);
    const at = saidAt === undefined ? work.at : requireBetween(work, 'at', saidAt, atMs, 'the meeting');
    const columns = {
      done,
      refusal: refusal ?? null,
      at,
      doneBy: work.actorId,
      noteId: await keepText(work, incidentId, note),
    };
    await work.tx
      .insert(meetingStep)
      .values({ meetingId, step, ...columns })
      .onConflictDoUpdate({ target: [meetingStep.meetingId, meetingStep.step], set: columns });
    work.append({
      kind: 'meetingStepDone',
      incidentId,
      observedAt: at.toISOString(),
      payload: { incidentId, meetingId, step, done, refusal: columns.refusal },
    });
    work.audit({
      action: 'meeting.step',
      resource: meetingId,
      incidentId,
      detail: { step, done, refusal: columns.refusal },
    });
    return { meetingId };
  });
}
