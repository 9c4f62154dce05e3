import { and, eq, isNotNull, isNull } from 'drizzle-orm';
import type { Pending, SignedInBy } from '#contract/account.ts';
import { CodedError } from '#contract/errors.ts';
import type { Role } from '#contract/incident.ts';
import { hasSecondFactor } from '../../../db/queries/second-factors.ts';
import type { UserRow } from '../../../db/queries/user-by-username.ts';
import { appUser, loginFailure, userSession } from '../../../db/schema/index.ts';
import type { Tx } from '../../../db/transaction.ts';
import type { UserActor } from '../../auth/actor.ts';
import { sessionEnd } from '../../auth/lifetime.ts';
import { newToken } from '../../auth/token.ts';
import { machineClock } from '../../clock.ts';
import type { ServiceDeps } from '../../deps.ts';
import { perform, type Work } from '../unit-of-work.ts';

export interface OpenedSession {
  token: string;
  expiresAt: Date;
  actor: UserActor;
  displayName: string;
}

/** Whence somebody comes, and what is asked of him. */
export interface Arrival {
  address: string | null;
  /** Browser and system in a few words. */
  agent: string | null;
  /** The session that this browser had until now: it ends. */
  previousSessionId?: string | undefined;
  secondFactorRoles: ReadonlySet<Role>;
}

/**
 * Begins a session for a user, as he was when his credentials were checked. `consume` uses up what may be used once (a code, a
 * challenge) in the same transaction; what it throws stops the sign-in. Throws badCredentials when the account was
 * disabled or given another password meanwhile.
 */
export async function beginSession(
  deps: ServiceDeps,
  user: UserRow,
  by: SignedInBy,
  arrival: Arrival,
  consume: (work: Work) => Promise<void> = () => Promise.resolve(),
): Promise<OpenedSession> {
  const { token, hash } = newToken();
  const { id: userId, username, role, stationId, displayName } = user;
  const base = { kind: 'user', userId, username, role, stationId } as const;
  const { previousSessionId, address, agent } = arrival;
  const { reply } = await perform(deps, { actor: { ...base, sessionId: '' } }, async work => {
    const account = await stillValid(work.tx, user);
    await consume(work);
    const pending = await pendingStep(work.tx, account, by, arrival.secondFactorRoles);
    if (pending === null) await waysInAreHisOwn(work.tx, userId);
    await work.tx.delete(loginFailure).where(eq(loginFailure.username, username));
    if (previousSessionId !== undefined) await endReplaced(work, previousSessionId);
    const id = work.id('ses');
    const now = new Date(machineClock(deps.clock).now());
    const expiresAt = new Date(sessionEnd(role, now.getTime()));
    const times = { createdAt: now, lastSeenAt: now, expiresAt };
    const whence = { signedInBy: by, pending, address, agent };
    await work.tx.insert(userSession).values({ id, tokenHash: hash, userId, ...times, ...whence });
    work.audit({ action: 'session.open', resource: id, detail: { by } });
    return { id, expiresAt, pending };
  });
  if (previousSessionId !== undefined) {
    deps.bus.publish({ topic: 'sessionEnded', sessionId: previousSessionId });
  }
  const { id, expiresAt, pending } = reply;
  return { token, expiresAt, actor: { ...base, sessionId: id, pending }, displayName };
}

/** The account under a lock, so that disabling it and signing in come one after the other. */
async function stillValid(tx: Tx, { id, passwordHash }: UserRow) {
  const [account] = await tx
    .select({ id: appUser.id, role: appUser.role, mustChangePassword: appUser.mustChangePassword })
    .from(appUser)
    .where(and(eq(appUser.id, id), eq(appUser.passwordHash, passwordHash), eq(appUser.active, true)))
    .for('share');
  if (!account) throw new CodedError('badCredentials', 'user name or password is wrong');
  return account;
}

/** What is left to do after signing in by `by`. A passkey or certificate is two factors, and not a password. */
export async function pendingStep(
  tx: Tx,
  { id, role, mustChangePassword }: { id: string; role: Role; mustChangePassword: boolean },
  by: SignedInBy,
  secondFactorRoles: ReadonlySet<Role>,
): Promise<Pending | null> {
  if (by === 'passkey' || by === 'certificate') return null;
  if (mustChangePassword) return 'password';
  if (!secondFactorRoles.has(role)) return null;
  return (await hasSecondFactor(tx, id)) ? null : 'secondFactor';
}

/** What an administrator gave out has been replaced or used by its owner. */
export async function waysInAreHisOwn(tx: Tx, userId: string): Promise<void> {
  await tx
    .update(appUser)
    .set({ resetBy: null, resetWhat: null })
    .where(and(eq(appUser.id, userId), isNotNull(appUser.resetBy)));
}

async function endReplaced(work: Work, sessionId: string): Promise<void> {
  const ended = await work.tx
    .update(userSession)
    .set({ revokedAt: work.at })
    .where(and(eq(userSession.id, sessionId), isNull(userSession.revokedAt)))
    .returning({ id: userSession.id });
  if (ended.length > 0) work.audit({ action: 'session.close', resource: sessionId });
}
