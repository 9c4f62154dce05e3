import { and, eq, isNull, ne } from 'drizzle-orm';
import { userSession } from '../../../db/schema/index.ts';
import type { Tx } from '../../../db/transaction.ts';
import type { ServiceDeps } from '../../deps.ts';
import { noSuch, notFound, requireAllowed } from '../guard.ts';
import { type Call, perform } from '../unit-of-work.ts';

/** Which sessions of a user: one, or all (`except` stays). */
export type Which = { sessionId: string } | { except?: string };

/**
 * Ends sessions of a user: one's own, or, for administrators, anybody's. Streams end with them. Throws notFound when the
 * one named is not there or is over already.
 */
export async function revokeSessions(
  deps: ServiceDeps,
  call: Call,
  userId: string,
  which: Which,
): Promise<{ ended: number }> {
  const own = call.actor.kind === 'user' && call.actor.userId === userId;
  const { reply } = await perform(deps, call, async work => {
    requireAllowed(work.actor, own ? 'session.own' : 'user.manage');
    const sessionIds = await endSessions(work.tx, work.at, userId, which);
    if ('sessionId' in which && sessionIds.length === 0)
      throw own ? noSuch('session', which.sessionId) : notFound('session');
    for (const resource of sessionIds) work.audit({ action: 'session.revoke', resource, detail: { userId } });
    return { sessionIds };
  });
  announceEnd(deps, reply.sessionIds);
  return { ended: reply.sessionIds.length };
}

/** Ends sessions in a change that is under way; announce them after it. */
export async function endSessions(tx: Tx, at: Date, userId: string, which: Which): Promise<string[]> {
  const chosen =
    'sessionId' in which
      ? eq(userSession.id, which.sessionId)
      : which.except === undefined
        ? undefined
        : ne(userSession.id, which.except);
  const ended = await tx
    .update(userSession)
    .set({ revokedAt: at })
    .where(and(eq(userSession.userId, userId), isNull(userSession.revokedAt), chosen))
    .returning({ id: userSession.id });
  return ended.map(({ id }) => id);
}

/** Tells streams and the memory of tokens; after the commit. */
export function announceEnd({ bus }: ServiceDeps, sessionIds: readonly string[]): void {
  for (const sessionId of sessionIds) bus.publish({ topic: 'sessionEnded', sessionId });
}
