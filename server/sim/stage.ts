/** What everybody in the simulator's world shares. */
import type { Random } from '#domain/random.ts';
import type { SimSession } from './api.ts';
import type { Episode } from './episode.ts';
import type { FindRoute, SimRegion } from './region.ts';
import type { Script } from './script.ts';
import type { Trip } from './travel.ts';
import type { SimUnit } from './unit.ts';

/** The people at their desks, and the platform that sends alerts through a gateway's token. */
export interface Desk {
  operator: SimSession;
  leader: SimSession;
  trace: SimSession;
  /** Hands in an alert the way the provincial platform does. */
  platform(alert: unknown): Promise<{ alertId: string; incidentId: string }>;
  /** Hands in positions of many devices at once, as a gateway does. */
  gateway(positions: unknown[]): Promise<void>;
}

export interface Stage {
  baseUrl: string;
  region: SimRegion;
  findRoute: FindRoute;
  desk: Desk;
  fleet: SimUnit[];
  script: Script;
  random: Random;
  now(): number;
  /** Demo seconds in a second: what asks the server again and again asks no oftener than once in this many seconds. */
  pace(): number;
  say: (line: string) => void;
  /** Episodes under way by their incident. */
  episodes: Map<string, Episode>;
  /** A history is being made: nobody at a desk takes part, so nobody is watched for. */
  alone: boolean;
  /** The crews look at their orders soon. */
  ordersChanged(): void;
  /** Whether a unit that takes this trip sees somebody on its way. */
  watchFor(unit: SimUnit, trip: Trip, fromMs: number): void;
}
