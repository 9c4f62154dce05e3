/**
 * How fast the road engine is, and whether others agree with it:
 * `node test/bench/road.ts [--json] [--region FILE.osm.pbf|synth:SEED:POPULATION|grid:NODES] [--seed S] [--alone] [--capture FILE]`.
 * Without a region: a made-up town of a good 150,000 junctions with some thousand forbidden turns. `--alone` leaves
 * Valhalla out; `--capture` writes what it answers to a few questions, for test/valhalla.
 */
import { writeFile } from 'node:fs/promises';
import { cpus, loadavg } from 'node:os';
import { buildRoadGraph } from '../../server/road/assemble.ts';
import type { RoadInput } from '../../server/road/build.ts';
import { buildHierarchy } from '../../server/road/contraction.ts';
import { openRoad, type RoadFile, serializeRoad } from '../../server/road/file.ts';
import type { LngLat } from '../../server/road/geo.ts';
import { nodePosition } from '../../server/road/graph.ts';
import { RoadRouter } from '../../server/road/router.ts';
import { Valhalla } from '../../server/valhalla/service.ts';
import { DijkstraEngine } from '../road/dijkstra.ts';
import { seededRandom } from '../road/gridTown.ts';
import { type Figures, option, printReport, seedOption, timesMs } from './report.ts';
import { nearestAgreement } from './road-agreement.ts';
import { benchRegion, withExtract } from './road-region.ts';
import { askForFixture, ValhallaPeer } from './road-valhalla.ts';

const region = option('region') ?? 'grid:170000';
const seed = seedOption();
const random = seededRandom(seed);

function build(input: RoadInput) {
  const start = performance.now();
  const graph = buildRoadGraph(input);
  const graphMs = Math.round(performance.now() - start);
  const hierarchy = buildHierarchy(graph);
  return { graph, hierarchy, graphMs, buildMs: Math.round(performance.now() - start) };
}

const source = await benchRegion(region, seed);
const { graphMs, buildMs, ...built } = build(source.roads);
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
const snapped = (count: number) => positions(count).flatMap(position => router.snap(position) ?? []);
/** One set of inputs a call, made outside the time that is taken. */
const rounds = <T>(make: () => T): ((call: number) => T) => {
  const made = Array.from({ length: 20 }, make);
  return call => made[call % made.length]!;
};

const matrixInput = rounds(() => ({ units: positions(50), places: positions(200) }));
const loose = rounds(() => positions(2000));
// As the server keeps them: each unit's place on the road is found once, when its fix comes in.
const units = rounds(() => ({ target: anyPosition(), units: snapped(2000) }));
const single = rounds(anyPosition);
const far = rounds(() => [anyPosition(), anyPosition()] as const);

/** How long the usual questions take a router. */
const questions = (asked: RoadRouter, calls: number) => ({
  matrix50x200Ms: timesMs(calls, call => asked.matrix(matrixInput(call).units, matrixInput(call).places)),
  isochroneMs: timesMs(calls, call => asked.reachFrom(single(call))),
  nearest2000Ms: timesMs(calls, call => asked.nearest(units(call).target, units(call).units, 5)),
  routeMs: timesMs(calls, call => asked.route(far(call)[0], far(call)[1])),
});

const figures = {
  nodes: graph.junctionCount,
  edges: graph.edgeCount,
  restrictions: graph.restrictions.taken,
  restrictionsUnusable: graph.restrictions.unusable,
  copies: graph.nodeCount - graph.junctionCount,
  barriers: source.roads.barriers.length,
  shortcuts:
    hierarchy.up.via.filter(via => via < 0).length + hierarchy.down.via.filter(via => via < 0).length,
  fileMB: Math.round(bytes.length / 1e5) / 10,
  graphMs,
  buildMs,
  openMs,
  ...questions(router, 200),
  snap2000Ms: timesMs(100, call => loose(call).map(position => router.snap(position))),
  outline10MinMs: timesMs(40, call => router.isochrone(single(call), 600)),
  closed: { 1: closedFigures(1), 10: closedFigures(10), 100: closedFigures(100) },
};

/** With so many roads closed, anywhere; `same` compares with Dijkstra on what is left. */
function closedFigures(count: number): Figures {
  const closed = new Set(Array.from({ length: count }, () => Math.floor(random() * graph.edgeCount)));
  const plain = new RoadRouter(graph, hierarchy, { engine: new DijkstraEngine(graph, closed) });
  const asked = router.closing(closed);
  return { same: agreement(asked, plain, positions(5), positions(100)), ...questions(asked, 20) };
}

const dijkstra = new RoadRouter(graph, hierarchy, { engine: new DijkstraEngine(graph) });
const peers: Figures = {
  dijkstra: {
    same: agreement(router, dijkstra, positions(10), positions(200)),
    matrix50x200Ms: timesMs(3, call => dijkstra.matrix(matrixInput(call).units, matrixInput(call).places), 1),
    isochroneMs: timesMs(20, call => dijkstra.reachFrom(single(call))),
    nearest2000Ms: timesMs(20, call => dijkstra.nearest(units(call).target, units(call).units, 5)),
  },
};

/** Share of pairs for which two routers give the same time; anything but 1 is a bug. */
function agreement(one: RoadRouter, other: RoadRouter, from: LngLat[], to: LngLat[]): number {
  const ours = one.matrix(from, to);
  const theirs = other.matrix(from, to);
  return ours.filter((seconds, i) => seconds === theirs[i]).length / ours.length;
}

const lines = [
  `region ${region}: ${graph.junctionCount} nodes, ${graph.edgeCount} edges, ${graph.restrictions.taken} turn restrictions`,
  `Node ${process.version}, ${process.arch}, ${cpus().length} cores, load ${loadavg()[0]!.toFixed(1)}`,
];

if (!process.argv.includes('--alone')) {
  try {
    peers['valhalla'] = await withExtract(region, source, askValhalla);
  } catch (cause) {
    lines.push(`Valhalla could not be asked: ${(cause as Error).message}`);
  }
}

async function askValhalla(pbf: string): Promise<Figures> {
  const peer = await ValhallaPeer.over(pbf);
  try {
    const service = new Valhalla(peer.url, 120_000);
    const capture = option('capture');
    if (capture !== undefined) await writeFile(capture, await askForFixture(service, router, peer));
    return await nearestAgreement(router, service, { targets: 600, random });
  } finally {
    await peer.close();
  }
}

printReport(
  {
    bench: 'road',
    seed,
    figures,
    bounds: { matrix50x200Ms: { p50: 10 }, isochroneMs: { p50: 3 }, nearest2000Ms: { p95: 10 } },
    peers,
  },
  lines,
);
