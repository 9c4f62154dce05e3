import { and, eq, isNull, lt } from 'drizzle-orm';
import { CodedError } from '#contract/errors.ts';
import { type UserRow, userByUsername } from '../../../db/queries/user-by-username.ts';
import { recoveryCode, userTotp } from '../../../db/schema/index.ts';
import type { Actor } from '../../auth/actor.ts';
import { verifyNobody, verifyPassword } from '../../auth/password.ts';
import { looksLikeRecoveryCode, recoveryCodeHash } from '../../auth/recovery-codes.ts';
import { totpStep } from '../../auth/totp.ts';
import { machineClock } from '../../clock.ts';
import type { ServiceDeps } from '../../deps.ts';
import { totpOwner } from '../account/totp.ts';
import { openSecret } from '../secret/sealed.ts';
import { perform, type Work } from '../unit-of-work.ts';
import { reserveAttempt, takeBackAttempt } from './attempt.ts';
import { type Arrival, beginSession, type OpenedSession } from './begin.ts';

export interface Credentials {
  user: string;
  password: string;
  /** Six digits of the app, or a recovery code. */
  otp?: string | undefined;
}

const anonymous: Actor = { kind: 'anonymous' };

/**
 * Checks name, password and, for who has one, the second factor, and begins a session. Throws badCredentials;
 * secondFactorNeeded and badSecondFactor only after a right password; lockedOut with `retryAfterS` after five failures
 * of one name, known or not, in a quarter of an hour.
 */
export async function openSession(
  deps: ServiceDeps,
  { user: name, password, otp }: Credentials,
  arrival: Arrival,
): Promise<OpenedSession> {
  const username = name.trim();
  const attempt = await reserveAttempt(deps, username);
  const user = await deps.database.read(tx => userByUsername(tx, username));
  const right = await (user ? verifyPassword(password, user.passwordHash) : verifyNobody(password));
  if (!user || !right) {
    await refuse(deps, user ? `user:${user.id}` : 'user', 'password');
    throw new CodedError('badCredentials', 'user name or password is wrong');
  }
  if (user.totpSealed === null && user.passkeys === 0) return beginSession(deps, user, 'password', arrival);
  if (otp === undefined || otp.trim() === '') {
    await takeBackAttempt(deps, attempt);
    const methods = [
      ...(user.totpSealed ? ['otp'] : []),
      ...(user.passkeys > 0 ? ['passkey'] : []),
      'recoveryCode',
    ];
    throw new CodedError('secondFactorNeeded', 'expected otp as well, or a passkey instead', { methods });
  }
  try {
    return await withSecondFactor(deps, user, otp, arrival);
  } catch (error) {
    if (error instanceof CodedError && error.code === 'badSecondFactor')
      await refuse(deps, `user:${user.id}`, 'otp');
    throw error;
  }
}

async function withSecondFactor(
  deps: ServiceDeps,
  user: UserRow,
  otp: string,
  arrival: Arrival,
): Promise<OpenedSession> {
  if (looksLikeRecoveryCode(otp)) {
    return beginSession(deps, user, 'recoveryCode', arrival, work => useRecoveryCode(work, user.id, otp));
  }
  if (user.totpSealed === null) throw badCode();
  const secret = await openSecret(deps, user.totpSealed, totpOwner(user.id));
  const step = totpStep(secret, otp, machineClock(deps.clock).now());
  if (step === undefined) throw badCode();
  return beginSession(deps, user, 'otp', arrival, work => useStep(work, user.id, step));
}

/** A code is good once: whoever looked over the shoulder comes too late. */
async function useStep({ tx }: Work, userId: string, step: number): Promise<void> {
  const used = await tx
    .update(userTotp)
    .set({ lastStep: step })
    .where(and(eq(userTotp.userId, userId), lt(userTotp.lastStep, step)))
    .returning({ userId: userTotp.userId });
  if (used.length === 0) throw badCode();
}

async function useRecoveryCode({ tx, at }: Work, userId: string, code: string): Promise<void> {
  const used = await tx
    .update(recoveryCode)
    .set({ usedAt: at })
    .where(
      and(
        eq(recoveryCode.userId, userId),
        eq(recoveryCode.codeHash, recoveryCodeHash(code)),
        isNull(recoveryCode.usedAt),
      ),
    )
    .returning({ userId: recoveryCode.userId });
  if (used.length === 0) throw badCode();
}

async function refuse(deps: ServiceDeps, resource: string, what: 'password' | 'otp'): Promise<void> {
  await perform(deps, { actor: anonymous }, async work =>
    work.audit({ action: 'session.refuse', resource, detail: { what } }),
  );
}

const badCode = () => new CodedError('badSecondFactor', 'this code is wrong, too old, or was used before');
