import { distanceM } from '#road/geo.ts';
import type { z } from 'zod';
import type { NearestUnit, nearestQuerySchema } from '#contract/road.ts';
import type { WorldUnit } from '#domain/world.ts';
import type { Actor } from '../auth/actor.ts';
import { can } from '../auth/policy.ts';
import type { AppDeps } from '../deps.ts';
import type { LatestFix } from '../live/fleet.ts';
import { requireRouter, requireSnap } from './road-network.ts';

/** A fix older than this says where the unit was, not where it is. */
const freshMs = 10 * 60_000;

interface Candidate {
  unit: WorldUnit;
  fix: LatestFix;
}

/**
 * Units in the asker's reach with a fresh fix that are in service, best first: by road the soonest, by line the
 * nearest. All from memory; 2,000 units take a few milliseconds. Throws badRequest when no road is near the position.
 */
export function nearestUnits(
  deps: Pick<AppDeps, 'live' | 'router' | 'clock'>,
  actor: Actor,
  { lng, lat, limit, by }: z.infer<typeof nearestQuerySchema>,
): NearestUnit[] {
  const now = deps.clock.now();
  const candidates = candidatesFor(deps, actor, now);
  const view = ({ unit, fix }: Candidate, metres: number, travelTimeS: number | null): NearestUnit => ({
    unitId: unit.id,
    callsign: unit.callsign,
    state: unit.state,
    position: { lng: fix.lng, lat: fix.lat },
    travelTimeS,
    distanceM: Math.round(metres),
    etaAt: travelTimeS === null ? null : new Date(now + travelTimeS * 1000).toISOString(),
    fixAgeS: Math.max(0, Math.round((now - fix.observedAtMs) / 100) / 10),
    crew: unit.crew,
  });
  if (by === 'line') {
    return candidates
      .map(candidate => ({
        candidate,
        metres: distanceM([candidate.fix.lng, candidate.fix.lat], [lng, lat]),
      }))
      .sort((a, b) => a.metres - b.metres)
      .slice(0, limit)
      .map(({ candidate, metres }) => view(candidate, metres, null));
  }
  const router = requireRouter(deps.router);
  const target = requireSnap(router, { lng, lat }, 'lng, lat');
  const sources = candidates.map(({ fix }): [number, number] => [fix.lng, fix.lat]);
  return router
    .nearest(target, sources, limit)
    .map(({ index, travelTimeS, distanceM: metres }) => view(candidates[index]!, metres, travelTimeS));
}

function candidatesFor({ live }: Pick<AppDeps, 'live'>, actor: Actor, now: number): Candidate[] {
  return Object.values(live.world().units).flatMap(unit => {
    if (unit.state === 'outOfService' || can(actor, 'unit.list', { stationId: unit.stationId }) !== 'allow')
      return [];
    const fix = live.fleet.latest(unit.id);
    return fix && now - fix.observedAtMs < freshMs ? [{ unit, fix }] : [];
  });
}
