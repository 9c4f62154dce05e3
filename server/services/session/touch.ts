import { eq } from 'drizzle-orm';
import { userSession } from '../../../db/schema/index.ts';
import { machineClock } from '../../clock.ts';
import type { ServiceDeps } from '../../deps.ts';

/** Notes that a session is in use, which postpones its idle end. No act of a person: neither logged nor audited. */
export async function touchSession(deps: ServiceDeps, sessionId: string): Promise<void> {
  await deps.database.transaction({ actor: 'system:clock' }, tx =>
    tx
      .update(userSession)
      .set({ lastSeenAt: new Date(machineClock(deps.clock).now()) })
      .where(eq(userSession.id, sessionId)),
  );
}
