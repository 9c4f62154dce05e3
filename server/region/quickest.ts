/** From which station each piece of road is reached first. */
import { accessDs, departures, snapTo } from '#road/access.ts';
import { distanceM, lineLengthM, positionAlong } from '#road/geo.ts';
import { edgeDs, edgeShape, noArc, nodePosition, type RoadGraph, unreached } from '#road/graph.ts';
import { MinHeap } from '#road/heap.ts';
import type { LngLat } from './source.ts';

/** A station farther from every road than this sends nobody by road. */
const MAX_SNAP_M = 5000;
/** Along a road a sample is taken at least this often, so that its neighbours' roads do not claim the middle of it. */
const SAMPLE_EVERY_M = 250;

/** Positions on the roads, each with the index of the station that it is nearest to in driving time. */
export interface RoadSamples {
  positions: LngLat[];
  owner: number[];
}

/**
 * Every junction, and points along longer roads, with the station that gets there first. Where no station gets by
 * road (an island, a ferry that is not in the data) it is the nearest one in a straight line. The stations themselves
 * are among the samples.
 */
export function quickestStations(graph: RoadGraph, stations: readonly { position: LngLat }[]): RoadSamples {
  const reach = search(graph, stations);
  const samples: RoadSamples = { positions: [], owner: [] };
  const add = (position: LngLat, owner: number) => {
    samples.positions.push(position);
    samples.owner.push(owner >= 0 ? owner : nearestByLine(position, stations));
  };
  stations.forEach(({ position }, i) => add(position, i));
  for (let junction = 0; junction < graph.junctionCount; junction++) {
    add(nodePosition(graph, junction), reach.owner[junction]!);
  }
  for (let edge = 0; edge < graph.edgeCount; edge++) {
    for (const { position, owner } of alongEdge(graph, edge, reach)) add(position, owner);
  }
  return samples;
}

/** By junction: tenths of a second from the quickest station, and its index; -1 where none gets. */
interface Reach {
  ds: Int32Array;
  owner: Int32Array;
}

/** Dijkstra's algorithm from all stations at once. */
function search(graph: RoadGraph, stations: readonly { position: LngLat }[]): Reach {
  const ds = new Int32Array(graph.nodeCount).fill(unreached);
  const owner = new Int32Array(graph.nodeCount).fill(-1);
  const frontier = new MinHeap();
  const offer = (node: number, nodeDs: number, station: number) => {
    if (nodeDs >= ds[node]!) return;
    ds[node] = nodeDs;
    owner[node] = station;
    frontier.push(nodeDs, node);
  };
  stations.forEach(({ position }, station) => {
    const snap = snapTo(graph, position, MAX_SNAP_M);
    for (const seed of snap ? departures(graph, snap) : [])
      offer(seed.node, accessDs(snap!) + seed.ds, station);
  });
  while (frontier.size > 0) {
    const nodeDs = frontier.topKey;
    const node = frontier.pop();
    if (nodeDs > ds[node]!) continue;
    for (let arc = graph.arcOffset[node]!; arc < graph.arcOffset[node + 1]!; arc++)
      offer(graph.arcTo[arc]!, nodeDs + graph.arcDs[arc]!, owner[node]!);
  }
  return atJunctions(graph, { ds, owner });
}

/** A junction is reached at the first of its copies that is. */
function atJunctions(graph: RoadGraph, { ds, owner }: Reach): Reach {
  for (let node = graph.junctionCount; node < graph.nodeCount; node++) {
    const junction = graph.nodeJunction[node]!;
    if (ds[node]! >= ds[junction]!) continue;
    ds[junction] = ds[node]!;
    owner[junction] = owner[node]!;
  }
  return { ds, owner };
}

/** Inner points of an edge; each belongs to the end that it is reached from first. */
function* alongEdge(graph: RoadGraph, edge: number, { ds, owner }: Reach) {
  const lengthM = graph.edgeLengthM[edge]!;
  const pieces = Math.ceil(lengthM / SAMPLE_EVERY_M);
  if (pieces < 2) return;
  const from = graph.edgeFrom[edge]!;
  const to = graph.edgeTo[edge]!;
  const passDs = edgeDs(graph, edge);
  const ahead = graph.edgeArc[edge * 2] === noArc ? unreached : ds[from]!;
  const back = graph.edgeArc[edge * 2 + 1] === noArc ? unreached : ds[to]!;
  const shape = edgeShape(graph, edge);
  const shapeM = lineLengthM(shape);
  for (let piece = 1; piece < pieces; piece++) {
    const share = piece / pieces;
    const fromFirst = ahead + share * passDs <= back + (1 - share) * passDs;
    yield { position: positionAlong(shape, shapeM * share), owner: owner[fromFirst ? from : to]! };
  }
}

function nearestByLine(position: LngLat, stations: readonly { position: LngLat }[]): number {
  let best = -1;
  let bestM = Infinity;
  stations.forEach((station, i) => {
    const metres = distanceM(position, station.position);
    if (metres < bestM) [best, bestM] = [i, metres];
  });
  return best;
}
