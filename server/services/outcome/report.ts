import { CodedError } from '#contract/errors.ts';
import type { OutcomeBody } from '#contract/outcome.ts';
import { minuteOf } from '#domain/loop/stop.ts';
import { openedMsOf, vaultGone } from '../../../db/queries/loop/outcomes.ts';
import { outcomeReport } from '../../../db/schema/index.ts';
import type { ServiceDeps } from '../../deps.ts';
import { loadIncident } from '../incident/load.ts';
import { keepText } from '../keep-text.ts';
import { requirePast } from '../sighting/store.ts';
import { type Call, type Done, perform, type Work } from '../unit-of-work.ts';
import { queueUpward } from '../upward/queue.ts';

/**
 * Writes down what became of her money, also after the incident is closed; what was reported before stays. Throws notFound,
 * forbidden; invalidBody for a time before the incident or in the future, a loss without a transfer, a case number without a case; conflict when there
 * are words to keep and the incident's vault was erased.
 */
export function reportOutcome(
  deps: ServiceDeps,
  call: Call,
  incidentId: string,
  body: OutcomeBody,
): Promise<Done<{ outcomeId: string }>> {
  const { transferredAfterAlert, lossAmount = null, caseNumber, arrests = 0, note } = body;
  const caseFiled = body.caseFiled ?? (caseNumber !== undefined && caseNumber !== '');
  return perform(deps, call, async work => {
    const { state } = await loadIncident(work.tx, work.actor, 'outcome.report', incidentId, 'share');
    const reportedAt = await requireSinceOpening(work, incidentId, body.reportedAt);
    if (!transferredAfterAlert && lossAmount !== null && lossAmount > 0)
      throw new CodedError(
        'invalidBody',
        'body field lossAmount: expected none where nothing was transferred',
      );
    if (caseNumber && !caseFiled)
      throw new CodedError('invalidBody', 'body field caseFiled: expected true beside a case number');
    if ((caseNumber || note) && (await vaultGone(work.tx, incidentId))) {
      throw new CodedError('conflict', 'the names and words of this incident were erased; expected no text', {
        why: 'vaultGone',
      });
    }
    const outcomeId = work.id('out');
    const facts = { lossAmount, caseFiled, arrests };
    await work.tx.insert(outcomeReport).values({
      id: outcomeId,
      incidentId,
      reportedAt,
      transferred: transferredAfterAlert,
      ...facts,
      caseNumberId: await keepText(work, incidentId, caseNumber),
      noteId: await keepText(work, incidentId, note),
      recordedBy: work.actorId,
      recordedAt: work.at,
    });
    work.append({
      kind: 'outcomeReported',
      incidentId,
      observedAt: reportedAt.toISOString(),
      payload: {
        incidentId,
        outcomeId,
        reportedAt: reportedAt.toISOString(),
        transferredAfterAlert,
        ...facts,
      },
    });
    work.audit({
      action: 'outcome.report',
      resource: outcomeId,
      incidentId,
      detail: { transferredAfterAlert, caseFiled },
    });
    // The platform was told how it ended; now it ended otherwise.
    if (state === 'closed') await queueUpward(work, incidentId);
    return { outcomeId };
  });
}

/** What becomes of her money after the alert cannot be known before there is one. Times are said by the minute, so the minute counts. */
async function requireSinceOpening(work: Work, incidentId: string, said: string): Promise<Date> {
  const reportedAt = requirePast(work, said, 'reportedAt');
  const openedMs = (await openedMsOf(work.tx, incidentId)) ?? 0;
  if (minuteOf(reportedAt.getTime()) >= minuteOf(openedMs)) return reportedAt;
  const expected = `expected a time at or after the incident's opening, ${new Date(openedMs).toISOString()}`;
  throw new CodedError('invalidBody', `body field reportedAt: ${expected}`, [
    { path: 'reportedAt', message: expected },
  ]);
}
