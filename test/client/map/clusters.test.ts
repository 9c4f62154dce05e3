import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clusterAboveCount, clusterBelowZoom, clusterUnits } from '../../../client/map/sources/clusters.ts';
import { unitStates, UnitSlots } from '../../../client/map/sources/unit-slots.ts';

const view = { west: 103, south: 24.5, east: 104, north: 25.5, zoom: 10 };

function crowd(count: number, seed: number): UnitSlots {
  const slots = new UnitSlots();
  let state = seed;
  const random = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  for (let slot = 0; slot < count; slot++) {
    const unitState = unitStates[Math.floor(random() * unitStates.length)]!;
    slots.describe(slot, { id: `u${slot}`, callsign: `${slot}`, kind: 'car', state: unitState });
    slots.place(slot, 102.9 + 1.2 * random(), 24.4 + 1.2 * random(), 0, 0, 0);
  }
  return slots;
}

describe('clusterUnits', () => {
  it('leaves units alone when they are few or the map is close', () => {
    expect(clusterUnits(crowd(clusterAboveCount, 1), view).clusters).toEqual([]);
    const near = clusterUnits(crowd(5000, 1), { ...view, zoom: clusterBelowZoom });
    expect(near.clusters).toEqual([]);
    expect(near.hidden.some(Boolean)).toBe(false);
  });

  it('stands for exactly the units that it hides, none of them busy, none out of view', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 400, max: 1500 }),
        fc.nat(),
        fc.double({ min: 7, max: 12.4, noNaN: true }),
        (count, seed, zoom) => {
          const slots = crowd(count, seed);
          const { clusters, hidden } = clusterUnits(slots, { ...view, zoom });
          const hiddenCount = hidden.reduce((sum, one) => sum + one, 0);
          expect(clusters.reduce((sum, cluster) => sum + cluster.count, 0)).toBe(hiddenCount);
          for (let slot = 0; slot < count; slot++) {
            if (hidden[slot] !== 1) continue;
            expect(['available', 'outOfService']).toContain(unitStates[slots.state[slot]!]);
            expect(slots.lngLat[2 * slot]).toBeGreaterThanOrEqual(view.west);
          }
          for (const { count: size, available, position, bounds } of clusters) {
            expect(size).toBeGreaterThan(1);
            expect(available).toBeLessThanOrEqual(size);
            expect(position[0]).toBeGreaterThanOrEqual(bounds[0][0]);
            expect(position[0]).toBeLessThanOrEqual(bounds[1][0]);
            expect(position[1]).toBeGreaterThanOrEqual(bounds[0][1]);
            expect(position[1]).toBeLessThanOrEqual(bounds[1][1]);
          }
        },
      ),
      { numRuns: 30 },
    );
  });

  it('groups alike after a pan: a unit that stays in view keeps its group', () => {
    const slots = crowd(2000, 5);
    const before = clusterUnits(slots, view);
    const after = clusterUnits(slots, { ...view, west: view.west + 0.001, east: view.east + 0.001 });
    const shared = before.clusters.filter(cluster =>
      after.clusters.some(other => other.position[0] === cluster.position[0]),
    );
    expect(shared.length).toBeGreaterThan(0.8 * before.clusters.length);
  });
});
