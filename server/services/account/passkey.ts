import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type RegistrationResponseJSON,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';
import { and, eq } from 'drizzle-orm';
import type { NewPasskey } from '#contract/account.ts';
import { CodedError } from '#contract/errors.ts';
import type { Role } from '#contract/incident.ts';
import { passkeysOf } from '../../../db/queries/passkeys.ts';
import { passkey } from '../../../db/schema/index.ts';
import type { Actor } from '../../auth/actor.ts';
import type { ServiceDeps } from '../../deps.ts';
import { noSuch, requireUser } from '../guard.ts';
import { renewSession } from '../session/renew.ts';
import { perform } from '../unit-of-work.ts';
import { challengeForMs, newChallenge, type Site, takeChallenge } from './passkey-challenge.ts';
import { provePassword } from './prove.ts';
import { firstRecoveryCodes, settleRemoval } from './recovery.ts';
import type { Enrolled } from './totp.ts';

const product = '见面 Jianmian';
const mostPasskeys = 10;

/** What the browser needs to sign in with any of its passkeys for this site. */
export async function signInOptions(deps: ServiceDeps, { rpId }: Site) {
  return generateAuthenticationOptions({
    rpID: rpId,
    challenge: await newChallenge(deps, null),
    userVerification: 'required',
    timeout: challengeForMs,
  });
}

/** What the browser needs to make a passkey for the caller. Throws wrongPassword; conflict for who has ten. */
export async function newPasskeyOptions(deps: ServiceDeps, caller: Actor, password: string, { rpId }: Site) {
  const { user } = await provePassword(deps, caller, password);
  const held = await deps.database.read(tx => passkeysOf(tx, user.id));
  if (held.length >= mostPasskeys)
    throw new CodedError('conflict', `expected at most ${mostPasskeys} passkeys`);
  return generateRegistrationOptions({
    rpName: product,
    rpID: rpId,
    userID: new Uint8Array(Buffer.from(user.id)),
    userName: user.username,
    userDisplayName: user.displayName,
    challenge: await newChallenge(deps, user.id),
    timeout: challengeForMs,
    // Which maker's device it is, is nobody's business here.
    attestationType: 'none',
    excludeCredentials: held.map(({ id, transports }) => ({ id, transports })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  });
}

/** Adds the passkey that the browser made. Throws badPasskey for an answer that is not the one to our challenge. */
export async function addPasskey(
  deps: ServiceDeps,
  caller: Actor,
  { name, response }: NewPasskey,
  { origin, rpId }: Site,
  secondFactorRoles: ReadonlySet<Role>,
): Promise<Enrolled> {
  const actor = requireUser(caller);
  const expectedChallenge = await takeChallenge(deps, response.response.clientDataJSON, actor.userId);
  const made = expectedChallenge && (await newCredential(response, { expectedChallenge, origin, rpId }));
  if (!made)
    throw new CodedError('badPasskey', 'the browser’s answer does not fit, or came too late; try again');
  const { reply } = await perform(deps, { actor }, async work => {
    const { id, publicKey, counter, transports = [] } = made;
    const values = { id, userId: actor.userId, name, publicKey, counter, transports, createdAt: work.at };
    await work.tx.insert(passkey).values(values);
    work.audit({ action: 'account.addPasskey', resource: `user:${actor.userId}` });
    const recoveryCodes = await firstRecoveryCodes(deps, work, actor.userId);
    return { session: await renewSession(work, actor, secondFactorRoles), recoveryCodes };
  });
  return reply;
}

async function newCredential(
  response: NewPasskey['response'],
  { expectedChallenge, origin, rpId }: Site & { expectedChallenge: string },
) {
  try {
    const { registrationInfo } = await verifyRegistrationResponse({
      // Checked by our schema; the library's type wants absent fields absent.
      response: response as RegistrationResponseJSON,
      expectedChallenge,
      expectedOrigin: origin,
      expectedRPID: rpId,
      requireUserVerification: true,
    });
    return registrationInfo?.credential;
  } catch {
    return undefined;
  }
}

/** Throws notFound for a passkey that is not the caller's. */
export async function renamePasskey(
  deps: ServiceDeps,
  caller: Actor,
  id: string,
  name: string,
): Promise<void> {
  const actor = requireUser(caller);
  await perform(deps, { actor }, async ({ tx }) => {
    const renamed = await tx
      .update(passkey)
      .set({ name })
      .where(and(eq(passkey.id, id), eq(passkey.userId, actor.userId)))
      .returning({ id: passkey.id });
    if (renamed.length === 0) throw noSuch('passkey', id);
  });
}

/** Throws notFound, wrongPassword, and conflict for roles that must keep a second factor. */
export async function removePasskey(
  deps: ServiceDeps,
  caller: Actor,
  id: string,
  password: string,
  secondFactorRoles: ReadonlySet<Role>,
): Promise<void> {
  const { user, actor } = await provePassword(deps, caller, password);
  await perform(deps, { actor }, async work => {
    const removed = await work.tx
      .delete(passkey)
      .where(and(eq(passkey.id, id), eq(passkey.userId, user.id)))
      .returning({ id: passkey.id });
    if (removed.length === 0) throw noSuch('passkey', id);
    await settleRemoval(work.tx, user, secondFactorRoles);
    work.audit({ action: 'account.removePasskey', resource: `user:${user.id}` });
  });
}
