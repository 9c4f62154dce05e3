import { CodedError } from '#contract/errors.ts';
import type { SmsBody, SmsReply } from '#contract/lines.ts';
import { smsText } from '#domain/loop/sms-templates.ts';
import { scamTypeOf } from '../../../db/queries/loop/sms.ts';
import { smsMessage } from '../../../db/schema/index.ts';
import type { ServiceDeps } from '../../deps.ts';
import { normalisePhone } from '../alert/phone.ts';
import { loadIncident, requireOpen } from '../incident/load.ts';
import { keepText } from '../keep-text.ts';
import { type Call, type Done, perform } from '../unit-of-work.ts';

/**
 * Queues a warning for her or a relative; the outbox hands it to the gateway. Number and words are in the vault. Throws
 * alreadyClosed; conflict while no gateway is set up.
 */
export function sendSms(
  deps: ServiceDeps,
  call: Call,
  incidentId: string,
  { recipient, phone, template, text }: SmsBody,
): Promise<Done<SmsReply>> {
  return perform(deps, call, async work => {
    requireOpen(await loadIncident(work.tx, work.actor, 'sms.send', incidentId, 'share'));
    if (!deps.sms) {
      throw new CodedError('conflict', 'no message gateway is set up; call instead, and note the calls', {
        why: 'noGateway',
      });
    }
    const script = await scamTypeOf(work.tx, incidentId);
    const words = text ?? smsText(template, script?.scamType ?? 'other');
    const messageId = work.id('sms');
    await work.tx.insert(smsMessage).values({
      id: messageId,
      incidentId,
      recipient,
      phoneId: await keepText(work, incidentId, phone && normalisePhone(phone)),
      template,
      bodyId: await keepText(work, incidentId, words),
      state: 'queued',
      nextTryAt: work.at,
      queuedBy: work.actorId,
      queuedAt: work.at,
    });
    work.append({
      kind: 'smsMoved',
      incidentId,
      observedAt: work.now,
      payload: { incidentId, messageId, recipient, to: 'queued' },
    });
    work.audit({ action: 'sms.send', resource: messageId, incidentId, detail: { recipient, template } });
    return { messageId, state: 'queued' };
  });
}
