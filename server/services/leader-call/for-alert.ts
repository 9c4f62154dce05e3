import type { Work } from '../unit-of-work.ts';
import type { LoopStart } from '../incident/open-loop.ts';
import { callLeader } from './call.ts';

/** From so much on that is at stake, in yuan, the leader is called whatever the risk. */
const LARGE_AMOUNT = 200_000;

/** An alert of extra-high risk, or over a large amount, calls the leader. */
export async function callForAlert(work: Work, { incidentId, body }: LoopStart): Promise<void> {
  if (body.risk === 'extraHigh') await callLeader(work, { incidentId, because: 'extraHigh' });
  if ((body.amount ?? 0) >= LARGE_AMOUNT) await callLeader(work, { incidentId, because: 'largeAmount' });
}
