/** Work that comes round again and again while the server runs. */
export interface Job {
  /** As the log and the metrics name it, e.g. `compactTracks`. */
  readonly name: string;
  /** From the beginning of one turn to that of the next, ms. A turn that takes longer delays the next one. */
  readonly everyMs: number;
  /** From the server's start to the first turn, ms; without it the first turn waits `everyMs` too. */
  readonly firstAfterMs?: number;
  /**
   * One turn. It may throw: that is logged and counted, and the next turn comes as usual, so a turn must leave its
   * work in a state from which the next one goes on. `signal` aborts when the server stops: leave at the next point
   * where that is so.
   */
  run(signal: AbortSignal): Promise<void>;
}
