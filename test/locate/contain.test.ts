import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Costs } from '../../server/locate/contain/assign.ts';
import { smallestCut } from '../../server/locate/contain/cut.ts';
import { holdExits } from '../../server/locate/contain/hold.ts';
import { contain, likelyEdges } from '../../server/locate/contain/index.ts';
import { edgeEnds, soonestS, spreadDs } from '../../server/locate/contain/spread.ts';
import { buildRoadGraph } from '../../server/road/assemble.ts';
import { buildHierarchy } from '../../server/road/contraction.ts';
import { nodePosition, type RoadGraph } from '../../server/road/graph.ts';
import { RoadRouter } from '../../server/road/router.ts';
import { roadInput } from '../road/arbitraries.ts';
import { DijkstraEngine } from '../road/dijkstra.ts';
import { gridTown, seededRandom } from '../road/gridTown.ts';
import { chase } from './chase.ts';

/** The junctions that can be reached from the area while nobody gets past the blocked ones. */
function reachable(graph: RoadGraph, area: readonly number[], blocked: ReadonlySet<number>): Set<number> {
  const found = new Set(area);
  for (const junction of found)
    for (let arc = 0; arc < graph.arcCount; arc++) {
      const head = graph.nodeJunction[graph.arcTo[arc]!]!;
      if (graph.nodeJunction[graph.arcFrom[arc]!] === junction && !blocked.has(head)) found.add(head);
    }
  return found;
}

function* subsets(members: readonly number[], size: number): Generator<number[]> {
  if (size === 0) yield [];
  else
    for (let i = 0; i <= members.length - size; i++)
      for (const rest of subsets(members.slice(i + 1), size - 1)) yield [members[i]!, ...rest];
}

describe('the smallest cut', () => {
  it('separates, is as small as any, and is missing only where none exists', () => {
    const marks = fc.array(fc.nat(9), { minLength: 12, maxLength: 12 });
    fc.assert(
      fc.property(roadInput, marks, fc.integer({ min: 0, max: 4 }), (input, mark, most) => {
        const graph = buildRoadGraph(input);
        fc.pre(graph.junctionCount >= 3);
        const junctions = [...Array(graph.junctionCount).keys()];
        const as = (test: (m: number) => boolean) =>
          Uint8Array.from(junctions, j => (test(mark[j]!) ? 1 : 0));
        const area = as(m => m <= 1);
        const outside = as(m => m === 2 || m === 3);
        const blockable = as(m => m >= 5 || m === 0);
        const separates = (cut: readonly number[]): boolean => {
          const reached = reachable(
            graph,
            junctions.filter(j => area[j]),
            new Set(cut),
          );
          return !junctions.some(j => outside[j] && reached.has(j));
        };
        const may = junctions.filter(j => blockable[j] && !area[j] && !outside[j]);
        let best: number[] | undefined;
        for (let size = 0; size <= most && !best; size++) best = [...subsets(may, size)].find(separates);
        const cut = smallestCut({ graph, area, outside, blockable, outwards: mark, most });
        expect(cut?.length).toBe(best?.length);
        if (!cut) return;
        expect(separates(cut)).toBe(true);
        expect(cut.every(j => may.includes(j))).toBe(true);
      }),
      { numRuns: 400 },
    );
  });
});

describe('holding exits', () => {
  const problem = fc
    .tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 0, max: 4 }))
    .chain(([rows, columns]) =>
      fc.record({
        at: fc.array(fc.integer({ min: 1, max: 9 }), {
          minLength: rows * columns,
          maxLength: rows * columns,
        }),
        weight: fc.array(fc.integer({ min: 1, max: 6 }), { minLength: rows, maxLength: rows }),
        deadline: fc.array(fc.integer({ min: 0, max: 9 }), { minLength: rows, maxLength: rows }),
        rows: fc.constant(rows),
        columns: fc.constant(columns),
      }),
    );

  /** The most weight that can be held in time, by trying everybody everywhere. */
  function most({ rows, columns, at }: Costs, weight: number[], deadline: number[]): number {
    const from = (row: number, taken: readonly number[]): number => {
      if (row === rows) return 0;
      let best = from(row + 1, taken);
      for (let column = 0; column < columns; column++)
        if (!taken.includes(column) && at[row * columns + column]! <= deadline[row]!)
          best = Math.max(best, weight[row]! + from(row + 1, [...taken, column]));
      return best;
    };
    return from(0, []);
  }

  it('leaves the least weight open, and sends nobody who would be late', () => {
    fc.assert(
      fc.property(problem, ({ weight, deadline, ...rest }) => {
        const arrive = { ...rest, at: Float64Array.from(rest.at) };
        const { unitOf, worst } = holdExits(arrive, weight, deadline);
        const held = [...unitOf.keys()].filter(row => unitOf[row] !== -1);
        const times = held.map(row => arrive.at[row * arrive.columns + unitOf[row]!]!);
        expect(new Set(held.map(row => unitOf[row])).size).toBe(held.length);
        times.forEach((time, i) => expect(time).toBeLessThanOrEqual(deadline[held[i]!]!));
        expect(worst).toBe(Math.max(0, ...times));
        expect(held.reduce((sum, row) => sum + weight[row]!, 0)).toBe(most(arrive, weight, deadline));
      }),
      { numRuns: 400 },
    );
  });
});

