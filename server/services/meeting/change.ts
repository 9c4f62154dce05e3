import { eq } from 'drizzle-orm';
import { CodedError } from '#contract/errors.ts';
import type { MeetingPatch } from '#contract/meeting.ts';
import { meeting } from '../../../db/schema/index.ts';
import type { ServiceDeps } from '../../deps.ts';
import { type Call, type Done, perform } from '../unit-of-work.ts';
import { loadMeeting } from './load.ts';

/** Consent to look at the phone, and what was installed on it. What is left out stays. Throws notFound, forbidden, invalidBody. */
export function changeMeeting(
  deps: ServiceDeps,
  call: Call,
  meetingId: string,
  { consent, appInstalled, miniProgram }: MeetingPatch,
): Promise<Done<{ meetingId: string }>> {
  return perform(deps, call, async work => {
    const { incidentId } = await loadMeeting(work, meetingId);
    const said = {
      ...(consent !== undefined && { consent }),
      ...(appInstalled !== undefined && { appInstalled }),
      ...(miniProgram !== undefined && { miniProgram }),
    };
    if (Object.keys(said).length === 0)
      throw new CodedError('invalidBody', 'body: expected consent, appInstalled or miniProgram');
    const [after] = await work.tx.update(meeting).set(said).where(eq(meeting.id, meetingId)).returning({
      consent: meeting.consent,
      appInstalled: meeting.appInstalled,
      miniProgram: meeting.miniProgram,
    });
    work.append({
      kind: 'meetingNoted',
      incidentId,
      observedAt: work.now,
      payload: { incidentId, meetingId, ...after! },
    });
    work.audit({ action: 'meeting.step', resource: meetingId, incidentId, detail: said });
    return { meetingId };
  });
}
