/** How this server and others that speak for their house know each other: HMAC-SHA-256 over time, nonce and body, both ways. */
import { createHmac, timingSafeEqual } from 'node:crypto';

/** How far the other side's clock, and a message under way, may be off. */
export const SIGNATURE_MS = 300_000;

const names = {
  /** Milliseconds since 1970. */
  timestamp: 'x-jianmian-timestamp',
  nonce: 'x-jianmian-nonce',
  /** Hexadecimal. */
  signature: 'x-jianmian-signature',
} as const;

const mac = (key: string, timestamp: string, nonce: string, body: string): Buffer =>
  createHmac('sha256', key).update(`${timestamp}\n${nonce}\n${body}`).digest();

/** The headers of a body that is sent at `nowMs`. `nonce`: 8 to 64 letters, digits, `_` or `-`. */
export function signedHeaders(
  key: string,
  body: string,
  nowMs: number,
  nonce: string,
): Record<string, string> {
  const timestamp = String(nowMs);
  return {
    [names.timestamp]: timestamp,
    [names.nonce]: nonce,
    [names.signature]: mac(key, timestamp, nonce, body).toString('hex'),
  };
}

/** Whether a body was signed with this key a moment ago. The comparison takes the same time wherever they differ. */
export function isSigned(
  key: string,
  body: string,
  header: (name: string) => string | undefined,
  nowMs: number,
): boolean {
  const [timestamp, nonce, signature] = [
    header(names.timestamp) ?? '',
    header(names.nonce) ?? '',
    header(names.signature) ?? '',
  ];
  if (!/^\d{13}$/.test(timestamp) || !/^[\w-]{8,64}$/.test(nonce) || !/^[0-9a-f]{64}$/.test(signature))
    return false;
  const same = timingSafeEqual(mac(key, timestamp, nonce, body), Buffer.from(signature, 'hex'));
  return same && Math.abs(nowMs - Number(timestamp)) <= SIGNATURE_MS;
}
