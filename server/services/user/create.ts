import type { Role } from '#contract/incident.ts';
import { appUser } from '../../../db/schema/index.ts';
import type { ServiceDeps } from '../../deps.ts';
import { type Call, perform } from '../unit-of-work.ts';

export interface NewUser {
  /** Absent: made here. */
  id?: string;
  username: string;
  displayName: string;
  role: Role;
  stationId?: string | null;
  /** From `hashPassword`, made outside the transaction: it is slow on purpose. */
  passwordHash: string;
}

/**
 * Creates an account. Only the setup does so yet, hence no policy action: whoever gives people this verb must add one.
 * Throws conflict when the user name is taken.
 */
export async function createUser(deps: ServiceDeps, call: Call, user: NewUser): Promise<{ userId: string }> {
  const { reply } = await perform(deps, call, async work => {
    const id = user.id ?? work.id('usr');
    const { username, displayName, role, stationId = null, passwordHash } = user;
    await work.tx
      .insert(appUser)
      .values({ id, username, displayName, role, stationId, passwordHash, createdAt: work.at });
    work.audit({ action: 'user.create', resource: `user:${id}`, detail: { role } });
    return { userId: id };
  });
  return reply;
}
