import type { HoldBody, RetentionClass, RetentionView } from '#contract/retention.ts';
import { call } from './http.ts';

export const fetchRetention = (signal: AbortSignal) =>
  call<RetentionView>('GET', '/api/retention', { signal });
export const setRetention = (name: RetentionClass, body: { days: number; reason: string }) =>
  call<unknown>('PUT', `/api/retention/${name}`, { body });
export const placeHold = (body: HoldBody) => call<unknown>('POST', '/api/holds', { body });
export const liftHold = (id: string, reason: string) =>
  call<unknown>('POST', `/api/holds/${encodeURIComponent(id)}/lift`, { body: { reason } });
