import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildRoadGraph } from '../../server/road/assemble.ts';
import type { RoadInput, RoadWay, TurnRestriction } from '../../server/road/build.ts';
import { HierarchyEngine } from '../../server/road/climb.ts';
import { buildHierarchy } from '../../server/road/contraction.ts';
import { departures, arrivals } from '../../server/road/access.ts';
import { distanceM, type LngLat } from '../../server/road/geo.ts';
import { nodePosition, type RoadGraph } from '../../server/road/graph.ts';
import { RoadRouter } from '../../server/road/router.ts';
import { street } from '../builders/street.ts';
import { positionNearby, restrictedInput } from './arbitraries.ts';
import { DijkstraEngine } from './dijkstra.ts';
import { TurnOracle } from './turn-oracle.ts';

const maxSnapM = 5000;
const positions = fc.array(positionNearby, { minLength: 1, maxLength: 4 });

describe('turn restrictions on any network', () => {
  it('give the times of brute force, from matrix, route, reach and nearest alike', () => {
    let obeyed = 0;
    fc.assert(
      fc.property(restrictedInput, positions, positions, (input, from, to) => {
        const graph = buildRoadGraph(input);
        fc.pre(graph.edgeCount > 0);
        obeyed += graph.restrictions.taken;
        const router = new RoadRouter(graph, buildHierarchy(graph), { maxSnapM });
        const oracle = new TurnOracle(graph, input);
        const matrix = router.matrix(from, to);
        from.forEach((a, row) => {
          to.forEach((b, column) => {
            const expected = oracle.seconds(router.snap(a)!, router.snap(b)!);
            expect(expected).toBeLessThan(Infinity);
            expect(matrix[row * to.length + column]).toBe(expected);
            expect(router.route(a, b)!.travelTimeS).toBe(expected);
            expect(router.reachFrom(a)!.secondsAt(b)).toBe(expected);
            expect(router.reachTo(b)!.secondsAt(a)).toBe(expected);
          });
        });
        const ranked = router.nearest(to[0]!, from, from.length);
        expect(ranked.map(({ index }) => index).toSorted((x, y) => x - y)).toEqual(from.map((_, i) => i));
        for (const { index, travelTimeS } of ranked) expect(travelTimeS).toBe(matrix[index * to.length]);
      }),
      { numRuns: 400 },
    );
    expect(obeyed).toBeGreaterThan(100);
  });

  it('and closed roads on top', () => {
    fc.assert(
      fc.property(
        restrictedInput,
        fc.array(fc.nat(), { minLength: 1, maxLength: 5 }),
        positions,
        positions,
        (input, picks, from, to) => {
          const graph = buildRoadGraph(input);
          fc.pre(graph.edgeCount > 0);
          const closed = new Set(picks.map(pick => pick % graph.edgeCount));
          const hierarchy = buildHierarchy(graph);
          const router = new RoadRouter(graph, hierarchy, { maxSnapM }).closing(closed);
          const oracle = new TurnOracle(graph, input, closed);
          const plain = new RoadRouter(graph, hierarchy, {
            maxSnapM,
            engine: new DijkstraEngine(graph, closed),
          });
          const matrix = router.matrix(from, to);
          expect(matrix).toEqual(plain.matrix(from, to));
          from.forEach((a, row) => {
            to.forEach((b, column) => {
              const expected = oracle.seconds(router.snap(a)!, router.snap(b)!);
              expect(matrix[row * to.length + column]).toBe(expected);
              expect(router.route(a, b)?.travelTimeS ?? Infinity).toBe(expected);
            });
            expect(router.reachFrom(a)!.nodeDs).toEqual(plain.reachFrom(a)!.nodeDs);
            expect(router.reachTo(a)!.nodeDs).toEqual(plain.reachTo(a)!.nodeDs);
          });
          const ranked = router.nearest(to[0]!, from, from.length);
          const column = from.map((_, row) => matrix[row * to.length]!);
          expect(ranked.map(({ travelTimeS }) => travelTimeS)).toEqual(
            column.filter(Number.isFinite).toSorted((x, y) => x - y),
          );
          for (const { index, travelTimeS } of ranked) expect(travelTimeS).toBe(column[index]);
          expect(router.nearest(to[0]!, from, 2)).toEqual(ranked.slice(0, 2));
        },
      ),
      { numRuns: 400 },
    );
  });

  it('are obeyed turn by turn, along unbroken roads', () => {
    fc.assert(
      fc.property(restrictedInput, positionNearby, positionNearby, (input, a, b) => {
        const graph = buildRoadGraph(input);
        fc.pre(graph.edgeCount > 0);
        const oracle = new TurnOracle(graph, input);
        const router = new RoadRouter(graph, buildHierarchy(graph), { maxSnapM });
        const [from, to] = [router.snap(a)!, router.snap(b)!];
        const engine = new HierarchyEngine(graph, buildHierarchy(graph));
        const { arcs } = engine.path(departures(graph, from), arrivals(graph, to))!;
        const darts = arcs.map(arc => {
          const edge = graph.arcEdge[arc]!;
          return edge * 2 + (graph.nodeJunction[graph.arcFrom[arc]!] === graph.edgeFrom[edge] ? 0 : 1);
        });
        darts.forEach((dart, i) => {
          if (i > 0) expect(oracle.head(darts[i - 1]!)).toBe(oracle.tail(dart));
          expect(oracle.isForbidden(darts.slice(0, i + 1))).toBe(false);
        });
      }),
      { numRuns: 300 },
    );
  });
});

