import { distanceM } from '#road/geo.ts';
import type { z } from 'zod';
import type { NearestUnit, nearestQuerySchema, RoadEngine } from '#contract/road.ts';
import { dutyOf, whyUnavailable } from '#domain/roster.ts';
import type { WorldUnit } from '#domain/world.ts';
import type { Actor } from '../auth/actor.ts';
import { can } from '../auth/policy.ts';
import type { AppDeps } from '../deps.ts';
import type { LatestFix } from '../live/fleet.ts';
import { requireRoads, requireSnap, roadService } from './road-network.ts';

interface Candidate {
  unit: WorldUnit;
  fix: LatestFix;
}

/**
 * Units in the asker's reach with a fresh fix that are in service and on duty, best first: by road the soonest, by line the
 * nearest. All from memory; 2,000 units take a few milliseconds. Throws badRequest when no road is near the position.
 */
export async function nearestUnits(
  deps: Pick<AppDeps, 'live' | 'router' | 'outsideRoads' | 'clock'>,
  actor: Actor,
  { lng, lat, limit, by, offDuty }: z.infer<typeof nearestQuerySchema>,
): Promise<{ items: NearestUnit[]; engine: RoadEngine | null }> {
  const now = deps.clock.now();
  const candidates = candidatesFor(deps, actor, now, offDuty === 'true');
  const view = ({ unit, fix }: Candidate, metres: number, travelTimeS: number | null): NearestUnit => {
    const duty = dutyOf(unit, now);
    return {
      unitId: unit.id,
      callsign: unit.callsign,
      state: unit.state,
      position: { lng: fix.lng, lat: fix.lat },
      travelTimeS,
      distanceM: Math.round(metres),
      etaAt: travelTimeS === null ? null : new Date(now + travelTimeS * 1000).toISOString(),
      fixAgeS: Math.max(0, Math.round((now - fix.observedAtMs) / 100) / 10),
      crew: duty.crew,
      onDuty: duty.onDuty,
      availableUntil: duty.onDuty ? duty.until : null,
    };
  };
  if (by === 'line') {
    const items = candidates
      .map(candidate => ({
        candidate,
        metres: distanceM([candidate.fix.lng, candidate.fix.lat], [lng, lat]),
      }))
      .sort((a, b) => a.metres - b.metres)
      .slice(0, limit)
      .map(({ candidate, metres }) => view(candidate, metres, null));
    return { items, engine: null };
  }
  const target = requireSnap(requireRoads(deps.router), { lng, lat }, 'lng, lat');
  // A unit's place on the road was found when its fix came in.
  const onRoad = candidates.flatMap(candidate => {
    const snap = deps.live.fleet.snapAt(candidate.fix.slot);
    return snap ? [{ candidate, snap }] : [];
  });
  const { sources, engine } = await roadService(deps).nearest(
    target,
    onRoad.map(({ snap }) => snap),
    limit,
  );
  const items = sources.map(({ index, travelTimeS, distanceM: metres }) =>
    view(onRoad[index]!.candidate, metres, travelTimeS),
  );
  return { items, engine };
}

function candidatesFor(
  { live }: Pick<AppDeps, 'live'>,
  actor: Actor,
  now: number,
  offDuty: boolean,
): Candidate[] {
  return Object.values(live.world().units).flatMap(unit => {
    if (can(actor, 'unit.list', { stationId: unit.stationId }) !== 'allow') return [];
    const fix = live.fleet.latest(unit.id);
    const why = whyUnavailable(offDuty ? { ...unit, shifts: [] } : unit, fix?.observedAtMs, now);
    return fix && why === null ? [{ unit, fix }] : [];
  });
}
