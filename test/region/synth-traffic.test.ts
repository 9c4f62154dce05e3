/** Traffic law of the synthetic county: divided roads, roundabouts, one-way streets, signs and bollards. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { RoadWay } from '#road/build.ts';
import type { RegionSource } from '../../server/region/source.ts';
import { divideRoads } from '../../server/region/synth/carriageways.ts';
import { climb } from '../../server/region/synth/hairpins.ts';
import { synthRegion } from '../../server/region/synth/index.ts';
import { Network, type RoadStyle } from '../../server/region/synth/network.ts';
import { mendOneWays } from '../../server/region/synth/one-ways.ts';
import { type Line, lineLength, type Vec } from '../../server/region/synth/plane.ts';
import type { Terrain } from '../../server/region/synth/terrain.ts';

const boulevard: RoadStyle = { roadClass: 'primary', speedKmh: 50, name: '文昌大道' };
const street = (): RoadStyle => ({ roadClass: 'secondary', speedKmh: 40 });
const lane = (): RoadStyle => ({ roadClass: 'residential', speedKmh: 30 });

/** Where one can drive from a node. */
function drivable(network: Network, start: number): Set<number> {
  const seen = new Set([start]);
  const stack = [start];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    for (const { a, b, style } of network.edgesAt(node)) {
      const next = a === node ? b : style.oneway ? node : a;
      if (!seen.has(next)) stack.push(next);
      seen.add(next);
    }
  }
  return seen;
}

describe('divided roads', () => {
  /** A boulevard of 1.2 km with a crossing street at 600 m and a lane at 300 m on its northern side only. */
  function cross(): Network {
    const network = new Network();
    network.addLine(
      [
        [0, 0],
        [1_200, 0],
      ],
      boulevard,
    );
    network.addLine(
      [
        [600, -300],
        [600, 300],
      ],
      street(),
    );
    network.addLine(
      [
        [300, 0],
        [300, 200],
      ],
      lane(),
    );
    return network;
  }

  it('run right-hand: the eastbound carriageway lies to the south', () => {
    const network = cross();
    const [road] = divideRoads(network, [boulevard]);
    const ofStyle = (style?: RoadStyle) => network.edges.filter(edge => edge.alive && edge.style === style);
    expect(ofStyle(boulevard)).toEqual([]);
    for (const [style, side] of [
      [road?.forth, -1],
      [road?.back, 1],
    ] as const) {
      const edges = ofStyle(style);
      expect(edges.length).toBeGreaterThan(10);
      for (const { a, b } of edges) {
        const [from, to] = [network.nodes[a] as Vec, network.nodes[b] as Vec];
        expect(Math.sign(to[0] - from[0])).toBe(-side);
        if (from[0] > 100 && from[0] < 1_100) expect(Math.sign(from[1])).toBe(side);
      }
    }
  });

  it('are crossed by main streets and met by lanes on one side only', () => {
    const network = cross();
    divideRoads(network, [boulevard]);
    const at = (x: number, y: number): number => network.nodeAt([x, y], 0, 3);
    const onwards = (x: number, y: number): Set<number> => drivable(network, at(x, y));
    expect(onwards(600, -300)).toContain(at(600, 300));
    // From the lane one turns right, westwards; the median is closed there.
    const lane = network.edgesAt(at(300, 8)).map(({ a, b }) => [network.nodes[a], network.nodes[b]]);
    expect(lane.flat().every(p => (p as Vec)[1] > 0)).toBe(true);
    // Everything can still be reached from everywhere.
    const all = network.nodes.flatMap((_, node) => (network.edgesAt(node).length > 0 ? [node] : []));
    expect(onwards(300, 200).size).toBe(all.length);
  });

  it('stay as they are where a building line or another road leaves no room', () => {
    const network = cross();
    network.addLine(
      [
        [0, 10],
        [280, 10],
      ],
      lane(),
      { snapM: 1 },
    );
    network.addLine(
      [
        [320, 10],
        [1_200, 10],
      ],
      lane(),
      { snapM: 1 },
    );
    expect(divideRoads(network, [boulevard])).toEqual([]);
  });
});

