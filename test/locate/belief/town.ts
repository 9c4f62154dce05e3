/** A small made-up town for the belief: streets, places on them, antennas over them. */
import { defaultModel, type Model } from '../../../server/locate/belief/model.ts';
import { Belief } from '../../../server/locate/belief/index.ts';
import type { Antenna, Fact } from '../../../server/locate/fact.ts';
import type { Ground, GroundSource } from '../../../server/locate/ground.ts';
import { buildGround } from '../../../server/locate/ground/build.ts';
import { buildRoadGraph } from '../../../server/road/assemble.ts';
import type { RoadInput } from '../../../server/road/build.ts';
import { buildHierarchy } from '../../../server/road/contraction.ts';
import { type LngLat, metresPerDegree } from '../../../server/road/geo.ts';
import { RoadRouter } from '../../../server/road/router.ts';
import { gridTown, seededRandom } from '../../road/gridTown.ts';

export interface Town {
  ground: Ground;
  router: RoadRouter;
  antennas: Antenna[];
  home: LngLat;
}

const kinds = ['bank', 'atm', 'park', 'hotel', 'carPark', 'residence', 'office'] as const;

/** Some 400 junctions, 44 km of streets. */
export function makeTown(seed = 1, nodes = 400): Town {
  const random = seededRandom(seed);
  const graph = buildRoadGraph(gridTown(nodes, seed));
  const router = new RoadRouter(graph, buildHierarchy(graph));
  const { bbox, at } = frameOf(graph.nodePosition);
  const places: GroundSource['places'] = Array.from({ length: 40 }, (_, i) => ({
    id: `p${i}`,
    kind: kinds[i % kinds.length]!,
    name: `${kinds[i % kinds.length]} ${i}`,
    position: at(random(), random()),
    areaHa: 0.5,
  }));
  const antennas = Array.from({ length: 9 }, (_, i) =>
    at(((i % 3) + 0.5) / 3, (Math.floor(i / 3) + 0.5) / 3),
  ).flatMap((site, i) =>
    [0, 120, 240].map(azimuthDeg => ({
      cellId: `c${i}-${azimuthDeg}`,
      site,
      azimuthDeg: (azimuthDeg + i * 17) % 360,
      beamwidthDeg: 65,
      rangeM: bbox * 400,
    })),
  );
  return { ground: buildGround(graph, { places, segments: [] }), router, antennas, home: at(0.4, 0.45) };
}

function frameOf(positions: Int32Array): { bbox: number; at: (x: number, y: number) => LngLat } {
  const lng = [...positions].filter((_, i) => i % 2 === 0).map(units => units / 1e7);
  const lat = [...positions].filter((_, i) => i % 2 === 1).map(units => units / 1e7);
  const [west, east] = [Math.min(...lng), Math.max(...lng)];
  const [south, north] = [Math.min(...lat), Math.max(...lat)];
  return {
    bbox: ((north - south) * metresPerDegree) / 1000,
    at: (x, y) => [west + (east - west) * x, south + (north - south) * y],
  };
}

/** A straight road of so many metres to the east, one street and nothing else, car parks along it. */
export function straightRoad(
  lengthM: number,
  carParksM: readonly number[],
): Omit<Town, 'antennas'> & { east(m: number): LngLat } {
  const east = (m: number): LngLat => [m / metresPerDegree, 0];
  const points = Array.from({ length: Math.floor(lengthM / 100) + 1 }, (_, i) => i);
  const input: RoadInput = {
    nodes: new Map(points.map(i => [i, east(i * 100)])),
    ways: [
      {
        id: 1,
        nodes: points,
        oneway: 0,
        speedKmh: 36,
        roadClass: 'residential',
        link: false,
        surface: 'paved',
        bridge: false,
        tunnel: false,
      },
    ],
    restrictions: [],
    barriers: [],
  };
  const graph = buildRoadGraph(input);
  const places = carParksM.map((m, i) => ({
    id: `p${i}`,
    kind: 'carPark' as const,
    name: `Car park ${i}`,
    position: east(m),
  }));
  return {
    ground: buildGround(graph, { places, segments: [] }),
    router: new RoadRouter(graph, buildHierarchy(graph)),
    home: east(0),
    east,
  };
}

/** Few trips, so that tests are quick. */
export const smallModel: Partial<Model> = { hypotheses: 3000, anchorHypotheses: 1500, trees: 2 };

export function beliefIn(
  town: Town,
  options: { seed?: number; model?: Partial<Model>; home?: LngLat | null } = {},
): Belief {
  const { ground, router, antennas } = town;
  const home = options.home === undefined ? town.home : options.home;
  return new Belief(ground, {
    subject: { scamType: 'fakePolice', home, hour: 10, seed: options.seed ?? 1 },
    antennas,
    router,
    model: { ...defaultModel, ...smallModel, ...options.model },
  });
}

/** A report of an antenna, as the table of the town has it. */
export function cellFact({ antennas }: Town, which: number, atS: number, timingAdvance?: number): Fact {
  const { cellId, site, azimuthDeg, beamwidthDeg, rangeM } = antennas[which % antennas.length]!;
  const advance = timingAdvance === undefined ? {} : { timingAdvance };
  return {
    kind: 'cell',
    id: `cell-${which}-${atS}`,
    atS,
    cellId,
    site,
    azimuthDeg,
    beamwidthDeg,
    rangeM,
    ...advance,
  };
}
