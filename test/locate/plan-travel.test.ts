import { describe, expect, it } from 'vitest';
import { travelTable } from '../../server/locate/plan/travel.ts';
import { unreached } from '../../server/road/graph.ts';
import { randomUnits, townToPlan } from './plan-town.ts';

const { ground, router } = townToPlan(300);
const units = randomUnits(ground, 6, 3);
const targets = Array.from({ length: 40 }, (_, i) => (i * 37) % ground.targets.length).filter(
  target => ground.targetSnap[target],
);
const snaps = targets.map(target => ground.targetSnap[target]!);

describe('travel times of the planner', () => {
  it('are those of the router, from units and between targets', () => {
    const table = travelTable(router, ground);
    const at = units.map(unit => unit.at);
    expectSame(table.fromSnaps(at, targets), router.matrix(at, snaps));
    expectSame(table.between(targets), router.matrix(snaps, snaps));
    // What is remembered is the same as what was asked.
    const some = targets.slice(5, 20);
    expectSame(table.between(some), router.matrix(snaps.slice(5, 20), snaps.slice(5, 20)));
  });

  it('are kept for a router, and not for one with closed roads', () => {
    const closed = router.closing(new Set([snaps[0]!.edge, snaps[1]!.edge]));
    expect(travelTable(router, ground)).toBe(travelTable(router, ground));
    expect(travelTable(closed, ground)).not.toBe(travelTable(router, ground));
    expectSame(travelTable(closed, ground).between(targets), closed.matrix(snaps, snaps));
  });

  it('say when the first of several units can be somewhere', () => {
    const starts = units.map(({ at, freeInS }) => ({ from: at, delayS: freeInS }));
    const nodeDs = router.firstAtNodes(starts);
    const each = units.map(({ at }) => router.reachFrom(at)!.nodeDs);
    for (let node = 0; node < router.graph.nodeCount; node += 11) {
      const first = Math.min(...units.map(({ freeInS }, u) => each[u]![node]! + freeInS * 10));
      expect(nodeDs[node]).toBe(Math.min(first, unreached));
    }
  });
});

/** To half a second: on foot from one to the other, a few metres are quicker than the road says. */
function expectSame(found: ArrayLike<number>, wanted: ArrayLike<number>): void {
  expect(found.length).toBe(wanted.length);
  for (let i = 0; i < found.length; i++) {
    if (Number.isFinite(wanted[i])) expect(Math.abs(found[i]! - wanted[i]!)).toBeLessThan(0.5);
    else expect(found[i]).toBe(Infinity);
  }
}
