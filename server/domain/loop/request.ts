/** A request for her trace: prepared → asked → sent → answered, or failed, or withdrawn. Pure. */
import type { Risk } from '#contract/alert.ts';
import type { RequestState, traceSources } from '#contract/kinds.ts';

/** Where minutes decide: requests are prepared, and a breach calls the bureau's leader. */
export const isGrave = (risk: Risk): boolean => risk === 'extraHigh' || risk === 'high';

export type TraceSource = (typeof traceSources)[number];

/**
 * `asked`: its authority is asked for; `sent`: somebody else approved it. A refused authority leads back to prepared. An
 * answer may come while the paper is still under way, as to a question asked by telephone.
 */
const from: Record<RequestState, readonly RequestState[]> = {
  prepared: ['asked'],
  asked: ['prepared'],
  sent: ['prepared', 'asked'],
  answered: ['asked', 'sent'],
  failed: ['prepared', 'asked', 'sent'],
  withdrawn: ['prepared', 'asked', 'sent'],
};

/** The states from which a request may come to `to`. */
export const requestStatesBefore = (to: RequestState): readonly RequestState[] => from[to];

const open: readonly RequestState[] = ['prepared', 'asked', 'sent'];
export const isOpenRequest = ({ state }: { state: RequestState }): boolean => open.includes(state);

/** Whoever keeps records of strangers answers only to an authority; her family answers to a question. */
export const needsAuthority = (askedOf: TraceSource): boolean => askedOf !== 'family' && askedOf !== 'other';
