/** Messages between bureaux: HMAC-SHA-256 over the time and the body, good for five minutes. */
import { createHmac, timingSafeEqual } from 'node:crypto';

export const timestampHeader = 'X-Jianmian-Timestamp';
export const signatureHeader = 'X-Jianmian-Signature';
/** The clocks of two houses differ; an older message is one that somebody recorded. */
const mostSkewS = 300;

const mac = (key: string, timestamp: string, body: string): Buffer =>
  createHmac('sha256', key).update(`${timestamp}.${body}`).digest();

/** The headers of a body that is sent at `nowMs`: seconds since 1970, and the signature in hexadecimal. */
export function signed(key: string, body: string, nowMs: number): Record<string, string> {
  const timestamp = String(Math.floor(nowMs / 1000));
  return {
    [timestampHeader]: timestamp,
    [signatureHeader]: `sha256=${mac(key, timestamp, body).toString('hex')}`,
  };
}

interface Signature {
  timestamp: string | undefined;
  signature: string | undefined;
}

/** Whether a body came from who has the key, not longer ago than five minutes. */
export function isSigned(
  key: string,
  body: string,
  { timestamp, signature }: Signature,
  nowMs: number,
): boolean {
  if (!timestamp || !/^\d{1,12}$/.test(timestamp)) return false;
  if (Math.abs(nowMs / 1000 - Number(timestamp)) > mostSkewS) return false;
  const [, hex] = /^sha256=([0-9a-f]{64})$/.exec(signature ?? '') ?? [];
  return hex !== undefined && timingSafeEqual(Buffer.from(hex, 'hex'), mac(key, timestamp, body));
}
