/** Signatures under what must be believed later without the database: daily anchors of the audit, receipts of purges. */
import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import type { ServiceDeps } from '../deps.ts';
import { ensureSecret } from '../services/secret/ensure.ts';

export interface Signer {
  /** SPKI, DER: what a verifier needs. */
  publicKey: Buffer;
  /** Ed25519 over the text's UTF-8 bytes. */
  sign(text: string): Buffer;
}

/** PKCS #8 of an Ed25519 key up to its 32 bytes (RFC 8410). */
const pkcs8Head = Buffer.from('302e020100300506032b657004220420', 'hex');

/** The signer of a seed of 32 bytes: the same seed gives the same key. */
export function signerOf(seed: Uint8Array): Signer {
  const key = createPrivateKey({ key: Buffer.concat([pkcs8Head, seed]), format: 'der', type: 'pkcs8' });
  return {
    publicKey: createPublicKey(key).export({ format: 'der', type: 'spki' }),
    sign: text => sign(null, Buffer.from(text), key),
  };
}

/** This installation's signer; its seed is made once and stays in the secret store. */
export const serverSigner = async (deps: Pick<ServiceDeps, 'database' | 'randomBytes'>): Promise<Signer> =>
  signerOf(await ensureSecret(deps, 'signingKey'));

/** Whether `signature` is that of `publicKey` under `text`; false as well for what is no key or no signature. */
export function isSigned(text: string, signature: Uint8Array, publicKey: Uint8Array): boolean {
  try {
    const key = createPublicKey({ key: Buffer.from(publicKey), format: 'der', type: 'spki' });
    return key.asymmetricKeyType === 'ed25519' && verify(null, Buffer.from(text), key, signature);
  } catch {
    return false;
  }
}
