import type { UnavailableUnit } from '#contract/road.ts';
import { dutyOf, whyUnavailable } from '#domain/roster.ts';
import { distanceM } from '#road/geo.ts';
import type { Actor } from '../auth/actor.ts';
import { can } from '../auth/policy.ts';
import type { AppDeps } from '../deps.ts';

/** Units in the asker's reach that are not offered, with the reason; those last heard nearest come first. */
export function unavailableUnits(
  { live, clock }: Pick<AppDeps, 'live' | 'clock'>,
  actor: Actor,
  { lng, lat, limit }: { lng: number; lat: number; limit: number },
): UnavailableUnit[] {
  const now = clock.now();
  const found = Object.values(live.world().units).flatMap(unit => {
    if (can(actor, 'unit.list', { stationId: unit.stationId }) !== 'allow') return [];
    const fix = live.fleet.latest(unit.id);
    const why = whyUnavailable(unit, fix?.observedAtMs, now);
    if (why === null) return [];
    const metres = fix ? Math.round(distanceM([fix.lng, fix.lat], [lng, lat])) : null;
    const { next: nextShiftAt } = dutyOf(unit, now);
    return [{ unitId: unit.id, callsign: unit.callsign, why, nextShiftAt, distanceM: metres }];
  });
  const far = Number.POSITIVE_INFINITY;
  return found.toSorted((a, b) => (a.distanceM ?? far) - (b.distanceM ?? far)).slice(0, limit);
}
