import { and, eq, isNotNull, isNull } from 'drizzle-orm';
import type { TotpStart } from '#contract/account.ts';
import { CodedError } from '#contract/errors.ts';
import type { Role } from '#contract/incident.ts';
import { userTotp } from '../../../db/schema/index.ts';
import type { Tx } from '../../../db/transaction.ts';
import type { Actor } from '../../auth/actor.ts';
import { totpDetails, totpSecretBytes, totpStep } from '../../auth/totp.ts';
import { machineClock } from '../../clock.ts';
import type { ServiceDeps } from '../../deps.ts';
import { requireUser } from '../guard.ts';
import { openSecret, sealer } from '../secret/sealed.ts';
import { type RenewedSession, renewSession } from '../session/renew.ts';
import { perform } from '../unit-of-work.ts';
import { provePassword } from './prove.ts';
import { firstRecoveryCodes, settleRemoval } from './recovery.ts';

const issuer = '见面 Jianmian';

/** What a sealed secret of this kind belongs to. */
export const totpOwner = (userId: string): string => `totp:${userId}`;

/** A factor that was just enrolled: the session under its new token, and codes for the day on which it is lost. */
export interface Enrolled {
  session: RenewedSession;
  /** Shown once; null: he holds codes already. */
  recoveryCodes: string[] | null;
}

/**
 * A new secret for the caller's app; it guards nothing before a code of it was typed. Throws wrongPassword, and conflict
 * while another app is in use.
 */
export async function startTotp(deps: ServiceDeps, caller: Actor, password: string): Promise<TotpStart> {
  const { user, actor } = await provePassword(deps, caller, password);
  const secret = deps.randomBytes(totpSecretBytes);
  const seal = await sealer(deps);
  await perform(deps, { actor }, async ({ tx, at }) => {
    const fresh = { secretSealed: seal(secret, totpOwner(user.id)), createdAt: at, lastStep: 0 };
    const made = await tx
      .insert(userTotp)
      .values({ userId: user.id, ...fresh })
      .onConflictDoUpdate({ target: userTotp.userId, set: fresh, setWhere: isNull(userTotp.confirmedAt) })
      .returning({ userId: userTotp.userId });
    if (made.length === 0) throw new CodedError('conflict', 'remove the authenticator app in use first');
  });
  return totpDetails(secret, { issuer, label: user.username });
}

/** The first code shows that the app holds the secret: from now on it is asked for. Throws badSecondFactor. */
export async function confirmTotp(
  deps: ServiceDeps,
  caller: Actor,
  code: string,
  secondFactorRoles: ReadonlySet<Role>,
): Promise<Enrolled> {
  const actor = requireUser(caller);
  const waiting = await deps.database.read(tx => unconfirmed(tx, actor.userId));
  if (!waiting) throw new CodedError('conflict', 'expected a secret that waits for its first code');
  const secret = await openSecret(deps, waiting.secretSealed, totpOwner(actor.userId));
  const step = totpStep(secret, code, machineClock(deps.clock).now());
  if (step === undefined)
    throw new CodedError('badSecondFactor', 'this is no code of this secret at this time');
  const { reply } = await perform(deps, { actor }, async work => {
    const confirmed = await work.tx
      .update(userTotp)
      .set({ confirmedAt: work.at, lastStep: step })
      .where(
        and(
          eq(userTotp.userId, actor.userId),
          isNull(userTotp.confirmedAt),
          eq(userTotp.secretSealed, waiting.secretSealed),
        ),
      )
      .returning({ userId: userTotp.userId });
    if (confirmed.length === 0) throw new CodedError('conflict', 'another secret was made meanwhile');
    work.audit({ action: 'account.addTotp', resource: `user:${actor.userId}` });
    const recoveryCodes = await firstRecoveryCodes(deps, work, actor.userId);
    return { session: await renewSession(work, actor, secondFactorRoles), recoveryCodes };
  });
  return reply;
}

/** The app is asked for no longer. Throws wrongPassword, and conflict for roles that must keep a second factor. */
export async function removeTotp(
  deps: ServiceDeps,
  caller: Actor,
  password: string,
  secondFactorRoles: ReadonlySet<Role>,
): Promise<void> {
  const { user, actor } = await provePassword(deps, caller, password);
  await perform(deps, { actor }, async work => {
    const removed = await work.tx
      .delete(userTotp)
      .where(and(eq(userTotp.userId, user.id), isNotNull(userTotp.confirmedAt)))
      .returning({ userId: userTotp.userId });
    if (removed.length === 0) return;
    await settleRemoval(work.tx, user, secondFactorRoles);
    work.audit({ action: 'account.removeTotp', resource: `user:${user.id}` });
  });
}

async function unconfirmed(tx: Tx, userId: string) {
  const [row] = await tx
    .select({ secretSealed: userTotp.secretSealed })
    .from(userTotp)
    .where(and(eq(userTotp.userId, userId), isNull(userTotp.confirmedAt)));
  return row;
}
