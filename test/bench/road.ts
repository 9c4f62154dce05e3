/**
 * How fast the road engine is: `node test/bench/road.ts [--json] [--region FILE.osm.pbf|synth:SEED:POPULATION|grid:NODES] [--seed S]`.
 * Without a region: a made-up town of a good 150,000 junctions.
 */
import { cpus, loadavg } from 'node:os';
import { buildRoadGraph } from '../../server/road/assemble.ts';
import type { RoadInput } from '../../server/road/build.ts';
import { buildHierarchy } from '../../server/road/contraction.ts';
import { openRoad, type RoadFile, serializeRoad } from '../../server/road/file.ts';
import type { LngLat } from '../../server/road/geo.ts';
import { nodePosition } from '../../server/road/graph.ts';
import { RoadRouter } from '../../server/road/router.ts';
import { gridTown, seededRandom } from '../road/gridTown.ts';
import { option, printReport, seedOption, timesMs } from './report.ts';

const region = option('region') ?? 'grid:170000';
const seed = seedOption();
const random = seededRandom(seed);

async function roadsOf(name: string): Promise<RoadInput> {
  const [kind, first, second] = name.split(':');
  if (kind === 'grid') return gridTown(Number(first), seed);
  if (kind === 'synth') {
    const { synthRegion } = await import('../../server/region/synth/index.ts');
    return synthRegion({ seed: Number(first), population: Number(second) }).roads;
  }
  const { importOsm } = await import('../../server/region/import/index.ts');
  return (await importOsm(name)).roads;
}

function build(input: RoadInput) {
  const start = performance.now();
  const graph = buildRoadGraph(input);
  const graphMs = Math.round(performance.now() - start);
  const hierarchy = buildHierarchy(graph);
  return { graph, hierarchy, graphMs, buildMs: Math.round(performance.now() - start) };
}

const { graphMs, buildMs, ...built } = build(await roadsOf(region));
const bytes = serializeRoad(built.graph, built.hierarchy);
let road: RoadFile = built;
const openMs = timesMs(5, () => {
  road = openRoad(bytes.buffer);
});
const { graph, hierarchy } = road;
const router = new RoadRouter(graph, hierarchy);

const anyNode = (): number => Math.floor(random() * graph.nodeCount);
const anyPosition = (): LngLat => {
  const [lng, lat] = nodePosition(graph, anyNode());
  return [lng + (random() - 0.5) * 0.001, lat + (random() - 0.5) * 0.001];
};
const positions = (count: number): LngLat[] => Array.from({ length: count }, anyPosition);
/** One set of inputs a call, made outside the time that is taken. */
const rounds = <T>(make: () => T): ((call: number) => T) => {
  const made = Array.from({ length: 20 }, make);
  return call => made[call % made.length]!;
};

const matrixInput = rounds(() => ({ units: positions(50), places: positions(200) }));
const units = rounds(() => ({ target: anyPosition(), units: positions(2000) }));
const single = rounds(anyPosition);
const far = rounds(() => [anyPosition(), anyPosition()] as const);
const figures = {
  nodes: graph.nodeCount,
  edges: graph.edgeCount,
  shortcuts:
    hierarchy.up.via.filter(via => via < 0).length + hierarchy.down.via.filter(via => via < 0).length,
  fileMB: Math.round(bytes.length / 1e5) / 10,
  graphMs,
  buildMs,
  openMs,
  snap2000Ms: timesMs(100, call => units(call).units.map(position => router.snap(position))),
  matrix50x200Ms: timesMs(200, call => router.matrix(matrixInput(call).units, matrixInput(call).places)),
  isochroneMs: timesMs(200, call => router.reachFrom(single(call))),
  outline10MinMs: timesMs(40, call => router.isochrone(single(call), 600)),
  nearest2000Ms: timesMs(200, call => router.nearest(units(call).target, units(call).units, 5)),
  routeMs: timesMs(200, call => router.route(far(call)[0], far(call)[1])),
};

// The same questions to plain Dijkstra, which is what answers while any road is closed; this one does not exist.
const dijkstra = new RoadRouter(graph, hierarchy, { closedEdges: new Set([graph.edgeCount]) });
const peers = {
  dijkstra: {
    same: agreement(positions(10), positions(200)),
    matrix50x200Ms: timesMs(3, call => dijkstra.matrix(matrixInput(call).units, matrixInput(call).places), 1),
    isochroneMs: timesMs(20, call => dijkstra.reachFrom(single(call))),
    nearest2000Ms: timesMs(20, call => dijkstra.nearest(units(call).target, units(call).units, 5)),
  },
};

/** Share of pairs for which hierarchy and Dijkstra give the same time; anything but 1 is a bug. */
function agreement(from: LngLat[], to: LngLat[]): number {
  const ours = router.matrix(from, to);
  const theirs = dijkstra.matrix(from, to);
  return ours.filter((seconds, i) => seconds === theirs[i]).length / ours.length;
}

printReport(
  {
    bench: 'road',
    seed,
    figures,
    bounds: { matrix50x200Ms: { p50: 10 }, isochroneMs: { p50: 3 }, nearest2000Ms: { p95: 10 } },
    peers,
  },
  [
    `region ${region}: ${graph.nodeCount} nodes, ${graph.edgeCount} edges`,
    `Node ${process.version}, ${process.arch}, ${cpus().length} cores, load ${loadavg()[0]!.toFixed(1)}`,
  ],
);
