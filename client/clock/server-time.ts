/** What a client knows of the server's clock. Pure. */
export interface ServerClock {
  /** Server clock minus this machine's clock, when the server last said. */
  clockOffsetMs: number;
  /** Instant of this machine's clock at which it said so. */
  clockSetAt: number;
  /** Server seconds in a second: 1, but for a demo whose time runs faster or stands still (0). */
  clockRate: number;
}

/** The server's time at `nowMs` of this machine's clock, both ms. */
export const serverTimeAt = (clock: ServerClock, nowMs: number): number =>
  nowMs + clock.clockOffsetMs + (clock.clockRate - 1) * (nowMs - clock.clockSetAt);
