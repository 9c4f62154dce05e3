/** Same-day clear, and what became of her money. */
import type { CarryBody, ClearBoard, ClearItem } from '#contract/clear.ts';
import type { OutcomeBody, OutcomeView } from '#contract/outcome.ts';
import { call } from './http.ts';

export type { ClearBoard, ClearItem, OutcomeView };

export const fetchClear = (day: string | undefined, signal: AbortSignal) =>
  call<ClearBoard>('GET', '/api/clear', { query: { day }, signal });
export const carryOver = (incidentId: string, body: CarryBody) =>
  call<unknown>('POST', `/api/clear/${encodeURIComponent(incidentId)}`, { body });

const outcomes = (incidentId: string) => `/api/incidents/${encodeURIComponent(incidentId)}/outcomes`;
export const fetchOutcomes = async (incidentId: string, signal: AbortSignal): Promise<OutcomeView[]> =>
  (await call<{ items: OutcomeView[] }>('GET', outcomes(incidentId), { signal })).items;
export const reportOutcome = (incidentId: string, body: OutcomeBody) =>
  call<unknown>('POST', outcomes(incidentId), { body });
