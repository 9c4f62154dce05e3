import type { Pending } from '#contract/account.ts';
import type { Crs } from '#contract/common.ts';
import type { Role } from '#contract/incident.ts';

/** Who asks. Every request is turned into one of these before anything else happens. */
export type Actor =
  | {
      kind: 'user';
      userId: string;
      username: string;
      role: Role;
      stationId: string | null;
      sessionId: string;
      /** Absent: nothing. Else the session is good for this alone: choosing a password, or enrolling a second factor. */
      pending?: Pending | null;
    }
  | {
      kind: 'device';
      deviceId: string;
      unitId: string | null;
      protocol: string;
      identifier: string;
      crs: Crs;
    }
  | { kind: 'system'; name: 'setup' | 'region' | 'clock' | 'locating' | 'platform' }
  | { kind: 'anonymous' };

export type UserActor = Extract<Actor, { kind: 'user' }>;

/** Who does what comes with the time alone: what has ended ends, what is over goes. */
export const clockActor = { kind: 'system', name: 'clock' } as const satisfies Actor;

/** The platform that alerts come from, when it says what became of our feedback: by its signature. */
export const platformActor = { kind: 'system', name: 'platform' } as const satisfies Actor;

/** How an actor is written in the log and the audit: never a name. */
export function actorId(actor: Actor): string {
  switch (actor.kind) {
    case 'user':
      return `user:${actor.userId}`;
    case 'device':
      return `device:${actor.deviceId}`;
    case 'system':
      return `system:${actor.name}`;
    case 'anonymous':
      return 'anonymous';
  }
}
