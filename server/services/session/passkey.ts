import { eq } from 'drizzle-orm';
import { type AuthenticationResponseJSON, verifyAuthenticationResponse } from '@simplewebauthn/server';
import type { PasskeySignIn } from '#contract/account.ts';
import { CodedError } from '#contract/errors.ts';
import { type PasskeyRow, passkeyById } from '../../../db/queries/passkeys.ts';
import { userById } from '../../../db/queries/user-by-username.ts';
import { passkey } from '../../../db/schema/index.ts';
import type { ServiceDeps } from '../../deps.ts';
import { type Site, takeChallenge } from '../account/passkey-challenge.ts';
import { perform } from '../unit-of-work.ts';
import { type Arrival, beginSession, type OpenedSession } from './begin.ts';

/**
 * Begins a session with a passkey alone: the device has seen its owner (user verification), so it is both factors. Throws
 * badPasskey for one that we do not know, and for any answer that is not the one to our challenge.
 */
export async function openSessionByPasskey(
  deps: ServiceDeps,
  { response }: PasskeySignIn,
  site: Site,
  arrival: Arrival,
): Promise<OpenedSession> {
  const challenge = await takeChallenge(deps, response.response.clientDataJSON, null);
  const known = await deps.database.read(tx => passkeyById(tx, response.id));
  const answered = challenge === undefined || !known ? undefined : { known, challenge };
  const counter = answered && (await newCounter(response, answered.known, answered.challenge, site));
  const user = known && (await deps.database.read(tx => userById(tx, known.userId)));
  if (counter === undefined || !user) {
    await perform(deps, { actor: { kind: 'anonymous' } }, async work =>
      work.audit({
        action: 'session.refuse',
        resource: known ? `user:${known.userId}` : 'user',
        detail: { what: 'passkey' },
      }),
    );
    throw new CodedError('badPasskey', 'this passkey is not known here, or its answer came too late');
  }
  return beginSession(deps, user, 'passkey', arrival, async ({ tx, at }) => {
    await tx.update(passkey).set({ counter, lastUsedAt: at }).where(eq(passkey.id, response.id));
  });
}

/** The signature's counter; undefined when the signature is not the passkey's, or not for us. */
async function newCounter(
  response: PasskeySignIn['response'],
  { id, publicKey, counter, transports }: PasskeyRow,
  expectedChallenge: string,
  { origin, rpId }: Site,
): Promise<number | undefined> {
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      // Checked by our schema; the library's type wants absent fields absent.
      response: response as AuthenticationResponseJSON,
      expectedChallenge,
      expectedOrigin: origin,
      expectedRPID: rpId,
      credential: { id, publicKey: new Uint8Array(publicKey), counter, transports },
      requireUserVerification: true,
    });
    return verified ? authenticationInfo.newCounter : undefined;
  } catch {
    // It throws for everything that is wrong with an answer; what exactly is of use to a forger alone.
    return undefined;
  }
}
