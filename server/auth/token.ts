import { createHash, randomBytes } from 'node:crypto';

/** A new secret token, 32 random bytes as base64url, and the hash under which alone it is stored. */
export function newToken(): { token: string; hash: Buffer } {
  const token = randomBytes(32).toString('base64url');
  return { token, hash: tokenHash(token) };
}

/** SHA-256 is enough here: the token has 256 random bits, there is nothing to guess slowly. */
export const tokenHash = (token: string): Buffer => createHash('sha256').update(token).digest();

/** Whether a text has the shape of a token; others need no look into the database. */
export const looksLikeToken = (text: string): boolean => /^[A-Za-z0-9_-]{43}$/.test(text);
