/** What a passkey has to sign: random, for one use, for two minutes. */
import { and, eq, gt, isNull, lt } from 'drizzle-orm';
import { passkeyChallenge } from '../../../db/schema/index.ts';
import { tokenHash } from '../../auth/token.ts';
import { machineClock } from '../../clock.ts';
import type { ServiceDeps } from '../../deps.ts';

/** The origin as the browser sees it, and the host name that passkeys are bound to. */
export interface Site {
  origin: string;
  rpId: string;
}

export const challengeForMs = 120_000;

/** A new challenge: for a user who adds a passkey, or null for whoever signs in. */
export async function newChallenge(
  deps: ServiceDeps,
  userId: string | null,
): Promise<Uint8Array<ArrayBuffer>> {
  const challenge = new Uint8Array(deps.randomBytes(32));
  const now = machineClock(deps.clock).now();
  const challengeHash = tokenHash(Buffer.from(challenge).toString('base64url'));
  await deps.database.transaction({ actor: userId === null ? 'anonymous' : `user:${userId}` }, async tx => {
    await tx.delete(passkeyChallenge).where(lt(passkeyChallenge.expiresAt, new Date(now)));
    await tx
      .insert(passkeyChallenge)
      .values({ challengeHash, userId, expiresAt: new Date(now + challengeForMs) });
  });
  return challenge;
}

/** The challenge that the browser's answer names, used up by this; undefined when we did not give it out for this. */
export async function takeChallenge(
  deps: ServiceDeps,
  clientDataJson: string,
  userId: string | null,
): Promise<string | undefined> {
  const challenge = challengeOf(clientDataJson);
  if (challenge === undefined) return undefined;
  const now = new Date(machineClock(deps.clock).now());
  const taken = await deps.database.transaction({ actor: 'anonymous' }, tx =>
    tx
      .delete(passkeyChallenge)
      .where(
        and(
          eq(passkeyChallenge.challengeHash, tokenHash(challenge)),
          gt(passkeyChallenge.expiresAt, now),
          userId === null ? isNull(passkeyChallenge.userId) : eq(passkeyChallenge.userId, userId),
        ),
      )
      .returning({ hash: passkeyChallenge.challengeHash }),
  );
  return taken.length > 0 ? challenge : undefined;
}

function challengeOf(clientDataJson: string): string | undefined {
  try {
    const { challenge } = JSON.parse(Buffer.from(clientDataJson, 'base64url').toString()) as {
      challenge?: unknown;
    };
    return typeof challenge === 'string' ? challenge : undefined;
  } catch {
    return undefined;
  }
}
