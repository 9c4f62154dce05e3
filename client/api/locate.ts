import type { PlanView, PlannedTask, Question } from '#contract/plan.ts';
import type { BelievedPlace, BeliefMark, PosteriorView } from '#contract/posterior.ts';
import type { Lang } from '../map/scene.ts';
import { call } from './http.ts';

export type { BelievedPlace, BeliefMark, PlannedTask, PlanView, PosteriorView, Question };

/** Each of these is a look at the trace: it goes with the reason that opened it. */
export interface LocateLook {
  incidentId: string;
  accessReason: string;
}
interface When {
  lang: Lang;
  /** As it was believed when the log had come so far; absent: now. */
  seq?: number | undefined;
}

const at = (id: string, rest: string) => `/api/incidents/${encodeURIComponent(id)}/${rest}`;
const asking = <T>(
  { incidentId, accessReason }: LocateLook,
  what: string,
  query: object,
  signal?: AbortSignal,
) => call<T>('GET', at(incidentId, what), { accessReason, signal, query: { ...query } });

export const fetchPosterior = (look: LocateLook, when: When, signal?: AbortSignal) =>
  asking<PosteriorView>(look, 'posterior', when, signal);
export const fetchPlan = (look: LocateLook, when: When, signal?: AbortSignal) =>
  asking<PlanView>(look, 'plan', when, signal);
export const fetchBeliefs = async (look: LocateLook, signal?: AbortSignal): Promise<BeliefMark[]> =>
  (await asking<{ items: BeliefMark[] }>(look, 'beliefs', {}, signal)).items;
