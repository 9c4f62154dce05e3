/** The best of all plans by trying every one, with times, chances and misses worked out in its own way. */
import { detectionOf } from '../../server/domain/detection.ts';
import { defaultMethod } from '../../server/domain/task.ts';
import type { SearchMethod } from '../../server/contract/sighting.ts';
import type { Ground } from '../../server/locate/ground.ts';
import type { PlanUnit } from '../../server/locate/plan/index.ts';
import type { Presence } from '../../server/locate/presence.ts';
import type { RoadRouter } from '../../server/road/router.ts';

export interface World {
  ground: Ground;
  router: RoadRouter;
  presence: Presence;
  units: readonly PlanUnit[];
  targets: readonly number[];
  survival: (inS: number) => number;
}

/** Worth of the best plan in which each target is looked at once, by one unit in one way. Looks see nothing but their target. */
export function bestWorth(world: World): number {
  const { ground, router, units, targets } = world;
  const snaps = targets.map(target => ground.targetSnap[target]!);
  const fromUnits = router.matrix(
    units.map(({ at }) => at),
    snaps,
  );
  const between = router.matrix(snaps, snaps);
  const way = (unit: number, last: number, next: number): number =>
    last < 0 ? fromUnits[unit * snaps.length + next]! : between[last * snaps.length + next]!;
  /** Units take their looks one unit after the other: every plan is reached once. */
  const best = (unit: number, atS: number, last: number, left: readonly number[]): number => {
    if (unit === units.length) return 0;
    const following = units[unit + 1];
    let most = best(unit + 1, following?.freeInS ?? 0, -1, left);
    for (const next of left) {
      const rest = left.filter(other => other !== next);
      for (const method of methodsOf(ground, targets[next]!)) {
        const { durationS, pod } = detectionOf(ground.targets[targets[next]!]!, method);
        const beginS = atS + way(unit, last, next);
        const middleS = beginS + durationS / 2;
        const gain = pod * presentAt(world.presence, targets[next]!, middleS) * world.survival(middleS);
        most = Math.max(most, gain + best(unit, beginS + durationS, next, rest));
      }
    }
    return most;
  };
  return best(0, units[0]!.freeInS, -1, [...targets.keys()]);
}

export function methodsOf(ground: Ground, target: number): SearchMethod[] {
  const usual = defaultMethod(ground.targets[target]!.kind);
  return [...new Set<SearchMethod>(ground.targets[target]!.path ? [usual] : [usual, 'driveBy'])];
}

export function presentAt({ inS, at }: Presence, target: number, moment: number): number {
  const value = (k: number): number => at[target * inS.length + k]!;
  const after = inS.findIndex(each => each > moment);
  if (after < 0) return value(inS.length - 1);
  if (after === 0) return value(0);
  const share = (moment - inS[after - 1]!) / (inS[after]! - inS[after - 1]!);
  return value(after - 1) * (1 - share) + value(after) * share;
}
