import { drawChecks } from '#domain/loop/meeting.ts';
import { dayMs, dayStartMs, mondayOf } from '#domain/shanghai.ts';
import { meetingsBetween, weekIsDrawn } from '../../../db/queries/loop/revisits.ts';
import { spotCheck } from '../../../db/schema/index.ts';
import { clockActor } from '../../auth/actor.ts';
import type { ServiceDeps } from '../../deps.ts';
import { perform } from '../unit-of-work.ts';

/** Draws, once a week, the meetings of the week before whose recordings leaders listen to. Returns how many were drawn now. */
export async function drawSpotChecks(deps: ServiceDeps): Promise<number> {
  const { reply } = await perform(deps, { actor: clockActor }, async work => {
    const week = mondayOf(work.at.getTime());
    if (await weekIsDrawn(work.tx, week)) return 0;
    const to = dayStartMs(week);
    const meetings = await meetingsBetween(work.tx, new Date(to - 7 * dayMs), new Date(to));
    const drawn = new Set(drawChecks(meetings, week));
    const values = meetings
      .filter(({ id }) => drawn.has(id))
      .map(({ id, incidentId }) => ({ meetingId: id, incidentId, week, drawnAt: work.at }));
    if (values.length === 0) return 0;
    const made = await work.tx
      .insert(spotCheck)
      .values(values)
      .onConflictDoNothing()
      .returning({ id: spotCheck.meetingId });
    work.audit({
      action: 'meeting.check',
      resource: week,
      detail: { drawn: made.length, of: meetings.length },
    });
    return made.length;
  });
  return reply;
}
