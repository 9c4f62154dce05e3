import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HierarchyEngine } from '../../server/road/climb.ts';
import { strongComponents } from '../../server/road/components.ts';
import { buildHierarchy } from '../../server/road/contraction.ts';
import type { Seed } from '../../server/road/engine.ts';
import { unreached } from '../../server/road/graph.ts';
import { MinHeap } from '../../server/road/heap.ts';
import { type Digraph, digraph } from './arbitraries.ts';
import { floydWarshall } from './oracles.ts';

function layOut({ nodeCount, arcs }: Digraph) {
  const arcOffset = new Uint32Array(nodeCount + 1);
  for (const [from] of arcs) arcOffset[from + 1]!++;
  for (let node = 0; node < nodeCount; node++) arcOffset[node + 1]! += arcOffset[node]!;
  return {
    nodeCount,
    arcOffset,
    arcFrom: Uint32Array.from(arcs, arc => arc[0]),
    arcTo: Uint32Array.from(arcs, arc => arc[1]),
    arcDs: Int32Array.from(arcs, arc => arc[2]),
  };
}

const engineOf = (graph: ReturnType<typeof layOut>) => new HierarchyEngine(graph, buildHierarchy(graph));
const orInfinity = (ds: number): number => (ds >= unreached ? Infinity : ds);
const nodesOf = ({ nodeCount }: Digraph): number[] => Array.from({ length: nodeCount }, (_, node) => node);

describe('HierarchyEngine on any directed graph', () => {
  it('answers matrix and one-to-all both ways like Floyd and Warshall', () => {
    fc.assert(
      fc.property(digraph, random => {
        const expected = floydWarshall(random.nodeCount, random.arcs);
        const engine = engineOf(layOut(random));
        const nodes = nodesOf(random);
        const seeds = nodes.map(node => [{ node, ds: 0 }]);
        expect(Array.from(engine.matrix(seeds, seeds), orInfinity)).toEqual(expected.flat());
        for (const node of nodes) {
          expect(Array.from(engine.timesFrom(seeds[node]!), orInfinity)).toEqual(expected[node]);
          expect(Array.from(engine.timesTo(seeds[node]!), orInfinity)).toEqual(
            expected.map(row => row[node]),
          );
        }
      }),
      { numRuns: 300 },
    );
  });

  it('unpacks each path to arcs that join up and take the time it says', () => {
    fc.assert(
      fc.property(digraph, fc.nat(), fc.nat(), (random, a, b) => {
        const [from, to] = [a % random.nodeCount, b % random.nodeCount];
        const expected = floydWarshall(random.nodeCount, random.arcs)[from]![to]!;
        const path = engineOf(layOut(random)).path([{ node: from, ds: 0 }], [{ node: to, ds: 0 }]);
        expect(path === null).toBe(expected === Infinity);
        if (path === null) return;
        expect(path.ds).toBe(expected);
        expect(path.startNode).toBe(from);
        let at = from;
        let ds = 0;
        for (const arc of path.arcs) {
          expect(random.arcs[arc]![0]).toBe(at);
          at = random.arcs[arc]![1];
          ds += random.arcs[arc]![2];
        }
        expect([at, ds]).toEqual([to, expected]);
      }),
      { numRuns: 500 },
    );
  });

  it('starts and ends at several nodes with a time of their own', () => {
    const seeds = fc.array(fc.record({ node: fc.nat(), ds: fc.nat(40) }), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(digraph, seeds, seeds, (random, starts, ends) => {
        const within = (list: Seed[]) => list.map(({ node, ds }) => ({ node: node % random.nodeCount, ds }));
        const [from, to] = [within(starts), within(ends)];
        const times = floydWarshall(random.nodeCount, random.arcs);
        const expected = Math.min(...from.flatMap(s => to.map(t => s.ds + times[s.node]![t.node]! + t.ds)));
        const engine = engineOf(layOut(random));
        expect(orInfinity(engine.matrix([from], [to])[0]!)).toBe(expected);
        expect(engine.path(from, to)?.ds ?? Infinity).toBe(expected);
      }),
      { numRuns: 500 },
    );
  });
});

describe('buildHierarchy', () => {
  it('numbers nodes so that every ladder leads to a smaller number', () => {
    fc.assert(
      fc.property(digraph, random => {
        const { rankOf, nodeAt, up, down, nodeCount } = buildHierarchy(layOut(random));
        for (const ladder of [up, down]) {
          for (let node = 0; node < nodeCount; node++) {
            for (let k = ladder.offset[node]!; k < ladder.offset[node + 1]!; k++) {
              expect(ladder.arc[k * 2]).toBeLessThan(node);
            }
          }
        }
        expect(Array.from(nodeAt, node => rankOf[node])).toEqual(nodesOf(random));
      }),
    );
  });

  it('gives the same hierarchy for the same graph', () => {
    fc.assert(
      fc.property(digraph, random => {
        expect(buildHierarchy(layOut(random))).toEqual(buildHierarchy(layOut(random)));
      }),
    );
  });
});

describe('strongComponents', () => {
  it('puts two nodes together exactly when each reaches the other', () => {
    fc.assert(
      fc.property(digraph, random => {
        const times = floydWarshall(random.nodeCount, random.arcs);
        const { arcOffset, arcTo } = layOut(random);
        const { label, sizes } = strongComponents(arcOffset, arcTo);
        for (const a of nodesOf(random)) {
          for (const b of nodesOf(random)) {
            expect(label[a] === label[b]).toBe(times[a]![b]! < Infinity && times[b]![a]! < Infinity);
          }
        }
        expect(sizes.map((_, i) => label.filter(l => l === i).length)).toEqual(sizes);
      }),
      { numRuns: 300 },
    );
  });

  it('goes as deep as a road is long', () => {
    const nodeCount = 200_000;
    const ring = layOut({
      nodeCount,
      arcs: Array.from({ length: nodeCount }, (_, i) => [i, (i + 1) % nodeCount, 1]),
    });
    expect(strongComponents(ring.arcOffset, ring.arcTo).sizes).toEqual([nodeCount]);
  });
});

describe('MinHeap', () => {
  it('sorts', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -1e9, max: 1e9 })), keys => {
        const heap = new MinHeap(1);
        keys.forEach((key, i) => heap.push(key, i));
        const popped = keys.map(() => [heap.topKey, keys[heap.pop()]]);
        const sorted = keys.toSorted((a, b) => a - b);
        expect(popped).toEqual(sorted.map(key => [key, key]));
        expect(heap.size).toBe(0);
      }),
    );
  });
});
