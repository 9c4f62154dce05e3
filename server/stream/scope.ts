/** Which part of the world a viewer may see. Viewers who see the same share one class, and its frames. */
import type { Fact } from '#domain/apply.ts';
import { givesSight, orderStations } from '#domain/loop/order.ts';
import type { World, WorldIncident, WorldTask } from '#domain/world.ts';
import type { UserActor } from '../auth/actor.ts';
import { type Action, can } from '../auth/policy.ts';

/** A signed-in user: nobody else gets a stream. */
export type Viewer = UserActor;

export interface ScopeClass {
  /** Equal for viewers who see exactly the same. */
  key: string;
  /** 'none' is also a station role without a station. */
  units: 'county' | 'station' | 'none';
  incidents: 'county' | 'station' | 'none';
  stationId: string | null;
  /** Incidents beyond these that the viewer is a member of. */
  alsoIncidents: ReadonlySet<string>;
  /** Whether the masked subject is shown; the wall shows nobody. */
  subjects: boolean;
  /** Whether tasks are shown, of units and incidents in reach; the wall shows none. */
  tasks: boolean;
}

/** The class of a viewer, asked of the policy. It changes with the incidents that he is a member of. */
export function scopeOf(viewer: Viewer, world: World): ScopeClass {
  const incidents = reach(viewer, 'incident.read');
  const units = reach(viewer, 'unit.list');
  const stationId = incidents === 'station' || units === 'station' ? viewer.stationId : null;
  const subjects = can(viewer, 'incident.readSubject') === 'allow';
  const tasks = can(viewer, 'task.read') === 'allow';
  const beyond =
    incidents === 'county'
      ? []
      : Object.values(world.incidents).filter(
          incident =>
            incident.members.includes(viewer.userId) && can(viewer, 'incident.read', incident) === 'allow',
        );
  const others = beyond.filter(
    incident => incidents !== 'station' || !ofStation(stationId, seenBy(incident)),
  );
  const alsoIncidents = new Set(others.map(({ id }) => id));
  const key = [units, incidents, stationId, subjects, tasks, ...[...alsoIncidents].sort()].join(' ');
  return { key, units, incidents, stationId, alsoIncidents, subjects, tasks };
}

function reach(viewer: Viewer, action: Action): 'county' | 'station' | 'none' {
  if (can(viewer, action, { stationId: null, members: [] }) === 'allow') return 'county';
  const own =
    viewer.stationId !== null &&
    can(viewer, action, { stationId: viewer.stationId, members: [] }) === 'allow';
  return own ? 'station' : 'none';
}

export const seesUnit = (scope: ScopeClass, stationId: string | null): boolean =>
  scope.units === 'county' || (scope.units === 'station' && stationId === scope.stationId);

/** As much of an incident as decides who sees it. */
interface Seen {
  id: string;
  stationId: string | null;
  /** Stations that hold an order for it. */
  orderStationIds: readonly string[];
}

export const seesIncident = (scope: ScopeClass, { id, ...incident }: Seen): boolean =>
  scope.incidents === 'county' ||
  (scope.incidents === 'station' && ofStation(scope.stationId, incident)) ||
  scope.alsoIncidents.has(id);

function ofStation(own: string | null, { stationId, orderStationIds }: Omit<Seen, 'id'>): boolean {
  return stationId === own || (own !== null && orderStationIds.includes(own));
}

/** As `seesIncident`, of an incident of the world; who sees the county does not wait for its orders to be gone through. */
export const seesWorldIncident = (scope: ScopeClass, incident: WorldIncident): boolean =>
  scope.incidents === 'county' || seesIncident(scope, seenBy(incident));

/** An incident of the world with the stations that see it. */
const seenBy = ({ id, stationId, loop }: WorldIncident): Seen => ({
  id,
  stationId,
  orderStationIds: orderStations(loop.orders),
});

/** A task belongs to its unit's station and to its incident's: each of the two sees it. */
export function seesTask(
  scope: ScopeClass,
  world: World,
  { unitId, incidentId }: Pick<WorldTask, 'unitId' | 'incidentId'>,
): boolean {
  if (!scope.tasks) return false;
  const unit = world.units[unitId];
  const incident = world.incidents[incidentId];
  return (
    (unit !== undefined && seesUnit(scope, unit.stationId)) ||
    (incident !== undefined && seesWorldIncident(scope, incident))
  );
}

/** Whether a fact puts something at the class's station that was not there, or takes away what was. */
export const movesStation = ({ stationId }: ScopeClass, fact: Fact): boolean =>
  stationId !== null &&
  (fact.kind === 'stationAssigned' ||
    fact.kind === 'stationRemoved' ||
    fact.kind === 'orderIssued' ||
    (fact.kind === 'orderMoved' && !givesSight({ state: fact.payload.to }))) &&
  fact.payload.stationId === stationId;
