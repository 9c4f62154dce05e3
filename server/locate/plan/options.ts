import { exponential } from './survival.ts';

/** What a plan is made with. The defaults are what the arena's paired runs found best. */
export interface PlanOptions {
  /** How far `pFoundBy` goes. */
  horizonMin: number;
  /** Targets that are weighed against each other, the most promising first. */
  candidates: number;
  /** Tasks in a row for one unit; what comes later will be planned anew anyway. */
  depth: number;
  /** Steps of the local search; fewer where there are few units. */
  steps: number;
  /** The search's first temperature, as a share of the plan's value. */
  temperature: number;
  /**
   * What it costs to turn round a unit that was ordered somewhere, or to suggest another look first, as a share of the
   * plan's value. Without it every fact gives a far but likely place to another unit, and nobody ever gets there.
   */
  keep: number;
  /** Two looks that see more than this share of each other's chance are not planned together. */
  overlap: number;
  /** Driving time of a police car relative to the road engine's. */
  travelFactor: number;
  /** Whether places may also be driven past, which is quicker and finds less. */
  driveBy: boolean;
  /** Whether to work out how good a plan could be at most. */
  bound: boolean;
  /** Decides every draw of the search. */
  seed: number;
}

export const defaultOptions: PlanOptions = {
  horizonMin: 30,
  candidates: 120,
  depth: 5,
  steps: 6000,
  temperature: 0.004,
  keep: 0.01,
  overlap: 0.3,
  travelFactor: 1,
  driveBy: true,
  bound: true,
  seed: 1,
};

/**
 * When nothing is known of the money, a meeting is worth e⁻¹ less for every ten minutes that it comes later. That is
 * not a hazard of the money but the horizon at which planning pays: new facts come every few minutes and overthrow
 * what was planned for later, and of the discounts tried in the arena (6 to 25 min) 10 min found her soonest.
 */
export const defaultSurvival = exponential(600);
