/** The 24 tracks of Kubička et al. (2015, 'Dataset for testing and training of map-matching algorithms'), each with its own network. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildRoadGraph } from '../../server/road/assemble.ts';
import type { RoadInput } from '../../server/road/build.ts';
import { strongComponents } from '../../server/road/components.ts';
import { distanceM } from '../../server/road/geo.ts';
import type { RoadGraph } from '../../server/road/graph.ts';
import { groupBy } from '../../server/road/group.ts';
import type { TrackFix } from '../../server/road/match/model.ts';

export interface TrueTrack {
  name: string;
  graph: RoadGraph;
  fixes: TrackFix[];
  /** What was driven: metres by directed road, as `directedRoad` names them. */
  truth: Map<string, number>;
  /** The roads with which it begins and ends. */
  ends: Set<string>;
}

const archive = fileURLToPath(new URL('../../../shared/data/tracks/kubicka-00-23.tar.xz', import.meta.url));

/** A road of the data set in one direction: the ids of its two ends. */
const roadName = (from: number, to: number): string => `${from}>${to}`;

/** The name of an edge in one direction; the way's id holds both ends. */
export function directedRoad(graph: RoadGraph, edge: number, forward: boolean): string {
  const id = graph.edgeWayId[edge]!;
  const [from, to] = [Math.floor(id / wayRadix), id % wayRadix];
  return forward ? roadName(from, to) : roadName(to, from);
}

const wayRadix = 1_000_000;

/** All tracks of the archive, or null when it is not there. */
export function kubickaTracks(): TrueTrack[] | null {
  if (!existsSync(archive)) return null;
  const folder = mkdtempSync(join(tmpdir(), 'jianmian-tracks-'));
  try {
    execFileSync('tar', ['xJf', archive, '-C', folder]);
    return readdirSync(folder)
      .filter(name => /^\d+$/.test(name))
      .sort()
      .map(name => readTrack(join(folder, name, name), name));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function readTrack(path: string, name: string): TrueTrack {
  const table = (ending: string): number[][] =>
    readFileSync(path + ending, 'utf8')
      .trim()
      .split('\n')
      .map(line => line.trim().split(/\s+/).map(Number));
  const nodes = table('.nodes') as [number, number][];
  const arcs = table('.arcs') as [number, number][];
  const graph = buildRoadGraph(networkOf(nodes, arcs));
  const truth = new Map<string, number>();
  for (const [arc] of table('.route')) {
    const [from, to] = arcs[arc!]!;
    const road = roadName(from, to);
    truth.set(road, (truth.get(road) ?? 0) + distanceM(nodes[from]!, nodes[to]!));
  }
  const fixes = table('.track').map(([lng, lat, seconds]) => ({
    lng: lng!,
    lat: lat!,
    observedAtMs: seconds! * 1000,
  }));
  const roads = [...truth.keys()];
  return { name: name.slice(-2), graph, fixes, truth, ends: new Set([roads[0]!, roads.at(-1)!]) };
}

/**
 * Each pair of arcs there and back is one way; the data has no classes and no speeds. The graph holds only what hangs
 * together both ways; some networks are cut out so that a true route leads in or out over a one-way road, so outside
 * the largest connected part one-way roads are opened to both sides.
 */
function networkOf(nodes: [number, number][], arcs: [number, number][]): RoadInput {
  const connected = inLargestPart(nodes.length, arcs);
  const directed = new Set(arcs.map(([from, to]) => roadName(from, to)));
  const ways: RoadInput['ways'] = [];
  for (const road of directed) {
    const [from, to] = road.split('>').map(Number) as [number, number];
    const both = directed.has(roadName(to, from));
    if (from === to || (both && from > to)) continue;
    ways.push({
      id: from * wayRadix + to,
      nodes: [from, to],
      oneway: both || !connected(from) || !connected(to) ? 0 : 1,
      speedKmh: 40,
      roadClass: 'unclassified',
      link: false,
      surface: 'paved',
      bridge: false,
      tunnel: false,
    });
  }
  return { nodes: new Map(nodes.entries()), ways, restrictions: [], barriers: [] };
}

function inLargestPart(nodeCount: number, arcs: [number, number][]): (node: number) => boolean {
  const { offset, order } = groupBy(
    arcs.map(([from]) => from),
    nodeCount,
  );
  const { label, sizes } = strongComponents(
    offset,
    order.map(arc => arcs[arc]![1]),
  );
  const largest = sizes.indexOf(Math.max(...sizes));
  return node => label[node] === largest;
}

/** The fixes that are left when a device reports once in so many seconds; the first and the last stay. */
export function thinned(fixes: readonly TrackFix[], everyS: number): TrackFix[] {
  const kept: TrackFix[] = [];
  fixes.forEach((fix, i) => {
    const last = kept.at(-1);
    if (!last || fix.observedAtMs - last.observedAtMs >= everyS * 1000 - 1 || i === fixes.length - 1)
      kept.push(fix);
  });
  return kept;
}
