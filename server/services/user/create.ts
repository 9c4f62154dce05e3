import { CodedError } from '#contract/errors.ts';
import type { Role } from '#contract/incident.ts';
import { stationExists } from '../../../db/queries/station-exists.ts';
import { appUser } from '../../../db/schema/index.ts';
import type { ServiceDeps } from '../../deps.ts';
import { requireAllowed } from '../guard.ts';
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
  /** Somebody else knows the password: it is good for choosing another. Default: no. */
  mustChangePassword?: boolean;
}

/**
 * Creates an account. Throws conflict when the user name is taken, and invalidBody when the station is not known.
 */
export async function createUser(deps: ServiceDeps, call: Call, user: NewUser): Promise<{ userId: string }> {
  requireAllowed(call.actor, 'user.create');
  const { reply } = await perform(deps, call, async work => {
    if (user.stationId && !(await stationExists(work.tx, user.stationId))) {
      throw new CodedError('invalidBody', `body field stationId: there is no station ${user.stationId}`);
    }
    const id = user.id ?? work.id('usr');
    const { username, displayName, role, stationId = null, passwordHash, mustChangePassword = false } = user;
    const values = { id, username, displayName, role, stationId, passwordHash, mustChangePassword };
    await work.tx.insert(appUser).values({ ...values, createdAt: work.at });
    work.audit({ action: 'user.create', resource: `user:${id}`, detail: { role } });
    return { userId: id };
  });
  return reply;
}
