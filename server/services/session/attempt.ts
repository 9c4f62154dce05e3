import { and, asc, eq, gte, lt, sql } from 'drizzle-orm';
import { CodedError } from '#contract/errors.ts';
import { loginFailure } from '../../../db/schema/index.ts';
import { lockOut } from '../../auth/lifetime.ts';
import { machineClock } from '../../clock.ts';
import type { ServiceDeps } from '../../deps.ts';

/**
 * Counts an attempt at a name's password or code as a failure until it has turned out otherwise, so that many guesses
 * at once are no better than one after the other. Returns its id. Throws lockedOut with `retryAfterS` after five
 * failures of one name, known or not, in a quarter of an hour.
 */
export async function reserveAttempt(deps: ServiceDeps, username: string): Promise<number> {
  const now = machineClock(deps.clock).now();
  const since = new Date(now - lockOut.withinMs);
  return deps.database.transaction({ actor: 'anonymous' }, async tx => {
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
    const [made] = await tx
      .insert(loginFailure)
      .values({ username, at: new Date(now) })
      .returning({ id: loginFailure.id });
    return made!.id;
  });
}

/** It was no failure after all. The others of the name stay: a right password must not give new guesses at a code. */
export async function takeBackAttempt(deps: ServiceDeps, id: number): Promise<void> {
  await deps.database.transaction({ actor: 'anonymous' }, tx =>
    tx.delete(loginFailure).where(eq(loginFailure.id, id)),
  );
}
