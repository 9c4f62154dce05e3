/**
 * A published problem with a known optimum: CUMCM 2011, problem B. The police platforms of district 1 of a Chinese city
 * are to block its exits. Graph, shortest ways and assignment are the product's own.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { bottleneckAssignment } from '../../server/locate/contain/assign.ts';
import { buildRoadGraph } from '../../server/road/assemble.ts';
import { HierarchyEngine } from '../../server/road/climb.ts';
import { buildHierarchy } from '../../server/road/contraction.ts';
import type { Seeds } from '../../server/road/engine.ts';
import { type LngLat, metresPerDegree, toDegrees, toStored } from '../../server/road/geo.ts';
import { street } from '../builders/street.ts';

interface City {
  nodes: { id: number; x: number; y: number; district: string }[];
  edges: [number, number][];
  platforms: { district: number; node: number }[];
  exits: { districtA: number[] };
}

const city = JSON.parse(
  readFileSync(new URL('../fixtures/cumcm2011b.json', import.meta.url), 'utf8'),
) as City;

/** The map as small, and its cars as slow, that neither positions nor tenths of a second round anything away. */
const storedPerUnit = 200;
const dsPerUnit = 1e6;
/** One unit of the map is 100 m, at 60 km/h a tenth of a minute. */
const minutesPerUnit = 0.1;

const positionOf = new Map(
  city.nodes.map(({ id, x, y }): [number, LngLat] => [
    id,
    [toDegrees(x * storedPerUnit), toDegrees(y * storedPerUnit)],
  ]),
);
const metresPerUnit = toDegrees(storedPerUnit) * metresPerDegree;
const speedKmh = (metresPerUnit / (dsPerUnit / 10)) * 3.6;
const graph = buildRoadGraph({
  nodes: positionOf,
  ways: city.edges.map((pair, i) => street(i + 1, pair, { speedKmh })),
  restrictions: [],
  barriers: [],
});
const engine = new HierarchyEngine(graph, buildHierarchy(graph));

const key = (lngLat: LngLat): string => lngLat.map(toStored).join(' ');
const idAt = new Map([...positionOf].map(([id, position]) => [key(position), id]));
const idOf = Array.from(
  { length: graph.junctionCount },
  (_, j) => idAt.get(`${graph.nodePosition[j * 2]} ${graph.nodePosition[j * 2 + 1]}`)!,
);
const seeds = (id: number): Seeds => [{ node: idOf.indexOf(id), ds: 0 }];
const minutes = (from: number[], to: number[]): Float64Array =>
  Float64Array.from(engine.matrix(from.map(seeds), to.map(seeds)), ds => (ds / dsPerUnit) * minutesPerUnit);

/** Minutes of the engine's way, measured on the map itself. */
function minutesOnMap(from: number, to: number): number {
  const { arcs } = engine.path(seeds(from), seeds(to))!;
  const node = (junction: number) => city.nodes.find(({ id }) => id === idOf[junction])!;
  const units = arcs.map(arc => {
    const [a, b] = [node(graph.arcFrom[arc]!), node(graph.arcTo[arc]!)];
    return Math.hypot(a.x - b.x, a.y - b.y);
  });
  return units.reduce((sum, length) => sum + length, 0) * minutesPerUnit;
}

describe('CUMCM 2011 B', () => {
  const platforms = city.platforms.filter(each => each.district === 1).map(each => each.node);

  it('has all junctions and roads of the map', () => {
    expect([graph.junctionCount, graph.edgeCount, platforms.length]).toEqual([582, 928, 20]);
  });

  it('blocks the 13 exits of district 1 within 8.015457 min', () => {
    const exits = city.exits.districtA;
    const at = minutes(exits, platforms);
    const { worst, columnOf } = bottleneckAssignment({
      rows: exits.length,
      columns: platforms.length,
      at,
    })!;
    expect(Math.abs(worst - 8.015457)).toBeLessThan(1e-6);
    const onMap = exits.map((exit, row) => minutesOnMap(platforms[columnOf[row]!]!, exit));
    expect(Math.max(...onMap).toFixed(6)).toBe('8.015457');
    expect(new Set(columnOf).size).toBe(13);
  });

  it('finds 6 junctions of district 1 beyond 3 min of every platform', () => {
    const junctions = city.nodes.filter(each => each.district === '1').map(each => each.id);
    const at = minutes(platforms, junctions);
    const soonest = junctions.map((_, column) =>
      Math.min(...platforms.map((_platform, row) => at[row * junctions.length + column]!)),
    );
    expect(soonest.filter(each => each > 3)).toHaveLength(6);
  });
});
