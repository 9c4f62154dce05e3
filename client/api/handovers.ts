import type { HandoverDetail, HandoverView } from '#contract/handover.ts';
import { call } from './http.ts';

export const fetchHandovers = async (signal: AbortSignal): Promise<HandoverView[]> =>
  (await call<{ items: HandoverView[] }>('GET', '/api/handovers', { signal })).items;

export const fetchHandover = (id: string, signal: AbortSignal) =>
  call<HandoverDetail>('GET', `/api/handovers/${encodeURIComponent(id)}`, { signal });

export const signHandover = () => call<{ handoverId: string }>('POST', '/api/handovers');

export const takeHandover = (id: string) =>
  call<{ handoverId: string }>('POST', `/api/handovers/${encodeURIComponent(id)}/take`);
