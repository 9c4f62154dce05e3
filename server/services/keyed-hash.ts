import { createHmac } from 'node:crypto';

/** HMAC-SHA-256 of a text: equal texts can be found again, but nobody without the key can try out phone numbers. */
export const keyedHash = (key: Uint8Array, text: string): Buffer =>
  createHmac('sha256', key).update(text).digest();

/** JSON with sorted keys: the same facts give the same text, whatever order they came in. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  const fields = Object.entries(value)
    .filter(([, field]) => field !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${fields.map(([key, field]) => `${JSON.stringify(key)}:${canonicalJson(field)}`).join(',')}}`;
}
