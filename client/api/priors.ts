import type { ScamType } from '#contract/alert.ts';
import type { PriorBody, PriorsReply } from '#contract/prior.ts';
import { call } from './http.ts';

export const fetchPriors = (signal: AbortSignal) => call<PriorsReply>('GET', '/api/priors', { signal });
export const setPriors = (scamType: ScamType, body: PriorBody) =>
  call<unknown>('PUT', `/api/priors/${scamType}`, { body });
