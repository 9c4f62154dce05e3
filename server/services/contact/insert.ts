import type { ContactChannel, ContactOutcome } from '#contract/kinds.ts';
import { contact } from '../../../db/schema/index.ts';
import { keepText } from '../keep-text.ts';
import type { Work } from '../unit-of-work.ts';

export interface ContactDraft {
  channel: ContactChannel;
  outcome: ContactOutcome;
  at: Date;
  note?: string | undefined;
}

/** Writes an attempt into state and log; the caller has checked it, and audits. */
export async function insertContact(
  work: Work,
  incidentId: string,
  { channel, outcome, at, note }: ContactDraft,
): Promise<string> {
  const contactId = work.id('con');
  await work.tx.insert(contact).values({
    id: contactId,
    incidentId,
    channel,
    outcome,
    at,
    recordedBy: work.actorId,
    recordedAt: work.at,
    noteId: await keepText(work, incidentId, note),
  });
  work.append({
    kind: 'contactMade',
    incidentId,
    observedAt: at.toISOString(),
    payload: { incidentId, contactId, channel, outcome },
  });
  return contactId;
}
