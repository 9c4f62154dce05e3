import type { Crs } from '#contract/common.ts';

/** One raw report as an adapter read it: SI units, time in ms since 1970, degrees in `crs`; null where nothing was said. */
export interface Ping {
  /** Whom it is about: a unit, or a device by its identifier; neither means the sender itself. */
  unitId?: string;
  identifier?: string;
  observedAtMs: number;
  lng: number;
  lat: number;
  /** Absent: the device's own system. */
  crs?: Crs;
  accuracyM: number | null;
  speedMps: number | null;
  courseDeg: number | null;
  batteryPct: number | null;
}

/** What an adapter makes of one report: a ping, or why it is none. */
export type Decoded = Ping | { reason: string };

export const isPing = (decoded: Decoded): decoded is Ping => !('reason' in decoded);
