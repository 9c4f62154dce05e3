/** What the server's parts are given by the composition root; tests build their own. */
import type { RoadRouter } from '#road/router.ts';
import type { Database } from '../db/connect.ts';
import type { AddressBook } from './address/book.ts';
import type { SignInSettings } from './auth/sign-in-settings.ts';
import type { Clock } from './clock.ts';
import type { Foresight } from './clocks/foresight.ts';
import type { Metrics } from './http/metrics.ts';
import type { Live } from './live/live.ts';
import type { Locating } from './locating/locating.ts';
import type { TableSource } from './locating/tables.ts';
import type { Roads } from './live/roads.ts';
import type { Logger } from './log.ts';
import type { RegionInUse } from './region/in-use.ts';
import type { Simulator } from './sim/control.ts';
import type { SmsGateway } from './sms/gateway.ts';
import type { Bus } from './stream/bus.ts';
import type { Platform } from './upward/platform.ts';
import type { OutsideRoads } from './valhalla/fallback.ts';

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
  /** Reads written addresses; without it they stay text. */
  addresses?: AddressBook;
  /** Sends warnings by message, where one is set up. */
  sms?: SmsGateway;
}

/** A region as threads take it. */
interface Ground {
  /** The road file, shared. */
  road: SharedArrayBuffer;
  tables: TableSource;
}

/** What the routes need beside the services. */
export interface AppDeps extends ServiceDeps {
  metrics: Metrics;
  demo: boolean;
  /** Second factors, proxies and client certificates; absent: nothing is asked beside the password, nobody forwards. */
  signIn?: SignInSettings;
  /** The server itself speaks TLS. */
  https: boolean;
  region: RegionInUse;
  /** Where versions of the region lie. */
  dataDir: string;
  /** The region's roads as they were imported; what is closed, and how fast one drives today, `roads` knows. */
  router: RoadRouter | null;
  /** Asked before our own engine, where one is set. */
  outsideRoads?: OutsideRoads;
  /** Default: over `router`. */
  roads?: Roads;
  addresses: AddressBook;
  /** Where subjects may be, and who should look where; absent without a region. */
  locating?: Locating;
  /** What forks of a case are run on; absent without a region. */
  forks?: Ground;
  live: Live;
  /** When what remains of open incidents will be done. */
  foresight: Foresight;
  /** The platform that alerts come from, where one is set. */
  upward?: Platform;
  /** Only in a demo. */
  simulator?: Simulator;
  /** Folder of the built client; absent in tests and while the client is served by its own tool. */
  clientDir?: string;
}
