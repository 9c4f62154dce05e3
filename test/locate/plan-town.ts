/** A made-up town to plan in, with a belief that somebody drew. */
import { buildGround } from '../../server/locate/ground/build.ts';
import type { Ground, GroundSource } from '../../server/locate/ground.ts';
import type { PlanUnit } from '../../server/locate/plan/index.ts';
import type { Presence } from '../../server/locate/presence.ts';
import type { Snap } from '../../server/road/access.ts';
import { buildRoadGraph } from '../../server/road/assemble.ts';
import { buildHierarchy } from '../../server/road/contraction.ts';
import { edgeShape } from '../../server/road/graph.ts';
import { RoadRouter } from '../../server/road/router.ts';
import { gridTown, seededRandom } from '../road/gridTown.ts';

const kinds = ['bank', 'carPark', 'hotel', 'park', 'residence'] as const;

export function townToPlan(nodes: number): { ground: Ground; router: RoadRouter } {
  const graph = buildRoadGraph(gridTown(nodes, 8));
  const random = seededRandom(4);
  const places = Array.from({ length: 60 }, (_, i): GroundSource['places'][number] => {
    const position = edgeShape(graph, Math.floor(random() * graph.edgeCount))[0]!;
    return { id: `p${i}`, kind: kinds[i % kinds.length]!, name: `Place ${i}`, position, areaHa: 0.5 };
  });
  const ground = buildGround(graph, { places, segments: [] });
  return { ground, router: new RoadRouter(graph, buildHierarchy(graph)) };
}

/** The same ground where a look sees nothing but its own target. */
export function withoutNeighbours(ground: Ground): Ground {
  const count = ground.targets.length;
  return {
    ...ground,
    cover: {
      offset: Uint32Array.from({ length: count + 1 }, (_, i) => i),
      items: Uint32Array.from({ length: count }, (_, i) => i),
    },
    coverShare: new Float32Array(count).fill(1),
  };
}

const inS = Float64Array.from([0, 120, 300, 600, 1200, 2400]);

/** She is at one of these targets, or gets there within the next quarter of an hour; without a seed she is there now. */
export function presenceAt(ground: Ground, weights: ReadonlyMap<number, number>, seed?: number): Presence {
  const random = seed === undefined ? () => 1 : seededRandom(seed);
  const at = new Float32Array(ground.targets.length * inS.length);
  const total = [...weights.values()].reduce((sum, weight) => sum + weight, 0);
  for (const [target, weight] of weights) {
    const arrived = random();
    inS.forEach((moment, k) => {
      at[target * inS.length + k] = (weight / total) * 0.95 * Math.min(1, arrived + moment / 900);
    });
  }
  return { inS, at, driving: 0 };
}

export function randomWeights(ground: Ground, count: number, seed: number): Map<number, number> {
  const random = seededRandom(seed);
  const weights = new Map<number, number>();
  while (weights.size < count) {
    const target = Math.floor(random() * ground.targets.length);
    if (ground.targetSnap[target]) weights.set(target, 0.05 + random());
  }
  return weights;
}

export function randomUnits(ground: Ground, count: number, seed: number): PlanUnit[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, (_, i): PlanUnit => {
    let at: Snap | null = null;
    while (!at) at = ground.targetSnap[Math.floor(random() * ground.targets.length)]!;
    return {
      id: `u${i}`,
      at,
      freeInS: random() < 0.3 ? Math.floor(random() * 200) : 0,
      fixAgeS: 5,
      moving: false,
      kind: 'car',
      sworn: 1,
      auxiliary: 2,
    };
  });
}
