import { eq } from 'drizzle-orm';
import type { UpwardState } from '#contract/kinds.ts';
import { type MessageRow, messageForUpdate } from '../../../db/queries/loop/upward.ts';
import { upwardMessage } from '../../../db/schema/index.ts';
import { platformActor } from '../../auth/actor.ts';
import type { ServiceDeps } from '../../deps.ts';
import { notFound, requireAllowed, wrongState } from '../guard.ts';
import { type Call, type Done, perform, type Work } from '../unit-of-work.ts';

/** A message in another state, with what the log and the audit say of it. `trouble`: a class, never the platform's words. */
export async function moveMessage(
  work: Work,
  { id, incidentId }: Pick<MessageRow, 'id' | 'incidentId'>,
  to: UpwardState,
  trouble: string | null = null,
): Promise<void> {
  await work.tx
    .update(upwardMessage)
    .set({
      state: to,
      trouble,
      nextTryAt: to === 'queued' ? work.at : null,
      ...(to === 'delivered' && { deliveredAt: work.at }),
      ...(to === 'acknowledged' && { acknowledgedAt: work.at }),
    })
    .where(eq(upwardMessage.id, id));
  work.append({
    kind: 'upwardMoved',
    incidentId,
    observedAt: work.now,
    payload: { incidentId, messageId: id, to },
  });
  work.audit({ action: 'upward.send', resource: id, incidentId, detail: { to, trouble } });
}

/** What people may do to a message by hand, and from which states. */
const byHand = {
  /** It went up as a file. */
  delivered: ['queued', 'failed'],
  /** Try again now. */
  queued: ['queued', 'failed'],
} as const satisfies Partial<Record<UpwardState, readonly UpwardState[]>>;

/** Marks a result as delivered by hand, or has it sent again now. Throws notFound, forbidden, conflict. */
export function moveByHand(
  deps: ServiceDeps,
  call: Call,
  messageId: string,
  to: keyof typeof byHand,
): Promise<Done<{ messageId: string }>> {
  return perform(deps, call, async work => {
    requireAllowed(work.actor, 'upward.send');
    const message = await messageForUpdate(work.tx, messageId);
    if (!message) throw notFound('message');
    const expected: readonly UpwardState[] = byHand[to];
    if (!expected.includes(message.state)) {
      throw wrongState('message', message.state, expected);
    }
    await moveMessage(work, message, to);
    return { messageId };
  });
}

export interface Ack {
  messageId: string;
  accepted: boolean;
}

/** The platform's own word for some messages. What it says of messages that are not there comes back; saying it again changes nothing. */
export async function acknowledge(
  deps: ServiceDeps,
  acks: readonly Ack[],
): Promise<{ changed: number; unknown: string[] }> {
  const { reply } = await perform(deps, { actor: platformActor }, async work => {
    const unknown: string[] = [];
    let changed = 0;
    // In the order of their ids: two of its calls at once must not wait for each other.
    for (const { messageId, accepted } of acks.toSorted((a, b) => (a.messageId < b.messageId ? -1 : 1))) {
      const message = await messageForUpdate(work.tx, messageId);
      const to = accepted ? 'acknowledged' : 'failed';
      if (!message) unknown.push(messageId);
      else if (message.state !== to && message.state !== 'acknowledged') {
        await moveMessage(work, message, to, accepted ? null : 'notAccepted');
        changed++;
      }
    }
    return { changed, unknown };
  });
  return reply;
}
