import { eq } from 'drizzle-orm';
import { CodedError } from '#contract/errors.ts';
import { secondFactors } from '../../../db/queries/second-factors.ts';
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
    const { totp, passkeys } = await secondFactors(work.tx, user.id);
    if (!totp && passkeys === 0) throw new CodedError('conflict', 'expected a second factor to recover from');
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

/** Codes recover from a factor: without any they would be a second password. */
export async function dropIdleRecoveryCodes(tx: Tx, userId: string): Promise<void> {
  const { totp, passkeys } = await secondFactors(tx, userId);
  if (!totp && passkeys === 0) await tx.delete(recoveryCode).where(eq(recoveryCode.userId, userId));
}

async function issueRecoveryCodes(deps: ServiceDeps, { tx }: Work, userId: string): Promise<string[]> {
  await tx.delete(recoveryCode).where(eq(recoveryCode.userId, userId));
  const codes = newRecoveryCodes(deps.randomBytes);
  await tx.insert(recoveryCode).values(codes.map(code => ({ userId, codeHash: recoveryCodeHash(code) })));
  return codes;
}
