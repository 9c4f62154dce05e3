import { eq } from 'drizzle-orm';
import { CodedError } from '#contract/errors.ts';
import type { Role } from '#contract/incident.ts';
import { hasSecondFactor } from '../../../db/queries/second-factors.ts';
import { recoveryCode } from '../../../db/schema/index.ts';
import type { Tx } from '../../../db/transaction.ts';
import type { Actor } from '../../auth/actor.ts';
import { newRecoveryCodes, recoveryCodeHash } from '../../auth/recovery-codes.ts';
import type { ServiceDeps } from '../../deps.ts';
import { perform, type Work } from '../unit-of-work.ts';
import { provePassword } from './prove.ts';

/** New recovery codes; those before are good for nothing. Throws conflict for who has no second factor. */
export async function renewRecoveryCodes(
  deps: ServiceDeps,
  caller: Actor,
  password: string,
): Promise<{ recoveryCodes: string[] }> {
  const { user, actor } = await provePassword(deps, caller, password);
  const { reply } = await perform(deps, { actor }, async work => {
    if (!(await hasSecondFactor(work.tx, user.id)))
      throw new CodedError('conflict', 'expected a second factor to recover from');
    work.audit({ action: 'account.renewRecoveryCodes', resource: `user:${user.id}` });
    return { recoveryCodes: await issueRecoveryCodes(deps, work, user.id) };
  });
  return reply;
}

/** For who has just enrolled his first factor; null for who holds codes already. */
export async function firstRecoveryCodes(
  deps: ServiceDeps,
  work: Work,
  userId: string,
): Promise<string[] | null> {
  const held = await work.tx.$count(recoveryCode, eq(recoveryCode.userId, userId));
  return held > 0 ? null : issueRecoveryCodes(deps, work, userId);
}

/**
 * After a factor was removed: recovery codes recover from one, and without any they would be a second password. Throws
 * conflict when a role that must have a second factor has just lost its last one.
 */
export async function settleRemoval(
  tx: Tx,
  { id, role }: { id: string; role: Role },
  secondFactorRoles: ReadonlySet<Role>,
): Promise<void> {
  if (await hasSecondFactor(tx, id)) return;
  if (secondFactorRoles.has(role))
    throw new CodedError('conflict', 'this role must have a second factor; add another one first');
  await tx.delete(recoveryCode).where(eq(recoveryCode.userId, id));
}

async function issueRecoveryCodes(deps: ServiceDeps, { tx }: Work, userId: string): Promise<string[]> {
  await tx.delete(recoveryCode).where(eq(recoveryCode.userId, userId));
  const codes = newRecoveryCodes(deps.randomBytes);
  await tx.insert(recoveryCode).values(codes.map(code => ({ userId, codeHash: recoveryCodeHash(code) })));
  return codes;
}
