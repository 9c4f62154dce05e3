/** Codes of an authenticator app: RFC 6238 with its defaults, which every app knows (SHA-1, six digits, 30 s). */
import { Secret, TOTP } from 'otpauth';

const periodS = 30;
/** Clocks of phones are off by seconds; a code typed at its end arrives in the next step. */
const windowSteps = 1;
export const totpSecretBytes = 20;

/** The secret as one types it, and the address that the QR code holds. */
export function totpDetails(
  secret: Uint8Array,
  { issuer, label }: { issuer: string; label: string },
): { secret: string; uri: string } {
  const totp = totpOf(secret, { issuer, label });
  return { secret: totp.secret.base32, uri: totp.toString() };
}

/** The time step whose code this is, within a step of now; undefined for a wrong one. */
export function totpStep(secret: Uint8Array, code: string, nowMs: number): number | undefined {
  const digits = code.replaceAll(/[\s-]/g, '');
  if (!/^\d{6}$/.test(digits)) return undefined;
  const delta = totpOf(secret).validate({ token: digits, timestamp: nowMs, window: windowSteps });
  return delta === null ? undefined : Math.floor(nowMs / 1000 / periodS) + delta;
}

function totpOf(secret: Uint8Array, names: { issuer?: string; label?: string } = {}): TOTP {
  const { buffer, byteOffset, byteLength } = secret;
  const copy = buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer;
  return new TOTP({ secret: new Secret({ buffer: copy }), digits: 6, period: periodS, ...names });
}
