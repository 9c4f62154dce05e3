import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  accessDs,
  fencedReachM,
  kerbM,
  onFootDs,
  type Snap,
  walkSpeedMps,
} from '../../server/road/access.ts';
import { buildRoadGraph } from '../../server/road/assemble.ts';
import type { RoadInput } from '../../server/road/build.ts';
import { buildHierarchy } from '../../server/road/contraction.ts';
import { distanceM, lineLengthM, type LngLat, pointBetween } from '../../server/road/geo.ts';
import {
  edgeDs,
  edgeFlag,
  edgeRoadClass,
  edgeShape,
  edgeSlice,
  noArc,
  type RoadGraph,
} from '../../server/road/graph.ts';
import { RoadRouter } from '../../server/road/router.ts';
import { street } from '../builders/street.ts';
import { positionNearby, roadInput } from './arbitraries.ts';
import { floydWarshall, projectOn } from './oracles.ts';

interface Network {
  graph: RoadGraph;
  router: RoadRouter;
}

const network = (input: RoadInput, closed: ReadonlySet<number> = new Set()): Network => {
  const graph = buildRoadGraph(input);
  return {
    graph,
    router: new RoadRouter(graph, buildHierarchy(graph), { maxSnapM: 5000 }).closing(closed),
  };
};

/** Runs the test on networks that have at least one edge. */
const onNetwork =
  <Rest extends unknown[]>(test: (net: Network, ...rest: Rest) => void) =>
  (input: RoadInput, ...rest: Rest): void => {
    const net = network(input);
    fc.pre(net.graph.edgeCount > 0);
    test(net, ...rest);
  };
const positions = fc.array(positionNearby, { minLength: 1, maxLength: 5 });

/**
 * Travel time by another road: both points become nodes of the graph, all their edges are cut there, and Floyd and
 * Warshall do the rest.
 */
function oracleS({ graph }: Network, from: Snap, to: Snap, closed: ReadonlySet<number> = new Set()): number {
  const [start, end] = [graph.nodeCount, graph.nodeCount + 1];
  const arcs: [number, number, number][] = [];
  const cuts = [
    { node: start, snap: from },
    { node: end, snap: to },
  ].sort((a, b) => a.snap.fraction - b.snap.fraction);
  for (let edge = 0; edge < graph.edgeCount; edge++) {
    const stops = [
      { node: graph.edgeFrom[edge]!, fraction: 0 },
      ...cuts
        .filter(({ snap }) => snap.edge === edge)
        .map(({ node, snap }) => ({ node, fraction: snap.fraction })),
      { node: graph.edgeTo[edge]!, fraction: 1 },
    ];
    const isOpen = (a: number, b: number): boolean =>
      !closed.has(edge) || a >= graph.nodeCount || b >= graph.nodeCount;
    for (const a of stops) {
      for (const b of stops) {
        const ahead = stops.indexOf(b) > stops.indexOf(a);
        const allowed = a.fraction === b.fraction || graph.edgeArc[edge * 2 + (ahead ? 0 : 1)] !== noArc;
        if (a === b || !allowed || !isOpen(a.node, b.node)) continue;
        arcs.push([a.node, b.node, Math.round(Math.abs(a.fraction - b.fraction) * edgeDs(graph, edge))]);
      }
    }
  }
  const driven = floydWarshall(graph.nodeCount + 2, arcs)[start]![end]!;
  return (
    Math.min(
      driven + accessDs(from) + accessDs(to),
      onFootDs(from, to) < 1e8 ? onFootDs(from, to) : Infinity,
    ) / 10
  );
}

/** Metres to the nearest point of some edges, by looking at each of their segments. */
function nearestM(graph: RoadGraph, edges: number[], position: LngLat): number {
  const shrink = Math.cos((position[1] * Math.PI) / 180);
  let nearest = Infinity;
  for (const edge of edges) {
    const shape = edgeShape(graph, edge);
    for (let i = 1; i < shape.length; i++) {
      const [a, b] = [shape[i - 1]!, shape[i]!];
      const t = projectOn(a[0] * shrink, a[1], b[0] * shrink, b[1], position[0] * shrink, position[1]);
      nearest = Math.min(nearest, distanceM(position, pointBetween(a, b, t)));
    }
  }
  return nearest;
}

