import { CodedError } from '#contract/errors.ts';
import { dayMs, dayOf, dayStartMs } from '#domain/shanghai.ts';
import { hasRevisitPlanned } from '../../../db/queries/loop/revisits.ts';
import { revisit } from '../../../db/schema/index.ts';
import { elevate } from '../../../db/transaction.ts';
import type { ServiceDeps } from '../../deps.ts';
import { loadMeeting } from '../meeting/load.ts';
import { type Call, type Done, perform } from '../unit-of-work.ts';

const mostDays = 366;

/**
 * Plans to come back to her, also after the incident was closed. Throws notFound, forbidden, alreadyClosed; invalidBody for a
 * time that is over or beyond a year; conflict when one is planned for that day.
 */
export function planRevisit(
  deps: ServiceDeps,
  call: Call,
  meetingId: string,
  due: string,
): Promise<Done<{ revisitId: string }>> {
  return perform(deps, call, async work => {
    const { incidentId } = await loadMeeting(work, meetingId);
    const dueAt = new Date(due);
    const aheadMs = dueAt.getTime() - work.at.getTime();
    if (aheadMs <= 0 || aheadMs > mostDays * dayMs)
      throw new CodedError(
        'invalidBody',
        `body field dueAt: expected a time to come, within ${mostDays} days`,
      );
    await elevate(work.tx);
    const fromMs = dayStartMs(dayOf(dueAt.getTime()));
    if (await hasRevisitPlanned(work.tx, meetingId, new Date(fromMs), new Date(fromMs + dayMs)))
      throw new CodedError('conflict', 'a revisit is planned for that day already', {
        why: 'plannedAlready',
      });
    const revisitId = work.id('rev');
    await work.tx.insert(revisit).values({
      id: revisitId,
      incidentId,
      meetingId,
      dueAt,
      state: 'planned',
      plannedBy: work.actorId,
      plannedAt: work.at,
    });
    work.append({
      kind: 'revisitPlanned',
      incidentId,
      observedAt: work.now,
      payload: { incidentId, revisitId, meetingId, dueAt: dueAt.toISOString() },
    });
    work.audit({
      action: 'revisit.plan',
      resource: revisitId,
      incidentId,
      detail: { dueAt: dueAt.toISOString() },
    });
    return { revisitId };
  });
}
