import { eq } from 'drizzle-orm';
import { risks, type Risk } from '#contract/alert.ts';
import { callsInVain, MOST_UNANSWERED } from '#domain/loop/contact.ts';
import { attemptsOf, riskOf } from '../../../db/queries/loop/contacts.ts';
import { incident } from '../../../db/schema/index.ts';
import { callLeader } from '../leader-call/call.ts';
import { prepareRequests } from '../request/prepare.ts';
import type { Work } from '../unit-of-work.ts';

/**
 * Whom nobody reaches is in graver danger than the alert said: after so many calls in vain the risk rises by one level and
 * the leader is called, once in an incident. The incident is locked, so that two calls at the same moment both count.
 * Gives the new risk, null when it stays.
 */
export async function raiseUnanswered(work: Work, incidentId: string): Promise<Risk | null> {
  if (callsInVain(await attemptsOf(work.tx, incidentId)) < MOST_UNANSWERED) return null;
  if (!(await callLeader(work, { incidentId, because: 'unanswered' }))) return null;
  const known = await riskOf(work.tx, incidentId);
  const risk = risks[risks.indexOf(known?.risk ?? 'extraHigh') - 1];
  if (risk === undefined) return null;
  await work.tx.update(incident).set({ risk }).where(eq(incident.id, incidentId));
  work.append({
    kind: 'riskRaised',
    incidentId,
    observedAt: work.now,
    payload: { incidentId, risk, because: 'unanswered' },
  });
  work.audit({
    action: 'risk.raise',
    resource: incidentId,
    incidentId,
    detail: { risk, because: 'unanswered' },
  });
  await prepareRequests(work, incidentId, risk);
  return risk;
}
