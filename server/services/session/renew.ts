import { eq } from 'drizzle-orm';
import type { Pending } from '#contract/account.ts';
import type { Role } from '#contract/incident.ts';
import { appUser, userSession } from '../../../db/schema/index.ts';
import type { UserActor } from '../../auth/actor.ts';
import { newToken } from '../../auth/token.ts';
import type { Work } from '../unit-of-work.ts';
import { pendingStep, waysInAreHisOwn } from './begin.ts';

/** The session as it goes on under another token. */
export interface RenewedSession {
  token: string;
  expiresAt: Date;
  pending: Pending | null;
}

/**
 * Gives the caller's session another token, now that it may do more or rests on another password, and says what is left
 * to do. The old token is good for nothing after the commit.
 */
export async function renewSession(
  { tx }: Work,
  { sessionId, userId }: UserActor,
  secondFactorRoles: ReadonlySet<Role>,
): Promise<RenewedSession> {
  const [user] = await tx
    .select({ id: appUser.id, role: appUser.role, mustChangePassword: appUser.mustChangePassword })
    .from(appUser)
    .where(eq(appUser.id, userId));
  const [session] = await tx
    .select({ signedInBy: userSession.signedInBy, expiresAt: userSession.expiresAt })
    .from(userSession)
    .where(eq(userSession.id, sessionId));
  const pending = await pendingStep(tx, user!, session!.signedInBy, secondFactorRoles);
  const { token, hash } = newToken();
  await tx.update(userSession).set({ tokenHash: hash, pending }).where(eq(userSession.id, sessionId));
  if (pending === null) await waysInAreHisOwn(tx, userId);
  return { token, expiresAt: session!.expiresAt, pending };
}
