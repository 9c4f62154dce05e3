/** From the log's facts and the server's world to what one class of viewers may know. */
import type { SightingView } from '#contract/sighting.ts';
import type { Fact } from '#domain/apply.ts';
import type { World, WorldIncident } from '#domain/world.ts';
import { type ScopeClass, seesIncident, seesWorldIncident, seesTask, seesUnit } from './scope.ts';

/** Sighting views by sighting, of the incidents that a viewer has an open look on. */
export type Views = ReadonlyMap<string, SightingView>;

/** Whether a class is told of a fact. `world` holds what the fact is about: the world after it, or a later one. */
export function seesFact(scope: ScopeClass, world: World, fact: Fact): boolean {
  switch (fact.kind) {
    case 'regionInstalled':
    case 'stationRemoved':
    case 'roadClosed':
    case 'roadOpened':
    case 'cameraStateChanged':
      return true;
    case 'priorsSet':
    case 'deviceRegistered':
      return false;
    case 'handoverSigned':
    case 'handoverTaken':
      return seesHandovers(scope);
    case 'unitCreated':
      return seesUnit(scope, fact.payload.stationId);
    case 'unitStateChanged':
    case 'shiftPlanned':
    case 'shiftChanged':
    case 'shiftCancelled': {
      const unit = world.units[fact.payload.unitId];
      return unit !== undefined && seesUnit(scope, unit.stationId);
    }
    case 'taskOrdered':
    case 'taskAnswered':
    case 'taskResult':
    case 'taskUndone': {
      const task = world.tasks[fact.payload.taskId];
      return task !== undefined && seesTask(scope, world, task);
    }
    case 'incidentArchived':
      return seesIncident(scope, {
        id: fact.payload.incidentId,
        stationId: fact.payload.stationId,
        orderStationIds: fact.payload.orderStationIds ?? [],
      });
    default: {
      const incident = world.incidents[fact.payload.incidentId];
      return incident !== undefined && seesWorldIncident(scope, incident);
    }
  }
}

/** Who leads the county's cases, or works them from the centre: not the wall. */
const seesHandovers = (scope: ScopeClass): boolean => scope.incidents === 'county' && scope.subjects;

/** The fact as sent: with the subject only where she may be shown, with the sighting only inside an open look. */
export function factFor(fact: Fact, shown: { subject: boolean; view: SightingView | undefined }): Fact {
  const { private: kept, ...bare } = fact;
  const parts = {
    ...(shown.subject && kept?.subject && { subject: kept.subject }),
    ...(shown.view && { sighting: shown.view }),
  };
  return Object.keys(parts).length > 0 ? { ...bare, private: parts } : bare;
}

/** The world as a class sees it, with the sightings of open looks. */
export function worldFor(scope: ScopeClass, world: World, views: Views = new Map()): World {
  const units = Object.entries(world.units).filter(([, unit]) => seesUnit(scope, unit.stationId));
  const incidents = Object.entries(world.incidents)
    .filter(([, incident]) => seesWorldIncident(scope, incident))
    .map(([id, incident]) => [id, incidentFor(scope, incident, views)] as const);
  const tasks = Object.entries(world.tasks).filter(([, task]) => seesTask(scope, world, task));
  const { handover, ...rest } = world;
  return {
    ...rest,
    ...(handover && seesHandovers(scope) && { handover }),
    units: Object.fromEntries(units),
    incidents: Object.fromEntries(incidents),
    tasks: Object.fromEntries(tasks),
  };
}

function incidentFor(scope: ScopeClass, incident: WorldIncident, views: Views): WorldIncident {
  const { subject, ...bare } = incident;
  const seen: WorldIncident = scope.subjects && subject ? { ...bare, subject } : bare;
  if (views.size === 0 || incident.state !== 'open') return seen;
  const sightings = Object.entries(incident.sightings).map(([id, sighting]) => {
    const view = views.get(id);
    return [id, view ? { ...sighting, view } : sighting] as const;
  });
  return { ...seen, sightings: Object.fromEntries(sightings) };
}
