/**
 * What a track matcher believes of fixes and drivers: the costs whose sum the most likely path makes smallest.
 *
 * A hidden Markov model in the manner of Newson and Krumm (2009, 'Hidden Markov map matching through noise and
 * sparseness'): being off the road is unlikely, and so is a way between two fixes that is longer than need be. All
 * costs are metres of detour: as unlikely as driving that much farther than necessary (one nat is the model's beta).
 * The detour is counted as the plain length of the way, without subtracting the straight line between the fixes: that
 * is the same for all ways between them, and without it one search serves all candidates of a fix.
 */

/** One reported position of a track. */
export interface TrackFix {
  lng: number;
  lat: number;
  /** Milliseconds since 1970; not before the fix before. */
  observedAtMs: number;
  accuracyM?: number | null;
  speedMps?: number | null;
  courseDeg?: number | null;
}

export interface MatchModel {
  /** Fixes nearer than this to the one before say nothing new: noise, or a car that waits. */
  spacingM: number;
  /** Candidates lie within this of the fix; when there is none, within `farReachM`. */
  reachM: number;
  farReachM: number;
  /** At most so many edges are candidates, the nearest. */
  candidates: number;
  /** Metres of detour that `offM` metres off the road are worth: `perSquare · offM²`, and beyond `tailM` only straight on. */
  perSquare: number;
  tailM: number;
  /**
   * Errors of fixes that follow each other closely are the same error, so a fix weighs by the metres since the one
   * before, up to so many: `perSquare` times (metres / `spacingM`) to the power of `sparseness`.
   */
  sparseness: number;
  independentM: number;
  /** A reported course across the road, and one against it, for a unit that moves at more than `courseFromMps`. */
  courseM: number;
  courseFromMps: number;
  /** A turn by 90°; bends below 30° are free. */
  turnM: number;
  /** Turning round on the road or at a junction; at a dead end half of that. */
  uTurnM: number;
  /** A fix that belongs to no road, and getting off the network or onto it. */
  offRoadM: number;
  crossingM: number;
  /** Share of a way's cost that is its time (at `meanSpeedKmh`), the rest its length: people prefer quick roads. */
  timeShare: number;
  meanSpeedKmh: number;
  /** Ways up to so many times the straight line, and so much more, are looked at. */
  detourFactor: number;
  detourM: number;
  /** Nobody drives faster; and who was silent for longer than `maxGapS` and is `maxGapM` farther on begins a new path. */
  maxSpeedMps: number;
  maxGapS: number;
  maxGapM: number;
}

/** Chosen on one half of the tracks that `npm run bench:match` runs on, and reported on the other. */
export const defaultModel: MatchModel = {
  spacingM: 10,
  reachM: 40,
  farReachM: 150,
  candidates: 12,
  perSquare: 0.0065,
  tailM: 30,
  sparseness: 1.6,
  independentM: 160,
  courseM: 30,
  courseFromMps: 3,
  turnM: 60,
  uTurnM: 100,
  offRoadM: 360,
  crossingM: 150,
  timeShare: 0.5,
  meanSpeedKmh: 40,
  detourFactor: 4,
  detourM: 1000,
  maxSpeedMps: 60,
  maxGapS: 600,
  maxGapM: 3000,
};
