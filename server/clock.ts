/** The only place that reads the time. Everything else is given a clock, so that tests and replay can hold it. */
export interface Clock {
  /** Milliseconds since 1970, UTC. */
  now(): number;
}

export const systemClock: Clock = { now: () => Date.now() };

/** ISO 8601 UTC of the clock's now. */
export const nowIso = (clock: Clock): string => new Date(clock.now()).toISOString();
