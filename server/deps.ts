/** What the server's parts are given by the composition root; tests build their own. */
import type { RoadRouter } from '#road/router.ts';
import type { Database } from '../db/connect.ts';
import type { Clock } from './clock.ts';
import type { Metrics } from './http/metrics.ts';
import type { Live } from './live/live.ts';
import type { Logger } from './log.ts';
import type { InstalledRegion } from './region/store.ts';
import type { Bus } from './stream/bus.ts';

/** What a service needs to change something. */
export interface ServiceDeps {
  clock: Clock;
  database: Database;
  log: Logger;
  /** Cryptographic randomness; injected so that tests can repeat. */
  randomBytes: (count: number) => Uint8Array;
  /** Keyed hashing of phone numbers and alerts: the key never leaves the database. */
  hashKey: Uint8Array;
  /** Told after each commit: the tail of the log and the streams listen. */
  bus: Bus;
}

/** What the routes need beside the services. */
export interface AppDeps extends ServiceDeps {
  metrics: Metrics;
  demo: boolean;
  /** The server itself speaks TLS. */
  https: boolean;
  region: InstalledRegion | null;
  router: RoadRouter | null;
  live: Live;
  /** Folder of the built client; absent in tests and while the client is served by its own tool. */
  clientDir?: string;
}
