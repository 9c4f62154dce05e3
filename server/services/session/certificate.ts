import { CodedError } from '#contract/errors.ts';
import { userByCertificate } from '../../../db/queries/user-by-username.ts';
import type { ServiceDeps } from '../../deps.ts';
import { perform } from '../unit-of-work.ts';
import { type Arrival, beginSession, type OpenedSession } from './begin.ts';

/**
 * Begins a session for the user whose client certificate a trusted proxy vouches for; card and PIN are two factors.
 * Throws badCredentials when no proxy did, or nobody has this certificate.
 */
export async function openSessionByCertificate(
  deps: ServiceDeps,
  certificate: string | null,
  arrival: Arrival,
): Promise<OpenedSession> {
  const user =
    certificate === null ? undefined : await deps.database.read(tx => userByCertificate(tx, certificate));
  if (!user) {
    await perform(deps, { actor: { kind: 'anonymous' } }, async work =>
      work.audit({ action: 'session.refuse', resource: 'user', detail: { what: 'certificate' } }),
    );
    throw new CodedError('badCredentials', 'no account has this client certificate');
  }
  return beginSession(deps, user, 'certificate', arrival);
}
