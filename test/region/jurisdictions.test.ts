import { describe, expect, it } from 'vitest';
import { buildRoadGraph } from '../../server/road/assemble.ts';
import { distanceM } from '../../server/road/geo.ts';
import { nodePosition, type RoadGraph } from '../../server/road/graph.ts';
import { buildHierarchy } from '../../server/road/contraction.ts';
import { RoadRouter } from '../../server/road/router.ts';
import { polygonContains } from '../../server/region/geo.ts';
import { importOsm } from '../../server/region/import/index.ts';
import { type Jurisdiction, jurisdictionsOf } from '../../server/region/jurisdictions.ts';
import type { LngLat, RegionSource } from '../../server/region/source.ts';
import { synthRegion } from '../../server/region/synth/index.ts';
import { block, extracts, haveExtracts, importContent } from './extracts.ts';

/** Cells are 60 m wide or, in a large region, so many that half a million of them make it up. */
const TOLERANCE_M = 250;

function prepare(source: RegionSource) {
  const graph = buildRoadGraph(source.roads);
  const stations = source.stations.map(({ id, name, position }) => ({ id, name, position }));
  return { source, graph, stations, areas: jurisdictionsOf({ stations, bbox: source.bbox }, graph) };
}

const ownersAt = (areas: readonly Jurisdiction[], at: LngLat): string[] =>
  areas
    .filter(({ area }) => area.some(rings => polygonContains(rings, at)))
    .map(({ stationId }) => stationId);

/** Whether some point within the tolerance lies in the station's area. */
function isNear(areas: readonly Jurisdiction[], stationId: string, [lng, lat]: LngLat): boolean {
  const around = Array.from({ length: 32 }, (_, i): LngLat => {
    const bearing = (i * Math.PI) / 8;
    const radiusM = i < 16 ? TOLERANCE_M : TOLERANCE_M / 2;
    return [
      lng + (Math.sin(bearing) * radiusM) / (111_195 * Math.cos((lat * Math.PI) / 180)),
      lat + (Math.cos(bearing) * radiusM) / 111_195,
    ];
  });
  return around.some(at => ownersAt(areas, at).includes(stationId));
}

/** The oracle: one search from each station by the road engine. */
function quickest(graph: RoadGraph, stations: readonly { id: string; position: LngLat }[]) {
  const router = new RoadRouter(graph, buildHierarchy(graph));
  const reaches = stations.map(({ position }) => router.reachFrom(position));
  return (node: number): string[] => {
    const times = reaches.map(reach => reach?.secondsAt(nodePosition(graph, node)) ?? Infinity);
    const best = Math.min(...times);
    return stations.filter((_, i) => times[i]! <= best + 0.5).map(({ id }) => id);
  };
}

const counties: [string, () => Promise<RegionSource>][] = [
  ['synthetic county', async () => synthRegion({ seed: 5, population: 20_000 })],
  ...(haveExtracts
    ? [['Andorra', () => importOsm(extracts.andorra)] as [string, () => Promise<RegionSource>]]
    : []),
];
const sources = new Map<string, Promise<RegionSource>>();

describe.each(counties)('jurisdictions by driving time: %s', (name, read) => {
  const load = () => {
    const source = sources.get(name) ?? read();
    sources.set(name, source);
    return source;
  };

  it('every junction lies in the area of its quickest station, or within the tolerance of the drawing', async () => {
    const { graph, stations, areas } = prepare(await load());
    const quickestAt = quickest(graph, stations);
    const every = Math.max(1, Math.floor(graph.junctionCount / 1500));
    let checked = 0;
    let exclaves = 0;
    for (let node = 0; node < graph.junctionCount; node += every) {
      const wanted = quickestAt(node);
      const at = nodePosition(graph, node);
      checked++;
      if (wanted.some(id => ownersAt(areas, at).includes(id) || isNear(areas, id, at))) continue;
      exclaves++;
    }
    // Exclaves of a few hectares (a motorway between its ramps) belong to the area around them.
    expect(exclaves / checked).toBeLessThan(0.01);
  }, 60_000);

  it('every position belongs to exactly one area, all marked as estimates', async () => {
    const { source, areas, stations } = prepare(await load());
    const [west, south, east, north] = source.bbox;
    expect(areas.map(({ stationId }) => stationId).sort()).toEqual(stations.map(({ id }) => id).sort());
    expect(areas.every(({ estimated }) => estimated)).toBe(true);
    for (let i = 0; i < 400; i++) {
      const at: LngLat = [
        west + ((i * 0.618_034) % 1) * (east - west),
        south + ((i * 0.754_878) % 1) * (north - south),
      ];
      expect(ownersAt(areas, at), `at ${at.join(', ')}`).toHaveLength(1);
    }
  }, 60_000);

  it('a station stands in its own area', async () => {
    const { areas, stations } = prepare(await load());
    for (const { id, position } of stations) {
      expect(ownersAt(areas, position).includes(id) || isNear(areas, id, position), id).toBe(true);
    }
  }, 60_000);
});

describe('jurisdictions', () => {
  it('a river without a bridge is a border, wherever the straight line would have it', async () => {
    // Two roads along a river; the stations stand so that the line between them is askew to it.
    const road = (id: number, lat: number) => ({
      nodes: Array.from({ length: 30 }, (_, i) => ({ id: id * 100 + i, lon: 103 + i * 0.002, lat })),
      way: { id, refs: Array.from({ length: 30 }, (_, i) => id * 100 + i), tags: { highway: 'primary' } },
    });
    const [north, south] = [road(1, 25.004), road(2, 25)];
    // Far off in the east there is a bridge.
    const bridge = { id: 3, refs: [129, 229], tags: { highway: 'primary' } };
    const source = await importContent({
      nodes: [...north.nodes, ...south.nodes],
      ways: [north.way, south.way, bridge],
    });
    const graph = buildRoadGraph(source.roads);
    const stations = [
      { id: 'north', name: 'n', position: [103.002, 25.004] as LngLat },
      { id: 'south', name: 's', position: [103.02, 25] as LngLat },
    ];
    const areas = jurisdictionsOf({ stations, bbox: source.bbox }, graph);
    // Nearer to the northern station in a straight line, but on the other bank.
    const at: LngLat = [103.004, 25.0005];
    expect(distanceM(at, stations[0]!.position)).toBeLessThan(distanceM(at, stations[1]!.position));
    expect(ownersAt(areas, at)).toEqual(['south']);
  });

  it('known areas stand alone; without stations there are none', async () => {
    const source = await importContent(block);
    const graph = buildRoadGraph(source.roads);
    const square: LngLat[] = [
      [103, 25],
      [103.1, 25],
      [103.1, 25.1],
      [103, 25],
    ];
    const stations = [
      { id: 'a', name: 'a', position: [103, 25] as LngLat, jurisdiction: [[square]] },
      { id: 'b', name: 'b', position: [103.1, 25] as LngLat },
    ];
    expect(jurisdictionsOf({ stations, bbox: source.bbox }, graph)).toEqual([
      { stationId: 'a', area: [[square]], estimated: false },
    ]);
    expect(jurisdictionsOf({ stations: [], bbox: source.bbox }, graph)).toEqual([]);
  });
});
