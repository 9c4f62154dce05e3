/**
 * Where she may be and who looks where, as the open look shows it: of the incident that is open at this desk, and of no
 * other. All of it is dropped with the look.
 */
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { BelievedPlace, BeliefMark, LocateLook, PlanView, PosteriorView } from '../../api/locate.ts';

/** What was believed at one moment, and what was to be done about it. */
export interface Belief {
  posterior: PosteriorView;
  plan: PlanView;
}

export interface Locate {
  /** Null: no look is open. */
  look: LocateLook | null;
  /** The newest; it stays until a newer one is there. */
  now: Belief | null;
  /** What went wrong when it was last asked for. */
  error: unknown;
  /** The moments that one can go back to; null until somebody wants to. */
  marks: readonly BeliefMark[] | null;
  /** The moment that is looked back at; while its belief is on its way, the one that was on the screen before stays. */
  past: { mark: BeliefMark; belief: Belief | null; loading: boolean } | null;
  /** Moments that were looked at, by language, seq and time: they do not change. */
  visited: Readonly<Record<string, Belief>>;
  /** Suggestion (`keyOf`) that the keys act upon. */
  selected: string | null;
  /** Place that is unfolded in the list, and unit whose way stands out on the map. */
  placeId: string | null;
  unitId: string | null;
  /** Which look on the map each unit of the plan has. */
  looks: Readonly<Record<string, number>>;
  /** Suggestion → why it is not wanted; until another fact changes the belief. */
  refused: { seq: number; reasons: Readonly<Record<string, string>> };
}

const nothing: Locate = {
  look: null,
  now: null,
  error: null,
  marks: null,
  past: null,
  visited: {},
  selected: null,
  placeId: null,
  unitId: null,
  looks: {},
  refused: { seq: -1, reasons: {} },
};

export const locateStore = createStore<Locate>()(() => nothing);
export const useLocate = <T>(select: (locate: Locate) => T): T => useStore(locateStore, select);
export const setLocate = (change: Partial<Locate>) => locateStore.setState(change);

/** The look is over, or another incident is open: nothing of it may stay. */
export const forgetLocate = () => locateStore.setState(nothing, true);

/** What is on the screen: the newest, unless somebody looks back. */
export const shown = ({ now, past }: Locate): Belief | null => past?.belief ?? now;

/** A place, segment or street of the belief on the screen, whether the region's lists have it or not. */
export const believedPlace = (placeId: string): BelievedPlace | undefined =>
  shown(locateStore.getState())?.posterior.places.find(place => place.placeId === placeId);

export const refuse = (key: string, reason: string) => {
  const { now, refused } = locateStore.getState();
  const seq = now?.posterior.seq ?? -1;
  const reasons = refused.seq === seq ? refused.reasons : {};
  setLocate({ refused: { seq, reasons: { ...reasons, [key]: reason } } });
};
