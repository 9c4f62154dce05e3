import { and, eq } from 'drizzle-orm';
import { nextDueSms, smsForUpdate, smsWords } from '../../../db/queries/loop/sms.ts';
import { smsMessage } from '../../../db/schema/index.ts';
import { SYSTEM } from '../../../db/transaction.ts';
import { clockActor } from '../../auth/actor.ts';
import type { ServiceDeps } from '../../deps.ts';
import { type SmsGateway, SmsNotTaken } from '../../sms/gateway.ts';
import { insertContact } from '../contact/insert.ts';
import { perform } from '../unit-of-work.ts';
import { moveSms } from './move.ts';

/** After each attempt that failed; after the last one the message has failed. A warning that comes hours later warns nobody. */
const retryAfterMs = [5_000, 15_000, 45_000, 120_000, 300_000, 600_000];
/** In one turn of the job. */
const mostInTurn = 50;

/** Hands the gateway what is due. A message is claimed for some time first: two processes do not send it twice. */
export async function sendDueSms(
  deps: ServiceDeps,
  gateway: SmsGateway,
  signal: AbortSignal,
): Promise<number> {
  let handled = 0;
  while (handled < mostInTurn && !signal.aborted) {
    const messageId = await claimNext(deps);
    if (messageId === undefined) break;
    await sendOne(deps, gateway, messageId, signal);
    handled++;
  }
  return handled;
}

async function claimNext(deps: ServiceDeps): Promise<string | undefined> {
  return deps.database.transaction(SYSTEM, async tx => {
    const at = new Date(deps.clock.now());
    const due = await nextDueSms(tx, at);
    if (!due) return undefined;
    const waitMs = retryAfterMs[Math.min(due.attempts, retryAfterMs.length - 1)]!;
    await tx
      .update(smsMessage)
      .set({ attempts: due.attempts + 1, nextTryAt: new Date(at.getTime() + waitMs) })
      .where(and(eq(smsMessage.id, due.id), eq(smsMessage.state, 'queued')));
    return due.id;
  });
}

async function sendOne(
  deps: ServiceDeps,
  gateway: SmsGateway,
  messageId: string,
  signal: AbortSignal,
): Promise<void> {
  const words = await deps.database.read(tx => smsWords(tx, messageId), SYSTEM);
  if (!words || words.phone === null || words.text === null) return giveUp(deps, messageId, 'erased');
  const draft = { messageId, phone: words.phone, text: words.text };
  try {
    await accept(deps, messageId, await gateway.send(draft, signal));
  } catch (error) {
    if (!(error instanceof SmsNotTaken)) throw error;
    deps.log.warn({ messageId, trouble: error.trouble }, 'the message gateway did not take a message');
    if (error.final) await giveUp(deps, messageId, error.trouble);
    else await tryLater(deps, messageId, error.trouble);
  }
}

/** The receipt may have been quicker than the answer: then there is nothing left to say. */
async function accept(deps: ServiceDeps, messageId: string, gatewayId: string): Promise<void> {
  await perform(deps, { actor: clockActor }, async work => {
    const message = await smsForUpdate(work.tx, messageId);
    if (message?.state === 'queued')
      await moveSms(work, message, 'accepted', { gatewayId, acceptedAt: work.at, trouble: null });
  });
}

async function tryLater(deps: ServiceDeps, messageId: string, trouble: string): Promise<void> {
  const last = await deps.database.transaction(SYSTEM, async tx => {
    const message = await smsForUpdate(tx, messageId);
    await tx
      .update(smsMessage)
      .set({ trouble })
      .where(and(eq(smsMessage.id, messageId), eq(smsMessage.state, 'queued')));
    return message !== undefined && message.attempts > retryAfterMs.length;
  });
  if (last) await giveUp(deps, messageId, trouble);
}

async function giveUp(deps: ServiceDeps, messageId: string, trouble: string): Promise<void> {
  await perform(deps, { actor: clockActor }, async work => {
    const message = await smsForUpdate(work.tx, messageId);
    if (message?.state !== 'queued') return;
    const { incidentId } = message;
    await moveSms(work, message, 'failed', { endedAt: work.at, trouble });
    await insertContact(work, incidentId, { channel: 'sms', outcome: 'failed', at: work.at });
    work.audit({ action: 'sms.end', resource: messageId, incidentId, detail: { state: 'failed', trouble } });
  });
}