describe('RoadRouter.snap', () => {
  it('finds the nearest point of all segments, and passes over motorways and tunnels more than 30 m off', () => {
    fc.assert(
      fc.property(
        roadInput,
        positionNearby,
        onNetwork(({ graph, router }, position) => {
          const edges = Array.from({ length: graph.edgeCount }, (_, edge) => edge);
          const isFenced = (edge: number): boolean =>
            ['motorway', 'ferry'].includes(edgeRoadClass(graph, edge)) ||
            (graph.edgeFlags[edge]! & edgeFlag.tunnel) !== 0;
          const openM = nearestM(
            graph,
            edges.filter(edge => !isFenced(edge)),
            position,
          );
          const fencedM = nearestM(graph, edges.filter(isFenced), position);
          const expectedM = openM < Infinity && fencedM > fencedReachM ? openM : Math.min(openM, fencedM);
          const snap = router.snap(position, 5000)!;
          fc.pre(Math.abs(fencedM - fencedReachM) > 0.1);
          expect(Math.abs(snap.distanceM - expectedM)).toBeLessThan(0.02 + expectedM * 1e-3);
          const anyM = Math.min(openM, fencedM);
          expect(router.snap(position, anyM * 0.998 - 0.02)).toBeNull();
        }),
      ),
      { numRuns: 400 },
    );
  });

  it('says how far along its edge the point is', () => {
    fc.assert(
      fc.property(
        roadInput,
        positionNearby,
        onNetwork(({ graph, router }, position) => {
          const snap = router.snap(position)!;
          const point = edgeSlice(graph, snap.edge, 0, snap.fraction).at(-1)!;
          expect(distanceM(point, snap.position)).toBeLessThan(0.05 + graph.edgeLengthM[snap.edge]! * 1e-4);
        }),
      ),
      { numRuns: 400 },
    );
  });

  it('finds nothing far away, in nonsense, or without roads', () => {
    const { router } = network({ nodes: new Map(), ways: [], restrictions: [], barriers: [] });
    expect(router.snap([103, 24])).toBeNull();
    fc.assert(
      fc.property(
        roadInput,
        onNetwork(({ router: some }) => {
          for (const position of [
            [0, 0],
            [103.2, 89],
            [-180, -90],
            [Number.NaN, 24.7],
            [Infinity, 24.7],
          ] as LngLat[]) {
            expect(some.snap(position)).toBeNull();
          }
        }),
      ),
    );
  });
});

