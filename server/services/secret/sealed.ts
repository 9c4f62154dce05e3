/** Secrets of single users and devices, sealed under a key that lies with the server's own secrets. */
import { seal, sealNonceBytes, unseal } from '../../auth/seal.ts';
import type { ServiceDeps } from '../../deps.ts';
import { ensureSecret } from './ensure.ts';

type Deps = Pick<ServiceDeps, 'database' | 'randomBytes'>;

/**
 * A sealer, to be fetched before a transaction begins. The key is in the same database, for a backup must hold all that
 * is needed to go on: this keeps secrets out of logs, lists and dumps of single tables, not from who has everything.
 */
export async function sealer(deps: Deps): Promise<(secret: Uint8Array, owner: string) => Uint8Array> {
  const key = await ensureSecret(deps, 'sealKey');
  return (secret, owner) => seal(key, secret, owner, deps.randomBytes(sealNonceBytes));
}

/** What was sealed for this owner. */
export const openSecret = async (deps: Deps, sealed: Uint8Array, owner: string): Promise<Uint8Array> =>
  unseal(await ensureSecret(deps, 'sealKey'), sealed, owner);
