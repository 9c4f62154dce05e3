import { queuedSms } from '../../../db/queries/loop/sms.ts';
import type { Work } from '../unit-of-work.ts';
import { moveSms } from './move.ts';

/** What has not gone out when the incident closes is not sent any more. */
export async function dropQueuedSms(work: Work, incidentId: string): Promise<void> {
  for (const message of await queuedSms(work.tx, incidentId))
    await moveSms(work, message, 'failed', { endedAt: work.at, trouble: 'closed' });
}