describe('how soon junctions are reached', () => {
  it('agrees with the road engine up to its limit', () => {
    const graph = buildRoadGraph(gridTown(300, 5));
    const random = seededRandom(5);
    const seeds = Array.from({ length: 4 }, () => ({
      node: Math.floor(random() * graph.nodeCount),
      ds: Math.floor(random() * 300),
    }));
    const exact = new DijkstraEngine(graph).timesFrom(seeds);
    spreadDs(graph, seeds, 900).forEach((ds, node) => {
      if (exact[node]! <= 900) expect(ds).toBe(exact[node]);
      else expect(ds).toBeGreaterThan(900);
    });
  });
});

describe('containment in a town', () => {
  const cases = Array.from({ length: 12 }, (_, i) => i + 1);

  it('is a ring that nobody leaves, held in time, or says what stays open', () => {
    let held = 0;
    for (const seed of cases) {
      const graph = buildRoadGraph(gridTown(1500, seed));
      const router = new RoadRouter(graph, buildHierarchy(graph));
      const random = seededRandom(seed);
      const edges = [Math.floor(random() * graph.edgeCount)];
      const units = Array.from({ length: 14 }, (_, i) => ({
        id: `u${i}`,
        at: router.snap(nodePosition(graph, Math.floor(random() * graph.nodeCount)))!,
        freeInS: random() < 0.2 ? 60 : 0,
      }));
      const found = contain({ router, edges, ways: [], units, marginS: 20 });
      if (!found) continue;
      held++;
      const { posts, open, horizonS, worstS } = found;
      const herS = soonestS(graph, spreadDs(graph, edgeEnds(graph, edges), 1e6)).map(s => s / 1.2);
      for (const { unitId, junction, arriveS, spareS } of posts) {
        const unit = units.find(each => each.id === unitId)!;
        const directS = Math.min(
          ...[...graph.nodeJunction.keys()]
            .filter(node => graph.nodeJunction[node] === junction)
            .map(node => router.reachFrom(unit.at)!.nodeDs[node]! / 10),
        );
        expect(arriveS).toBeCloseTo(unit.freeInS + directS, 6);
        expect(spareS).toBeCloseTo(herS[junction]! - arriveS, 6);
        expect(spareS).toBeGreaterThanOrEqual(20);
      }
      expect(worstS).toBe(Math.max(...posts.map(post => post.arriveS)));
      expect(new Set(posts.map(post => post.unitId)).size).toBe(posts.length);
      const area = [...herS.keys()].filter(junction => herS[junction] === 0);
      const ring = new Set([...posts, ...open].map(exit => exit.junction));
      for (const junction of reachable(graph, area, ring))
        expect(herS[junction]).toBeLessThanOrEqual(horizonS);
    }
    expect(held).toBeGreaterThan(cases.length / 3);
  });

  it('counts what leaves by the exits that stay open', () => {
    const { router, ways } = chase(3, { starts: 1 });
    const first = ways[0]!.junctions[0]!;
    const edges = [...router.graph.arcEdge].filter(
      (_, arc) => router.graph.nodeJunction[router.graph.arcTo[arc]!] === first,
    );
    const at = router.snap(nodePosition(router.graph, first))!;
    const lonely = contain({ router, edges, ways, units: [{ id: 'a', at, freeInS: 0 }], marginS: 5 });
    const nobody = contain({ router, edges, ways, units: [], marginS: 5 });
    expect(nobody).toBeNull();
    if (lonely) {
      const shares = lonely.open.map(exit => exit.share);
      expect(shares).toEqual(shares.toSorted((a, b) => b - a));
      expect(shares.every(share => share >= 0 && share <= 1)).toBe(true);
    }
  });

  it('takes the edges that carry the asked share', () => {
    const edges = likelyEdges([0.1, 0.4, 0, 0.3, 0.2], [7, 8, 9, 8, 5], 0.8);
    expect(edges).toEqual(new Set([8, 5]));
    expect(likelyEdges([0, 0], [1, 2], 0.9)).toEqual(new Set());
  });
});
