import type { TransactionContext } from '../../db/transaction.ts';
import { type Actor, actorId } from './actor.ts';
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

/** For whom a transaction works: row-level security (0011_scope.sql) keeps from it what `can` would keep from the actor. */
export const contextOf = (actor: Actor): TransactionContext => ({
  actor: actorId(actor),
  settings: settingsOf(actor),
});

/** As `contextOf`, after the audit row of a look at an incident's trace is committed: its sightings and beliefs may be read. */
export const lookContextOf = (actor: Actor, incidentId: string, nowMs: number): TransactionContext => ({
  actor: actorId(actor),
  settings: { ...settingsOf(actor), trace: incidentId, at: new Date(nowMs).toISOString() },
});

function settingsOf(actor: Actor): Record<string, string> {
  switch (actor.kind) {
    case 'system':
      return { reach: 'system' };
    case 'anonymous':
      return {};
    case 'device':
      // A gateway hands in alerts for persons who may be known already; it is answered with ids alone.
      if (actor.protocol === 'gateway') return { reach: 'all', vault: 'on' };
      return { reach: 'none', unit: actor.unitId ?? '' };
    case 'user': {
      const may = rules[actor.role];
      return {
        reach: may['incident.read'] ?? 'none',
        user: actor.userId,
        station: actor.stationId ?? '',
        vault: may['incident.readSubject'] ? 'on' : '',
        reviews: may['breakGlass.review'] ? 'on' : '',
      };
    }
  }
}
