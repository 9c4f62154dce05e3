import { and, asc, eq, gte, lt, sql } from 'drizzle-orm';
import { CodedError } from '#contract/errors.ts';
import { type UserRow, userByUsername } from '../../../db/queries/user-by-username.ts';
import { loginFailure, userSession } from '../../../db/schema/index.ts';
import type { Actor } from '../../auth/actor.ts';
import { lockOut, sessionEnd } from '../../auth/lifetime.ts';
import { verifyNobody, verifyPassword } from '../../auth/password.ts';
import { newToken } from '../../auth/token.ts';
import { machineClock } from '../../clock.ts';
import type { ServiceDeps } from '../../deps.ts';
import { perform } from '../unit-of-work.ts';

export interface OpenedSession {
  token: string;
  expiresAt: Date;
  actor: Extract<Actor, { kind: 'user' }>;
  displayName: string;
}

const anonymous: Actor = { kind: 'anonymous' };

/**
 * Checks name and password and begins a session. The attempt counts as a failure until it has succeeded, so that
 * many guesses at once are no better than one after the other. Throws badCredentials, or lockedOut with
 * `retryAfterS` after five failures of one name, known or not, in a quarter of an hour.
 */
export async function openSession(
  deps: ServiceDeps,
  credentials: { user: string; password: string },
): Promise<OpenedSession> {
  const username = credentials.user.trim();
  await reserveAttempt(deps, username);
  const user = await deps.database.read(tx => userByUsername(tx, username));
  const right = await (user
    ? verifyPassword(credentials.password, user.passwordHash)
    : verifyNobody(credentials.password));
  if (!user || !right) {
    await perform(deps, { actor: anonymous }, async work =>
      work.audit({ action: 'session.refuse', resource: user ? `user:${user.id}` : 'user' }),
    );
    throw new CodedError('badCredentials', 'user name or password is wrong');
  }
  return begin(deps, user);
}

async function reserveAttempt(deps: ServiceDeps, username: string): Promise<void> {
  const now = machineClock(deps.clock).now();
  const since = new Date(now - lockOut.withinMs);
  await deps.database.transaction({ actor: 'anonymous' }, async tx => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`login:${username}`}, 0))`);
    await tx.delete(loginFailure).where(lt(loginFailure.at, since));
    const failures = await tx
      .select({ at: loginFailure.at })
      .from(loginFailure)
      .where(and(eq(loginFailure.username, username), gte(loginFailure.at, since)))
      .orderBy(asc(loginFailure.at));
    const oldest = failures.at(-lockOut.failures);
    if (oldest) {
      const retryAfterS = Math.max(1, Math.ceil((oldest.at.getTime() + lockOut.withinMs - now) / 1000));
      throw new CodedError('lockedOut', 'too many failed sign-ins under this name; try again later', {
        retryAfterS,
      });
    }
    await tx.insert(loginFailure).values({ username, at: new Date(now) });
  });
}

async function begin(deps: ServiceDeps, user: UserRow): Promise<OpenedSession> {
  const { token, hash } = newToken();
  const base = {
    kind: 'user',
    userId: user.id,
    username: user.username,
    role: user.role,
    stationId: user.stationId,
  } as const;
  const { reply } = await perform(deps, { actor: { ...base, sessionId: '' } }, async work => {
    const id = work.id('ses');
    const now = new Date(machineClock(deps.clock).now());
    const expiresAt = new Date(sessionEnd(user.role, now.getTime()));
    await work.tx.delete(loginFailure).where(eq(loginFailure.username, user.username));
    await work.tx
      .insert(userSession)
      .values({ id, tokenHash: hash, userId: user.id, createdAt: now, lastSeenAt: now, expiresAt });
    work.audit({ action: 'session.open', resource: id });
    return { id, expiresAt };
  });
  return {
    token,
    expiresAt: reply.expiresAt,
    actor: { ...base, sessionId: reply.id },
    displayName: user.displayName,
  };
}
