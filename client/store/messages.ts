/** What windows and the stream hub say to each other over a MessagePort. */
import type { SightingView } from '#contract/sighting.ts';
import type { Fact } from '#domain/apply.ts';
import type { World } from '#domain/world.ts';
import type { ServerClock } from '../clock/server-time.ts';

/** How the one connection to the server is doing. Instants are ms of this machine's clock. */
export interface Link extends ServerClock {
  state: 'idle' | 'connecting' | 'live' | 'waiting' | 'signedOut' | 'incompatible';
  /** When the server was last heard; null before the first time. */
  heardAt: number | null;
  /** Seconds that the server's data was behind when it last said so. */
  dataAgeS: number;
  /** When the next attempt is due, while waiting. */
  retryAt: number | null;
}

export const idleLink: Link = {
  state: 'idle',
  heardAt: null,
  dataAgeS: 0,
  clockOffsetMs: 0,
  clockSetAt: 0,
  clockRate: 1,
  retryAt: null,
};

export type ToHub =
  /** A window joins on behalf of a signed-in user; another user's world is dropped first. */
  | { type: 'hello'; userId: string }
  /** Now and then, so that windows which vanished without a word can be told from silent ones. */
  | { type: 'alive'; userId: string }
  /** The tab shows again: do not sit out the back-off. */
  | { type: 'wake' }
  /** The trace of an incident was opened by this window. */
  | { type: 'trace'; incidentId: string; reason: string; sightings: SightingView[] }
  | { type: 'signOut' }
  | { type: 'bye' };

export type FromHub =
  | {
      type: 'world';
      world: World;
      positions: Uint8Array;
      madeAt: number;
      traceReasons: Record<string, string>;
    }
  | { type: 'fact'; fact: Fact }
  /** 16-byte records (#contract/stream.ts); ages count from `madeAt`, ms of the server's clock. */
  | { type: 'positions'; bytes: Uint8Array; madeAt: number }
  | { type: 'trace'; incidentId: string; reason: string; sightings: SightingView[] }
  | { type: 'revoked'; incidentId: string }
  | { type: 'link'; link: Link };

/** As much of a MessagePort as the hub needs. */
export interface HubPort {
  postMessage(message: FromHub): void;
}