const oneway = (id: number, nodes: number[]): RoadWay => street(id, nodes, { oneway: 1 });
const step = 0.0008993216;
/** Positions on a grid of 100 m; node x + 10 y. */
const at = (x: number, y: number): LngLat => [x * step, y * step];
const nodesAt = (...refs: number[]): RoadInput['nodes'] =>
  new Map(refs.map(ref => [ref, at(ref % 10, Math.floor(ref / 10))]));
const routed = (input: RoadInput): { graph: RoadGraph; router: RoadRouter } => {
  const graph = buildRoadGraph(input);
  return { graph, router: new RoadRouter(graph, buildHierarchy(graph)) };
};

const junctionAt = (graph: RoadGraph, [lng, lat]: LngLat): number =>
  Array.from({ length: graph.junctionCount }, (_, node) => node).find(
    node => distanceM(nodePosition(graph, node), [lng, lat]) < 1,
  )!;

describe('a crossing', () => {
  /** Ways 1 west, 2 east, 3 south, 4 north of node 11, and way 9 around from south over the east to the north. */
  const crossing = (...restrictions: TurnRestriction[]) =>
    routed({
      nodes: nodesAt(1, 10, 11, 12, 21, 2, 3, 22, 23),
      ways: [
        street(1, [10, 11]),
        street(2, [11, 12]),
        street(3, [1, 11]),
        street(4, [11, 21]),
        street(9, [1, 2, 3, 23, 22, 21]),
        street(8, [12, 22]),
      ],
      restrictions,
      barriers: [],
    });
  const noLeft: TurnRestriction = { id: 1, only: false, from: [3], via: { node: 11 }, to: [1] };
  const fromSouth = at(1, 0.5);
  const toWest = at(0.5, 1);

  it('without rules is driven straight', () => {
    expect(crossing().router.route(fromSouth, toWest)!.travelTimeS).toBeCloseTo(10, 1);
  });

  it('no left turn: straight on, turn round where that is allowed, and come back', () => {
    const { router, graph } = crossing(noLeft);
    expect(graph.restrictions).toEqual({ taken: 1, unusable: 0 });
    expect(graph.nodeCount).toBe(graph.junctionCount + 1);
    expect(router.route(fromSouth, toWest)!.travelTimeS).toBeCloseTo(30, 1);
    expect(router.route(at(1, 1.5), toWest)!.travelTimeS).toBeCloseTo(10, 1);
    expect(router.route(fromSouth, at(1.5, 1))!.travelTimeS).toBeCloseTo(10, 1);
  });

  it('no turning round: the loop is driven, or one turns round farther on', () => {
    const ban: TurnRestriction = { id: 2, only: false, from: [4], via: { node: 11 }, to: [4] };
    const { graph } = crossing(ban);
    const [north, centre] = [[1, 2] as const, [1, 1] as const].map(([x, y]) => junctionAt(graph, at(x, y)));
    const engine = new HierarchyEngine(graph, buildHierarchy(graph));
    // South on way 4 to the centre, and north again: 20 s were it allowed, 40 s with a dead end of 100 m between.
    const inbound = graph.edgeArc.find(
      arc => graph.arcFrom[arc] === north && graph.nodeJunction[graph.arcTo[arc]!] === centre,
    )!;
    const back = engine.timesFrom([{ node: graph.arcTo[inbound]!, ds: 0 }])[north!]!;
    expect(back).toBe(300);
    expect(engine.timesFrom([{ node: centre!, ds: 0 }])[north!]).toBe(100);
  });

  it('only right: every other way, turning round too, is forbidden', () => {
    const { router, graph } = crossing({ id: 3, only: true, from: [3], via: { node: 11 }, to: [2] });
    expect(router.route(fromSouth, at(1.5, 1))!.travelTimeS).toBeCloseTo(10, 1);
    expect(router.route(fromSouth, at(1, 1.5))!.travelTimeS).toBeCloseTo(30, 1);
    const copy = graph.junctionCount;
    expect(graph.arcOffset[copy + 1]! - graph.arcOffset[copy]!).toBe(1);
  });

  it('is not obeyed where its roads are missing or meet in several ways', () => {
    const missing: TurnRestriction = { id: 4, only: false, from: [77], via: { node: 11 }, to: [1] };
    const several: TurnRestriction = { id: 5, only: false, from: [9], via: { node: 2 }, to: [9] };
    expect(crossing(missing, several, noLeft).graph.restrictions).toEqual({ taken: 1, unusable: 2 });
  });
});

