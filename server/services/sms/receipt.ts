import type { SmsReceipt, SmsReceiptsReply } from '#contract/lines.ts';
import { smsForUpdate } from '../../../db/queries/loop/sms.ts';
import type { ServiceDeps } from '../../deps.ts';
import { insertContact } from '../contact/insert.ts';
import { requireAllowed } from '../guard.ts';
import { type Call, perform, type Work } from '../unit-of-work.ts';
import { moveSms } from './move.ts';

/**
 * Takes in what the gateway says became of messages, each once. What was delivered stays so; what had been given up for
 * lost, and was delivered after all, is delivered. The caller has checked the signature.
 */
export async function takeReceipts(
  deps: ServiceDeps,
  call: Call,
  receipts: readonly SmsReceipt[],
): Promise<SmsReceiptsReply> {
  requireAllowed(call.actor, 'sms.receipt');
  const reply = { accepted: 0, duplicates: 0, unknown: 0 };
  for (const receipt of receipts) {
    const done = await perform(deps, call, work => takeOne(work, receipt));
    reply[done.reply]++;
  }
  return reply;
}

async function takeOne(work: Work, { messageId, state, at }: SmsReceipt): Promise<keyof SmsReceiptsReply> {
  const message = await smsForUpdate(work.tx, messageId);
  if (!message) return 'unknown';
  if (message.state === 'delivered' || message.state === state) return 'duplicates';
  const { incidentId } = message;
  // The gateway's clock may be off; nothing is delivered later than it is known.
  const when = new Date(Math.min(Date.parse(at), work.at.getTime()));
  await moveSms(work, message, state, { endedAt: work.at, trouble: null }, when);
  await insertContact(work, incidentId, { channel: 'sms', outcome: state, at: when });
  work.audit({ action: 'sms.end', resource: messageId, incidentId, detail: { state } });
  return 'accepted';
}
