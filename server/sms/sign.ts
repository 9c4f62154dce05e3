/** How the message gateway and this server know each other: HMAC-SHA-256 over time, nonce and body, both ways. */
import { createHmac, timingSafeEqual } from 'node:crypto';

/** How far the other side's clock, and a message under way, may be off. */
export const SIGNATURE_MS = 300_000;

export interface Signed {
  timestamp: string;
  nonce: string;
  signature: string;
}

const digest = (key: string, timestamp: string, nonce: string, body: string): Buffer =>
  createHmac('sha256', key).update(`${timestamp}\n${nonce}\n${body}`).digest();

/** Signs a body; `timestamp` is ms since 1970. */
export function sign(key: string, body: string, nowMs: number, nonce: string): Signed {
  const timestamp = String(nowMs);
  return { timestamp, nonce, signature: digest(key, timestamp, nonce, body).toString('hex') };
}

/** Whether a body was signed with this key a moment ago. The comparison takes the same time wherever they differ. */
export function isSigned(key: string, body: string, signed: Signed, nowMs: number): boolean {
  const { timestamp, nonce, signature } = signed;
  if (!/^\d{13}$/.test(timestamp) || !/^[\w-]{8,64}$/.test(nonce) || !/^[0-9a-f]{64}$/.test(signature))
    return false;
  const same = timingSafeEqual(digest(key, timestamp, nonce, body), Buffer.from(signature, 'hex'));
  return same && Math.abs(nowMs - Number(timestamp)) <= SIGNATURE_MS;
}
