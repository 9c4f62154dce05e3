import type { CarryBody } from '#contract/clear.ts';
import { CodedError } from '#contract/errors.ts';
import { dayMs, dayStartMs } from '#domain/shanghai.ts';
import { canAnswer, clearedOf } from '../../../db/queries/loop/clear.ts';
import { vaultGone } from '../../../db/queries/loop/outcomes.ts';
import { dayCarried } from '../../../db/schema/index.ts';
import type { ServiceDeps } from '../../deps.ts';
import { loadIncident } from '../incident/load.ts';
import { keepText } from '../keep-text.ts';
import { type Call, type Done, perform, type Work } from '../unit-of-work.ts';

/**
 * An incident that is not cleared on a day: somebody answers for it, and why is in the vault. Said again for the same day,
 * the later word counts. Throws notFound, forbidden; invalidBody for a day that has not begun or an owner who is nobody; conflict when
 * the incident was not open at that day's end.
 */
export function carryOver(
  deps: ServiceDeps,
  call: Call,
  incidentId: string,
  { day, ownerId, why }: CarryBody,
): Promise<Done<{ incidentId: string; day: string; ownerId: string }>> {
  return perform(deps, call, async work => {
    await loadIncident(work.tx, work.actor, 'clear.answer', incidentId, 'share');
    await requireOpenOn(work, incidentId, day);
    if (!(await canAnswer(work.tx, ownerId)))
      throw new CodedError('invalidBody', 'body field ownerId: expected an active user who works cases');
    if (await vaultGone(work.tx, incidentId))
      throw new CodedError('conflict', 'the words of this incident were erased', { why: 'vaultGone' });
    const said = { ownerId, whyId: await keepText(work, incidentId, why), at: work.at };
    await work.tx
      .insert(dayCarried)
      .values({ incidentId, day, ...said })
      .onConflictDoUpdate({ target: [dayCarried.incidentId, dayCarried.day], set: said });
    work.append({
      kind: 'dayCarried',
      incidentId,
      observedAt: work.now,
      payload: { incidentId, day, ownerId },
    });
    work.audit({ action: 'day.carry', resource: incidentId, incidentId, detail: { day, ownerId } });
    return { incidentId, day, ownerId };
  });
}

async function requireOpenOn(work: Work, incidentId: string, day: string): Promise<void> {
  const startMs = dayStartMs(day);
  if (startMs > work.at.getTime())
    throw new CodedError('invalidBody', 'body field day: expected a day that has begun');
  const endMs = startMs + dayMs;
  const of = await clearedOf(work.tx, incidentId, new Date(endMs).toISOString());
  if (!of || of.openedMs >= endMs || (of.clearedMs !== null && of.clearedMs < endMs)) {
    throw new CodedError(
      'conflict',
      `the incident was not open at the end of ${day}; nothing is to be answered for`,
    );
  }
}
