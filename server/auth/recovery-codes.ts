/** Codes on paper for the day on which the phone is gone: each is good once. */
import { tokenHash } from './token.ts';

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';
const count = 10;
const bytesEach = 10;

/** Ten codes of 80 random bits, `xxxx-xxxx-xxxx-xxxx`; only their hashes are kept. */
export function newRecoveryCodes(randomBytes: (count: number) => Uint8Array): string[] {
  return Array.from({ length: count }, () => grouped(crockford(randomBytes(bytesEach))));
}

/** As with tokens, a plain hash is enough: there is nothing to guess. */
export const recoveryCodeHash = (code: string): Buffer => tokenHash(normalised(code));

/** Whether a text can be a recovery code at all: 16 letters and digits, however grouped. */
export const looksLikeRecoveryCode = (text: string): boolean =>
  /^[0-9a-hjkmnp-tv-z]{16}$/.test(normalised(text));

/** Crockford: what is written O, I or L is read as the digit that it looks like. */
const normalised = (code: string): string =>
  code.toLowerCase().replaceAll(/[\s-]/g, '').replaceAll('o', '0').replaceAll(/[il]/g, '1');

const grouped = (code: string): string => code.match(/.{4}/g)!.join('-');

function crockford(bytes: Uint8Array): string {
  let bits = 0n;
  for (const byte of bytes) bits = (bits << 8n) | BigInt(byte);
  const length = (bytes.length * 8) / 5;
  return Array.from(
    { length },
    (_, i) => alphabet[Number((bits >> BigInt(5 * (length - 1 - i))) & 31n)],
  ).join('');
}
