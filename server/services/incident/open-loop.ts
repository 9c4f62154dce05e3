import type { AlertBody } from '#contract/alert.ts';
import { callForAlert } from '../leader-call/for-alert.ts';
import { issueToOwnStation } from '../order/issue.ts';
import { prepareRequests } from '../request/prepare.ts';
import type { Work } from '../unit-of-work.ts';

/** An incident that an alert has just opened or joined. */
export interface LoopStart {
  incidentId: string;
  body: AlertBody;
}

/**
 * What begins by itself with an alert, in its transaction: everything that would otherwise cost somebody a minute. Clocks
 * start by the facts alone (unit-of-work).
 */
export async function openLoop(work: Work, start: LoopStart): Promise<void> {
  const { incidentId, body } = start;
  await callForAlert(work, start);
  await prepareRequests(work, incidentId, body.risk);
  await issueToOwnStation(work, incidentId);
}
