import { eq } from 'drizzle-orm';
import { claimDueMessages, type DueMessage, messageForUpdate } from '../../../db/queries/loop/upward.ts';
import { upwardMessage } from '../../../db/schema/index.ts';
import { clockActor } from '../../auth/actor.ts';
import { machineClock } from '../../clock.ts';
import type { ServiceDeps } from '../../deps.ts';
import { deliver, type Delivery } from '../../upward/platform.ts';
import { perform } from '../unit-of-work.ts';
import { moveMessage } from './move.ts';

const atOnce = 20;
/** As long as a whole batch may take: then a process that died with it is given up. */
const leaseMs = 5 * 60_000;
const firstRetryMs = 30_000;
const longestRetryMs = 3_600_000;
/** About half a day of trying. */
const mostAttempts = 18;

/** The pause after the nth try that failed: doubled each time up to an hour, a fifth more or less by chance in [0, 1). */
export const retryAfterMs = (attempts: number, chance: number): number =>
  Math.min(firstRetryMs * 2 ** (attempts - 1), longestRetryMs) * (0.8 + 0.4 * chance);

/**
 * Sends what is due to the platform. Each message is taken by one process at a time; what the platform says is written down
 * before the next one goes. Returns how many were delivered.
 */
export async function sendUpward(
  deps: ServiceDeps,
  platform: { url: string; key: string },
  signal: AbortSignal,
): Promise<number> {
  const { reply: due } = await perform(deps, { actor: clockActor }, work =>
    claimDueMessages(work.tx, work.at, new Date(work.at.getTime() + leaseMs), atOnce),
  );
  let delivered = 0;
  for (const message of due) {
    const { id, body } = message;
    const sentAtMs = machineClock(deps.clock).now();
    const delivery: Delivery =
      body === null
        ? { kind: 'failed', trouble: 'erased', final: true }
        : await deliver(platform, { id, body }, sentAtMs, signal);
    // Whoever stops the server has cut the line: the message is still due when the lease ends.
    if (signal.aborted) return delivered;
    await note(deps, message, delivery);
    if (delivery.kind === 'delivered') delivered++;
  }
  return delivered;
}

async function note(deps: ServiceDeps, { id, attempts }: DueMessage, delivery: Delivery): Promise<void> {
  await perform(deps, { actor: clockActor }, async work => {
    const message = await messageForUpdate(work.tx, id);
    // Meanwhile somebody marked it by hand, or the platform acknowledged it on its own.
    if (message?.state !== 'queued') return;
    if (delivery.kind === 'delivered') {
      await moveMessage(work, message, 'delivered');
      if (delivery.accepted !== null)
        await moveMessage(
          work,
          message,
          delivery.accepted ? 'acknowledged' : 'failed',
          delivery.accepted ? null : 'notAccepted',
        );
      return;
    }
    const { trouble, final } = delivery;
    if (final || attempts >= mostAttempts) return moveMessage(work, message, 'failed', trouble);
    const chance = deps.randomBytes(1)[0]! / 256;
    const nextTryAt = new Date(work.at.getTime() + retryAfterMs(attempts, chance));
    await work.tx.update(upwardMessage).set({ trouble, nextTryAt }).where(eq(upwardMessage.id, id));
  });
}
