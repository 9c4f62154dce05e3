/** What tasking needs of a belief: how likely she is at each target, at some moments from now on. */
export interface Presence {
  /** Seconds from now, ascending, the first 0. */
  inS: Float64Array;
  /** Row-major targets × moments: probability that she stands at the target (in it, parked, or on foot) then. */
  at: Float32Array;
  /** Probability that she is on the road now: what interception can win. */
  driving: number;
}
