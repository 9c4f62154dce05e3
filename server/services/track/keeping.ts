/** How long positions are kept, and as what. */
export interface TrackKeeping {
  /** UTC days, today's among them, that stay as rows: what comes late comes mostly within a day. */
  hotDays: number;
  /** Days that chunks are kept. */
  retainDays: number;
}

export const trackKeeping: TrackKeeping = { hotDays: 2, retainDays: 90 };

export const dayMs = 86_400_000;

/** The beginning of the UTC day that lies `days` days before that of `nowMs`. */
export const startOfDayBefore = (nowMs: number, days: number): number =>
  (Math.floor(nowMs / dayMs) - days) * dayMs;

/** What was observed before this instant belongs into chunks. */
export const hotFrom = (nowMs: number, { hotDays }: TrackKeeping): number =>
  startOfDayBefore(nowMs, hotDays - 1);
