/** Break-glass with its reviews, and what the wall shows of an incident. */
import type { GlassVerdict, GlassView } from '#contract/break-glass.ts';
import type { PinPart, PinnedView } from '#contract/wall-pin.ts';
import { call } from './http.ts';

export type { GlassVerdict, GlassView, PinnedView, PinPart };

const incident = (id: string, rest: string) => `/api/incidents/${encodeURIComponent(id)}/${rest}`;

export const breakGlass = (incidentId: string, reason: string) =>
  call<{ authorityId: string; expiresAt: string }>('POST', incident(incidentId, 'break-glass'), {
    body: { reason },
  });
export const fetchGlassUses = async (signal: AbortSignal): Promise<GlassView[]> =>
  (await call<{ items: GlassView[] }>('GET', '/api/break-glass', { signal })).items;
export const reviewGlass = (authorityId: string, body: { verdict: GlassVerdict; note: string }) =>
  call<unknown>('POST', `/api/break-glass/${encodeURIComponent(authorityId)}/review`, { body });

export const pinToWall = (incidentId: string, accessReason: string, show: readonly PinPart[]) =>
  call<unknown>('POST', incident(incidentId, 'wall-pin'), { accessReason, body: { show } });
export const unpinFromWall = (incidentId: string) =>
  call<unknown>('DELETE', incident(incidentId, 'wall-pin'));
export const fetchPinned = async (signal: AbortSignal): Promise<PinnedView[]> =>
  (await call<{ items: PinnedView[] }>('GET', '/api/wall-pins', { signal })).items;
