import type { ClockTargetBody, ClockTargetView } from '#contract/clock.ts';
import { call } from './http.ts';

export type { ClockTargetView };

export const fetchClockTargets = async (signal: AbortSignal): Promise<ClockTargetView[]> =>
  (await call<{ items: ClockTargetView[] }>('GET', '/api/clock-targets', { signal })).items;
export const setClockTarget = (body: ClockTargetBody) => call<unknown>('PUT', '/api/clock-targets', { body });
