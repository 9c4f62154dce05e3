/** A chunk holds one quarter of an hour of one unit. */
export const windowMs = 900_000;

/** The beginning of the quarter of an hour that an instant lies in; ms since 1970. */
export const windowOf = (atMs: number): number => Math.floor(atMs / windowMs) * windowMs;
