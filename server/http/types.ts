import type { Actor } from '../auth/actor.ts';

/** What every handler finds in its context. */
export interface AppEnv {
  Variables: {
    requestId: string;
    actor: Actor;
    /** Only for a user: how the screen names her. */
    displayName: string | undefined;
  };
}
