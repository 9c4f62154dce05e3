import { CodedError } from '#contract/errors.ts';
import type { ContactBody, ContactReply } from '#contract/lines.ts';
import { outcomesByHand } from '#domain/loop/contact.ts';
import { elevate } from '../../../db/transaction.ts';
import type { ServiceDeps } from '../../deps.ts';
import { loadIncident, requireOpen } from '../incident/load.ts';
import { requirePast } from '../sighting/store.ts';
import { type Call, type Done, perform } from '../unit-of-work.ts';
import { insertContact } from './insert.ts';
import { raiseUnanswered } from './raise.ts';

/**
 * Records an attempt to reach her or her family, and what came of it. Throws alreadyClosed; invalidBody for an outcome that
 * this channel cannot have, for what only the message gateway may say, and for a time in the future.
 */
export function recordContact(
  deps: ServiceDeps,
  call: Call,
  incidentId: string,
  { channel, outcome, at, note }: ContactBody,
): Promise<Done<ContactReply>> {
  return perform(deps, call, async work => {
    requireOpen(await loadIncident(work.tx, work.actor, 'contact.record', incidentId, 'update'));
    requireByHand(channel, outcome);
    const when = at === undefined ? work.at : requirePast(work, at, 'at');
    // What follows from it, such as the leader's call, is beyond a station's reach.
    await elevate(work.tx);
    const contactId = await insertContact(work, incidentId, { channel, outcome, at: when, note });
    work.audit({ action: 'contact.record', resource: contactId, incidentId, detail: { channel, outcome } });
    return { contactId, raisedTo: await raiseUnanswered(work, incidentId) };
  });
}

function requireByHand(channel: ContactBody['channel'], outcome: ContactBody['outcome']): void {
  const allowed = outcomesByHand[channel];
  if (allowed.includes(outcome)) return;
  const gateways = channel === 'sms' && ['sent', 'delivered', 'failed'].includes(outcome);
  throw new CodedError(
    'invalidBody',
    gateways
      ? `body field outcome: '${outcome}' is the message gateway's to say, by its receipt; by hand only ${allowed.join(' or ')}`
      : `body field outcome: expected ${allowed.join(', ')} for the channel ${channel}`,
    { why: gateways ? 'byReceiptOnly' : 'notOfChannel', allowed },
  );
}