describe('RoadRouter times', () => {
  it('are those of a graph with both points as nodes', () => {
    fc.assert(
      fc.property(
        roadInput,
        positions,
        positions,
        onNetwork((net, from, to) => {
          const matrix = net.router.matrix(from, to);
          from.forEach((a, row) => {
            to.forEach((b, column) => {
              expect(matrix[row * to.length + column]).toBe(
                oracleS(net, net.router.snap(a)!, net.router.snap(b)!),
              );
            });
          });
        }),
      ),
      { numRuns: 300 },
    );
  });

  it('are the same from matrix, route, reach and nearest, and from snapped and unsnapped positions', () => {
    fc.assert(
      fc.property(
        roadInput,
        positions,
        positionNearby,
        onNetwork(({ router }, sources, target) => {
          const column = router.matrix(sources, [target]);
          const row = router.matrix([target], sources);
          const ranked = router.nearest(target, sources, sources.length);
          sources.forEach((source, i) => {
            expect(router.route(source, target)!.travelTimeS).toBe(column[i]);
            expect(router.route(target, source)!.travelTimeS).toBe(row[i]);
            expect(router.reachTo(target)!.secondsAt(source)).toBe(column[i]);
            expect(router.reachFrom(target)!.secondsAt(source)).toBe(row[i]);
            expect(ranked.find(({ index }) => index === i)!.travelTimeS).toBe(column[i]);
          });
          expect(
            router.matrix(
              sources.map(source => router.snap(source)!),
              [router.snap(target)!],
            ),
          ).toEqual(column);
          expect(ranked.map(({ travelTimeS }) => travelTimeS)).toEqual([...column].sort((a, b) => a - b));
          expect(router.nearest(target, sources, 2)).toEqual(ranked.slice(0, 2));
        }),
      ),
      { numRuns: 200 },
    );
  });

  it('with closed roads are those of the graph without them, except for who is on one', () => {
    fc.assert(
      fc.property(
        roadInput,
        fc.array(fc.nat(20), { maxLength: 6 }),
        positionNearby,
        positionNearby,
        (input, closed, a, b) => {
          const open = network(input);
          fc.pre(open.graph.edgeCount > 0);
          const closedEdges = new Set([0, ...closed.map(edge => edge % open.graph.edgeCount)]);
          const net = network(input, closedEdges);
          const [from, to] = [net.router.snap(a)!, net.router.snap(b)!];
          const expected = oracleS(net, from, to, closedEdges);
          expect(net.router.matrix([a], [b])[0]).toBe(expected);
          expect(net.router.route(a, b)?.travelTimeS ?? Infinity).toBe(expected);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('are Infinity or null, never a number, where there is no road', () => {
    fc.assert(
      fc.property(
        roadInput,
        positionNearby,
        onNetwork(({ router }, here) => {
          const nowhere: LngLat = [100, 20];
          expect([...router.matrix([here, nowhere], [here, nowhere])]).toEqual([
            0,
            Infinity,
            Infinity,
            Infinity,
          ]);
          expect(router.route(here, nowhere)).toBeNull();
          expect(router.route(nowhere, here)).toBeNull();
          expect(router.reachFrom(nowhere)).toBeNull();
          expect(router.reachTo(here)!.secondsAt(nowhere)).toBe(Infinity);
          expect(router.isochrone(nowhere, 60)).toBeNull();
          expect(router.nearest(here, [nowhere, here], 5).map(({ index }) => index)).toEqual([1]);
          expect(router.nearest(nowhere, [here], 5)).toEqual([]);
          expect(router.matrix([], [here])).toHaveLength(0);
          expect(router.matrix([here], [])).toHaveLength(0);
        }),
      ),
    );
  });
});

describe('RoadRouter.route', () => {
  it('has legs that add up, and a line from snapped point to snapped point as long as it says', () => {
    fc.assert(
      fc.property(
        roadInput,
        positionNearby,
        positionNearby,
        onNetwork(({ router }, a, b) => {
          const route = router.route(a, b)!;
          const sum = (of: (leg: (typeof route.legs)[number]) => number): number =>
            route.legs.reduce((total, leg) => total + of(leg), 0);
          expect(sum(leg => leg.travelTimeS)).toBeCloseTo(route.travelTimeS, 6);
          expect(sum(leg => leg.distanceM)).toBeCloseTo(route.distanceM, 6);
          const line = route.geometry;
          expect(line.length).toBeGreaterThanOrEqual(2);
          const lineM = lineLengthM(line);
          if (route.legs.length === 1 && route.legs[0]!.kind === 'walk') {
            expect(line).toEqual([a, b]);
            expect(lineM).toBeCloseTo(route.distanceM, 2);
          } else {
            expect([line[0], line.at(-1)]).toEqual([router.snap(a)!.position, router.snap(b)!.position]);
            const drivenM = route.legs.reduce(
              (total, leg) => total + (leg.kind === 'road' ? leg.distanceM : 0),
              0,
            );
            expect(Math.abs(lineM - drivenM)).toBeLessThan(0.5 + drivenM * 1e-3);
          }
        }),
      ),
      { numRuns: 400 },
    );
  });

  /** A square of four sides of about 100 m, driven one way around from its south-west corner. */
  const block = network({
    nodes: new Map([
      [0, [0, 0]],
      [1, [0.0008993216, 0]],
      [2, [0.0008993216, 0.0008993216]],
      [3, [0, 0.0008993216]],
    ]),
    ways: [
      street(1, [0, 1], { oneway: 1, name: '一街' }),
      street(2, [1, 2, 3, 0], { oneway: 1, name: '二街' }),
    ],
    restrictions: [],
    barriers: [],
  }).router;

  it('goes around the block against a one-way', () => {
    const [west, east]: LngLat[] = [
      [0.0002, 0],
      [0.0007, 0],
    ];
    expect(block.route(west!, east!)!.travelTimeS).toBeCloseTo(5.6, 1);
    const around = block.route(east!, west!)!;
    expect(around.travelTimeS).toBeCloseTo(34.4, 1);
    expect(around.legs.map(leg => (leg.kind === 'road' ? leg.name : leg.kind))).toEqual([
      '一街',
      '二街',
      '一街',
    ]);
  });

  it('walks the rest: free up to the kerb, then at walking pace, straight across where that is nearer', () => {
    const atDoor: LngLat = [0.0004, -0.001];
    const walkM = block.snap(atDoor)!.distanceM;
    const [walk, drive] = block.route(atDoor, [0.0008, 0])!.legs;
    expect(walk).toEqual({
      kind: 'walk',
      distanceM: walkM,
      travelTimeS: Math.round(((walkM - kerbM) / walkSpeedMps) * 10) / 10,
    });
    expect(drive!.kind).toBe('road');
    const neighbour = block.route(atDoor, [0.00035, -0.001])!;
    expect(neighbour.legs.map(leg => leg.kind)).toEqual(['walk']);
    expect(neighbour.travelTimeS).toBeCloseTo(5.56 / walkSpeedMps, 0);
  });

  it('stays where it is', () => {
    const here: LngLat = [0.0004, 0.00001];
    const route = block.route(here, here)!;
    expect([route.travelTimeS, route.distanceM]).toEqual([0, 0]);
  });
});