describe('one-way streets', () => {
  it('are opened again where they would shut something in, and only there', () => {
    const network = new Network();
    const [trap, loop] = [lane(), lane()];
    trap.oneway = loop.oneway = true;
    network.addLine(
      [
        [0, 0],
        [400, 0],
      ],
      boulevard,
    );
    network.addLine(
      [
        [100, 0],
        [100, 200],
      ],
      trap,
    );
    network.addLine(
      [
        [200, 0],
        [200, 100],
        [300, 100],
        [300, 0],
      ],
      loop,
    );
    mendOneWays(network, [trap, loop]);
    expect([trap.oneway, loop.oneway]).toEqual([false, true]);
  });
});

describe('hairpins', () => {
  /** An even slope to the north. */
  const slope = (grade: number): Terrain => ({ heightM: (_: number, y: number) => y * grade }) as Terrain;
  const straight: Line = [
    [0, 0],
    [0, 1_500],
  ];
  const steepest = (line: Line, grade: number): number => (1_500 * grade) / lineLength(line);

  it('make a steep road longer and gentler, and leave its ends and gentle roads alone', () => {
    const wound = climb(straight, { roadClass: 'unclassified', speedKmh: 30 }, slope(0.14));
    expect([wound[0], wound.at(-1)]).toEqual([straight[0], straight[1]]);
    expect(steepest(wound, 0.14)).toBeLessThan(0.1);
    expect(lineLength(climb(straight, { roadClass: 'unclassified', speedKmh: 30 }, slope(0.03)))).toBeCloseTo(
      1_500,
    );
    expect(lineLength(climb(straight, { roadClass: 'trunk', speedKmh: 80 }, slope(0.14)))).toBeCloseTo(1_500);
  });
});

describe('county', () => {
  let region: RegionSource;
  let wayOf: Map<number, RoadWay>;
  beforeAll(() => {
    region = synthRegion({ seed: 2, population: 40_000 });
    wayOf = new Map(region.roads.ways.map(way => [way.id, way]));
  }, 120_000);

  const leaves = (way: RoadWay, node: number): boolean =>
    (way.nodes[0] === node && way.oneway >= 0) || (way.nodes.at(-1) === node && way.oneway <= 0);
  const arrives = (way: RoadWay, node: number): boolean =>
    (way.nodes.at(-1) === node && way.oneway >= 0) || (way.nodes[0] === node && way.oneway <= 0);

  it('has signs at turns that a car could make but for the sign', () => {
    const { restrictions } = region.roads;
    expect(restrictions.length).toBeGreaterThan(5);
    expect(restrictions.some(({ only }) => only)).toBe(true);
    for (const { from, via, to } of restrictions) {
      const [first, last] = [wayOf.get(from[0]!)!, wayOf.get(to[0]!)!];
      if ('node' in via) {
        expect(arrives(first, via.node) && leaves(last, via.node)).toBe(true);
        continue;
      }
      const between = wayOf.get(via.ways[0]!)!;
      const ends = [between.nodes[0]!, between.nodes.at(-1)!];
      expect(ends.some(end => arrives(first, end) && leaves(between, end))).toBe(true);
      expect(ends.some(end => arrives(between, end) && leaves(last, end))).toBe(true);
    }
  });

  it('has roundabouts that are driven counter-clockwise', () => {
    const rings = region.roads.ways.filter(
      ({ nodes, oneway, roadClass }) => oneway === 1 && nodes[0] === nodes.at(-1) && roadClass !== 'motorway',
    );
    expect(rings.length).toBeGreaterThanOrEqual(1);
    for (const { nodes } of rings) {
      const ring = nodes.map(node => region.roads.nodes.get(node)!);
      const twice = ring.slice(1).reduce((sum, [x, y], i) => sum + (ring[i]![0] * y - x * ring[i]![1]), 0);
      expect(twice).toBeGreaterThan(0);
    }
  });

  it('has bollards across lanes of the old town, on nodes of the network', () => {
    expect(region.roads.barriers.length).toBeGreaterThan(0);
    for (const node of region.roads.barriers) {
      const ways = region.roads.ways.filter(way => way.nodes.includes(node));
      expect(ways.map(way => way.roadClass)).toEqual(['livingStreet']);
    }
  });
});
