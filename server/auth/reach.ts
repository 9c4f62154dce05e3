import type { Actor } from './actor.ts';
import { type Action, rules } from './policy.ts';

/** How far a list reaches: everything, or what belongs to a station and the incidents that a user is on. */
export type ListReach = 'all' | { stationId: string | null; userId: string };

/** The filter that makes a list agree with `can`. Ask only for actions that the actor may do at all. */
export function listReach(actor: Actor, action: Action): ListReach {
  if (actor.kind !== 'user') return 'all';
  switch (rules[actor.role][action]) {
    case 'station':
      return { stationId: actor.stationId, userId: actor.userId };
    case 'member':
      return { stationId: null, userId: actor.userId };
    default:
      return 'all';
  }
}
