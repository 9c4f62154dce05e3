import type { ClosureBody, ClosureReply, ClosureView, StretchReply } from '#contract/closure.ts';
import type { SpeedsReply } from '#contract/speed.ts';
import { call } from './http.ts';

export const fetchClosures = (signal?: AbortSignal) =>
  call<{ items: ClosureView[] }>('GET', '/api/road/closures', { signal });
export const fetchStretch = (lng: number, lat: number, signal?: AbortSignal) =>
  call<StretchReply>('GET', '/api/road/stretch', { query: { lng, lat }, signal });
export const closeRoad = (body: Pick<ClosureBody, 'position' | 'untilAt' | 'reason'>) =>
  call<ClosureReply>('POST', '/api/road/closures', { body });
export const openRoad = (closureId: string) =>
  call<unknown>('DELETE', `/api/road/closures/${encodeURIComponent(closureId)}`);

export const fetchSpeeds = (signal?: AbortSignal) => call<SpeedsReply>('GET', '/api/road/speeds', { signal });
export const setSpeedsInUse = (inUse: boolean) =>
  call<unknown>('PATCH', '/api/road/speeds', { body: { inUse } });
