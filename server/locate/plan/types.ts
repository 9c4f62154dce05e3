/** What the planner is asked and what it answers. Times are seconds from now unless they say otherwise. */
import type { SearchMethod } from '#contract/sighting.ts';
import type { UnitKind } from '#contract/unit.ts';
import type { Snap } from '#road/access.ts';
import type { RoadRouter } from '#road/router.ts';
import type { Ground } from '../ground.ts';
import type { Presence } from '../presence.ts';
import type { PlanOptions } from './options.ts';

export interface PlanUnit {
  id: string;
  /** Where it is when it is free: now, or at the end of its present search. */
  at: Snap;
  /** Until then it can do nothing else: the rest of a search, or the way to the next junction. */
  freeInS: number;
  fixAgeS: number;
  moving: boolean;
  kind: UnitKind;
  sworn: number;
  auxiliary: number;
  /** End of its shift. */
  untilS?: number;
  /**
   * What it was told to do. Arrived: it searches, until `freeInS`. Accepted: it drives there, and nobody takes that away.
   * Ordered: it may be told something better.
   */
  current?: { target: number; method: SearchMethod; state: 'ordered' | 'accepted' | 'arrived' };
  /** What the plan before had it do first, where nobody told it yet: a hair's breadth is no reason to suggest another. */
  suggested?: { target: number; method: SearchMethod };
  /** Targets that its crew has refused to go to: they are not planned for it again. */
  refused?: readonly number[];
}

export interface PlanInput {
  ground: Ground;
  router: RoadRouter;
  presence: Presence;
  units: readonly PlanUnit[];
  /** Seconds since the belief's epoch, of which the presence speaks. All other times are seconds from then on. */
  nowS: number;
  /** Worth of a meeting by when it is, at most 1, never growing. Absent: see `defaultSurvival`. */
  survival?: (inS: number) => number;
  options?: Partial<PlanOptions>;
}

export interface Spread {
  p10: number;
  p50: number;
  p90: number;
}

export interface PlannedTask {
  /** Index into `ground.targets`. */
  target: number;
  method: SearchMethod;
  arriveS: Spread;
  /** From the task before it, or from where the unit is. */
  travelTimeS: number;
  serviceS: number;
  /** Probability of finding her if she is there. */
  pod: number;
  /** Probability that she is at the target when the unit looks, and was not found before. */
  poa: number;
  /** Probability that this look finds her, after all that come before it. */
  pos: number;
  /** Nobody of the crew may knock or meet her alone. */
  needsSworn: boolean;
  /** The unit that could be there soonest with a sworn officer. */
  swornFrom: string | null;
  /** Who else could be there soonest, from where it is now. */
  nextBest: { unitId: string; arriveS: number } | null;
  /** The crew has accepted it or is at it. */
  taken: boolean;
}

export interface SearchPlan {
  routes: { unitId: string; tasks: PlannedTask[] }[];
  /** Every minute from 0 to the horizon; never falls. */
  pFoundBy: { minute: number; p: number }[];
  /** Σ P(met at t) · S(t). */
  value: number;
  /** No plan in which each target is looked at once is worth more; Infinity where nobody asked. */
  bound: number;
  /** (bound − value) ÷ bound; 0 when there is nothing to win. */
  gap: number;
}
