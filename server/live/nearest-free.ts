import type { Position } from '#contract/common.ts';
import { whyUnavailable } from '#domain/roster.ts';
import type { Clock } from '../clock.ts';
import type { Live } from './live.ts';
import type { Roads } from './roads.ts';

/** How long the crew that is nearest by road would drive there, seconds, of those in service and on duty with a fresh fix. Undefined: none, or no road. */
export function nearestFreeS(
  { live, roads, clock }: { live: Pick<Live, 'world' | 'fleet'>; roads: Roads; clock: Clock },
  { lng, lat }: Position,
): number | undefined {
  const router = roads.current();
  const target = router?.snap([lng, lat]);
  if (!router || !target) return undefined;
  const nowMs = clock.now();
  const free = Object.values(live.world().units).flatMap(unit => {
    const fix = live.fleet.latest(unit.id);
    const snap = fix && live.fleet.snapAt(fix.slot);
    return snap && whyUnavailable(unit, fix.observedAtMs, nowMs) === null ? [snap] : [];
  });
  return router.nearest(target, free, 1)[0]?.travelTimeS;
}
