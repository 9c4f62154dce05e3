import { eq } from 'drizzle-orm';
import type { UpwardBody } from '#contract/upward.ts';
import { newestMessageOf, type UpwardFacts, upwardFacts } from '../../../db/queries/loop/upward.ts';
import { textPrivate, upwardMessage } from '../../../db/schema/index.ts';
import { elevate } from '../../../db/transaction.ts';
import { canonicalJson } from '../keyed-hash.ts';
import { keepText } from '../keep-text.ts';
import type { Work } from '../unit-of-work.ts';

/**
 * Queues, in the transaction of what changed, a result for each alert of the incident that a platform sent under a number of its
 * own. A result that nobody has tried to send yet is brought up to date; one that says nothing new is not queued. From here
 * on the transaction reaches everything.
 */
export async function queueUpward(work: Work, incidentId: string): Promise<void> {
  await elevate(work.tx);
  for (const { alertId, ...facts } of await upwardFacts(work.tx, incidentId))
    await queueOne(work, incidentId, alertId, facts);
}

type Facts = Omit<UpwardFacts, 'alertId'>;

async function queueOne(work: Work, incidentId: string, alertId: string, facts: Facts): Promise<void> {
  const before = await newestMessageOf(work.tx, alertId);
  if (before?.body && saysTheSame(before.body, facts)) return;
  if (before?.bodyId && before.state === 'queued' && before.attempts === 0) {
    await work.tx
      .update(textPrivate)
      .set({ body: bodyOf(before.id, facts) })
      .where(eq(textPrivate.id, before.bodyId));
    return;
  }
  const messageId = work.id('upw');
  await work.tx.insert(upwardMessage).values({
    id: messageId,
    incidentId,
    alertId,
    state: 'queued',
    bodyId: await keepText(work, incidentId, bodyOf(messageId, facts)),
    nextTryAt: work.at,
    queuedAt: work.at,
  });
  work.append({
    kind: 'upwardMoved',
    incidentId,
    observedAt: work.now,
    payload: { incidentId, messageId, to: 'queued' },
  });
}

const bodyOf = (messageId: string, facts: Facts): string => {
  const body: UpwardBody = { version: 1, messageId, ...facts };
  return JSON.stringify(body);
};

function saysTheSame(body: string, facts: Facts): boolean {
  const { version: _, messageId: __, ...said } = JSON.parse(body) as UpwardBody;
  return canonicalJson(said) === canonicalJson(facts);
}
