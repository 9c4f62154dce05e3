import type { AddressReply, HandOverBody, HomeBody } from '#contract/address.ts';
import { call } from './http.ts';

export type { AddressReply } from '#contract/address.ts';

/** Where a written address may be, the likeliest first. */
export const searchAddresses = (q: string, limit: number, signal: AbortSignal) =>
  call<AddressReply>('POST', '/api/addresses', { body: { q, limit }, signal });

const at = (id: string, verb: string) => `/api/incidents/${encodeURIComponent(id)}/${verb}`;

export const setHome = (incidentId: string, body: HomeBody) =>
  call<unknown>('POST', at(incidentId, 'home'), { body });
export const handOver = (incidentId: string, body: HandOverBody) =>
  call<unknown>('POST', at(incidentId, 'hand-over'), { body });
export const undoHandOver = (incidentId: string) => call<unknown>('DELETE', at(incidentId, 'hand-over'));
