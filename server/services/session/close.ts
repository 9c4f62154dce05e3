import { and, eq, isNull } from 'drizzle-orm';
import { userSession } from '../../../db/schema/index.ts';
import type { ServiceDeps } from '../../deps.ts';
import { type Call, perform } from '../unit-of-work.ts';

/** Ends the caller's own session; ending it twice is no error. Its looks end with it. */
export async function closeSession(deps: ServiceDeps, call: Call): Promise<void> {
  const { actor } = call;
  if (actor.kind !== 'user') return;
  await perform(deps, call, async work => {
    const ended = await work.tx
      .update(userSession)
      .set({ revokedAt: work.at })
      .where(and(eq(userSession.id, actor.sessionId), isNull(userSession.revokedAt)))
      .returning({ id: userSession.id });
    if (ended.length > 0) work.audit({ action: 'session.close', resource: actor.sessionId });
  });
  deps.bus.publish({ topic: 'sessionEnded', sessionId: actor.sessionId });
}