describe('a dual carriageway', () => {
  /** Northward on way 1, southward on way 2, joined by way 5 in the middle; ways 3 and 4 close the ring. */
  const carriageway = (...restrictions: TurnRestriction[]) =>
    routed({
      nodes: nodesAt(1, 11, 21, 2, 12, 22),
      ways: [
        oneway(1, [1, 11]),
        oneway(6, [11, 21]),
        oneway(2, [22, 12]),
        oneway(7, [12, 2]),
        street(5, [11, 12]),
        street(3, [21, 22]),
        street(4, [2, 1]),
      ],
      restrictions,
      barriers: [],
    });
  const noUTurn: TurnRestriction = { id: 1, only: false, from: [1], via: { ways: [5] }, to: [7] };

  it('turning round over the link is forbidden, the link itself is not', () => {
    const [south, southBack, link]: LngLat[] = [at(1, 0.5), at(2, 0.5), at(1.5, 1)];
    expect(carriageway().router.route(south!, southBack!)!.travelTimeS).toBeCloseTo(20, 1);
    const { router, graph } = carriageway(noUTurn);
    expect(graph.restrictions.taken).toBe(1);
    expect(router.route(south!, southBack!)!.travelTimeS).toBeCloseTo(40, 1);
    expect(router.route(south!, link!)!.travelTimeS).toBeCloseTo(10, 1);
    expect(router.route(link!, southBack!)!.travelTimeS).toBeCloseTo(10, 1);
    expect(router.route(at(2, 1.5), southBack!)!.travelTimeS).toBeCloseTo(10, 1);
  });
});

describe('a barrier', () => {
  it('is driven up to from both sides and through from neither', () => {
    const ring = { nodes: nodesAt(0, 1, 2, 12, 10), ways: [street(1, [0, 1, 2]), street(2, [2, 12, 10, 0])] };
    const open = routed({ ...ring, restrictions: [], barriers: [] }).router;
    const { router: cut, graph } = routed({ ...ring, restrictions: [], barriers: [1] });
    const [west, east]: LngLat[] = [at(0.9, 0), at(1.1, 0)];
    expect(open.route(west!, east!)!.travelTimeS).toBeCloseTo(2, 1);
    expect(cut.route(west!, east!)!.travelTimeS).toBeCloseTo(58, 0);
    expect(graph.edgeCount).toBe(3);
  });
});
