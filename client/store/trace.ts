import type { SightingView } from '#contract/sighting.ts';
import { withoutTrace } from '#domain/apply.ts';
import type { World, WorldIncident, WorldSighting } from '#domain/world.ts';

/** The world with what a look has shown of one incident; sightings that the log has not told of yet are added. */
export function withTrace(world: World, incidentId: string, views: readonly SightingView[]): World {
  const incident = world.incidents[incidentId];
  if (!incident) return world;
  const sightings = { ...incident.sightings };
  for (const view of views) sightings[view.id] = { ...(sightings[view.id] ?? unseen(view)), view };
  return withIncident(world, { ...incident, sightings });
}

/** The world after the authority ended: the sightings' existence stays known, what they say does not. */
export function withoutTraceOf(world: World, incidentId: string): World {
  const incident = world.incidents[incidentId];
  return incident ? withIncident(world, withoutTrace(incident)) : world;
}

/** True when this viewer holds what the sightings say. */
export function hasTrace(incident: WorldIncident): boolean {
  return Object.values(incident.sightings).some(sighting => sighting.view !== undefined);
}

function unseen(view: SightingView): WorldSighting {
  const { id, observedAt, receivedAt, detail } = view;
  return { id, kind: detail.kind, observedAt, receivedAt, withdrawn: false, replacedBy: null };
}

function withIncident(world: World, incident: WorldIncident): World {
  return { ...world, incidents: { ...world.incidents, [incident.id]: incident } };
}
