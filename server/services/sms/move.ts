import { eq } from 'drizzle-orm';
import type { SmsState } from '#contract/kinds.ts';
import type { SmsRow } from '../../../db/queries/loop/sms.ts';
import { smsMessage } from '../../../db/schema/index.ts';
import type { Work } from '../unit-of-work.ts';

type Changed = Partial<typeof smsMessage.$inferInsert>;

/** Moves a message that is locked, and says so in the log. `at`: when, as far as somebody else knows it. */
export async function moveSms(
  work: Work,
  { id: messageId, incidentId, recipient }: SmsRow,
  to: SmsState,
  changed: Changed,
  at: Date = work.at,
): Promise<void> {
  await work.tx
    .update(smsMessage)
    .set({ state: to, nextTryAt: null, ...changed })
    .where(eq(smsMessage.id, messageId));
  work.append({
    kind: 'smsMoved',
    incidentId,
    observedAt: at.toISOString(),
    payload: { incidentId, messageId, recipient, to },
  });
}
