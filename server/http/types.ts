import type { Actor } from '../auth/actor.ts';
import type { Peer } from './peer.ts';

/** What every handler finds in its context. */
export interface AppEnv {
  Variables: {
    requestId: string;
    peer: Peer;
    actor: Actor;
    /** Only for a user: how the screen names her. */
    displayName: string | undefined;
  };
}
