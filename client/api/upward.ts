import type { UpwardState } from '#contract/kinds.ts';
import type { UpwardItem, UpwardList } from '#contract/upward.ts';
import { call } from './http.ts';

export type { UpwardItem, UpwardList };

const at = (messageId: string, verb: string) => `/api/upward/${encodeURIComponent(messageId)}/${verb}`;

export const fetchUpward = (state: UpwardState | undefined, signal: AbortSignal) =>
  call<UpwardList>('GET', '/api/upward', { query: { state, limit: 200 }, signal });
export const retryUpward = (messageId: string) => call<unknown>('POST', at(messageId, 'retry'));
export const markDelivered = (messageId: string) => call<unknown>('POST', at(messageId, 'delivered'));
/** The file of a day's results: a plain link, for the browser saves what comes as an attachment. */
export const upwardFilePath = (day: string, format: 'csv' | 'json') =>
  `/api/upward/file?day=${day}&format=${format}`;
