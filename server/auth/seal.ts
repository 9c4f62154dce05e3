/** Small secrets at rest: AES-256-GCM, bound to what they belong to. */
import { createCipheriv, createDecipheriv } from 'node:crypto';

const nonceBytes = 12;
const tagBytes = 16;

/** `key`: 32 bytes. `owner` must be the same when it is opened: a sealed secret cannot be moved to another row. */
export function seal(key: Uint8Array, secret: Uint8Array, owner: string, nonce: Uint8Array): Uint8Array {
  if (nonce.length !== nonceBytes) throw new Error(`seal: expected a nonce of ${nonceBytes} bytes`);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(owner));
  const body = Buffer.concat([cipher.update(secret), cipher.final()]);
  return new Uint8Array(Buffer.concat([nonce, cipher.getAuthTag(), body]));
}

/** What was sealed. Throws when it was altered, belongs to another owner, or the key is another one. */
export function unseal(key: Uint8Array, sealed: Uint8Array, owner: string): Uint8Array {
  const tagEnd = nonceBytes + tagBytes;
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, nonceBytes))
    .setAAD(Buffer.from(owner))
    .setAuthTag(sealed.subarray(nonceBytes, tagEnd));
  return new Uint8Array(Buffer.concat([decipher.update(sealed.subarray(tagEnd)), decipher.final()]));
}

/** Bytes of randomness that `seal` wants. */
export const sealNonceBytes = nonceBytes;
