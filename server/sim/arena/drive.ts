/** How she drives: the quickest way as somebody takes it who does not know the times by heart, at a pace of her own. Pure. */
import type { Random } from '#domain/random.ts';
import { arrivals, departures, type Snap } from '#road/access.ts';
import { roadClasses } from '#road/build.ts';
import type { LngLat } from '#road/geo.ts';
import { edgeSlice, type RoadGraph, unreached } from '#road/graph.ts';
import { MinHeap } from '#road/heap.ts';
import { travelPoints, type TruthPoint } from '../truth.ts';
import { normal } from './chance.ts';

const paceMedian = 1.12;
const paceSigma = 0.22;
const classSigma = 0.15;
const arcSigma = 0.25;
const stopShare = 0.18;

/** The drive as points of the truth from `startS` on, all in mode `driving` but a stop; null where no road leads. */
export function driveOf(
  graph: RoadGraph,
  from: Snap,
  to: Snap,
  startS: number,
  random: Random,
): TruthPoint[] | null {
  const legs = noisyPath(graph, from, to, random.fork('way'));
  if (!legs) return null;
  const pace = random.fork('pace');
  const slowness = paceMedian * Math.exp(paceSigma * normal(pace));
  const stopAfter = pace.chance(stopShare) && legs.length > 12 ? 1 + pace.int(legs.length - 2) : -1;
  const stopS = pace.range(180, 720);
  const truth: TruthPoint[] = [];
  let atS = startS;
  legs.forEach(({ line, ds }, i) => {
    const durationS = (ds / 10) * slowness;
    truth.push(...travelPoints(line, { startS: atS, durationS, mode: 'driving', ends: 'driving' }));
    atS += durationS;
    if (i !== stopAfter) return;
    truth.at(-1)!.mode = 'parked';
    atS += stopS;
    truth.push({ ...truth.at(-1)!, mode: 'driving', atS: Math.round(atS * 10) / 10 });
  });
  return truth;
}

interface Leg {
  line: LngLat[];
  ds: number;
}

/** Dijkstra over times that are wrong by a factor of its own for each class of road and for each arc. */
function noisyPath(graph: RoadGraph, from: Snap, to: Snap, random: Random): Leg[] | null {
  const byClass = roadClasses.map(() => Math.exp(classSigma * normal(random)));
  const wrong = Float32Array.from(
    { length: graph.arcCount },
    (_, arc) => byClass[graph.edgeClass[graph.arcEdge[arc]!]!]! * Math.exp(arcSigma * normal(random)),
  );
  const ends = new Map(arrivals(graph, to).map(({ node, ds }) => [node, ds]));
  const best = new Int32Array(graph.nodeCount).fill(unreached);
  const via = new Int32Array(graph.nodeCount).fill(-1);
  const heap = new MinHeap();
  for (const { node, ds } of departures(graph, from)) {
    best[node] = ds;
    heap.push(ds, node);
  }
  let goal = -1;
  let goalDs = unreached;
  while (heap.size > 0 && heap.topKey < goalDs) {
    const ds = heap.topKey;
    const node = heap.pop();
    if (ds > best[node]!) continue;
    const endDs = ends.get(node);
    if (endDs !== undefined && ds + endDs < goalDs) [goal, goalDs] = [node, ds + endDs];
    for (let arc = graph.arcOffset[node]!; arc < graph.arcOffset[node + 1]!; arc++) {
      const next = graph.arcTo[arc]!;
      const nextDs = ds + Math.round(graph.arcDs[arc]! * wrong[arc]!);
      if (nextDs >= best[next]!) continue;
      best[next] = nextDs;
      via[next] = arc;
      heap.push(nextDs, next);
    }
  }
  return goal < 0 ? null : legsTo(graph, from, to, { goal, goalDs, best, via });
}

function legsTo(
  graph: RoadGraph,
  from: Snap,
  to: Snap,
  { goal, goalDs, best, via }: { goal: number; goalDs: number; best: Int32Array; via: Int32Array },
): Leg[] {
  const endAt = (edge: number, node: number): 0 | 1 =>
    graph.edgeFrom[edge] === graph.nodeJunction[node] ? 0 : 1;
  const legs: Leg[] = [
    {
      line: edgeSlice(graph, to.edge, endAt(to.edge, goal), to.fraction),
      ds: goalDs - best[goal]!,
    },
  ];
  let node = goal;
  for (let arc = via[node]!; arc >= 0; arc = via[node]!) {
    const before = graph.arcFrom[arc]!;
    const edge = graph.arcEdge[arc]!;
    const first = endAt(edge, before);
    legs.push({ line: edgeSlice(graph, edge, first, 1 - first), ds: best[node]! - best[before]! });
    node = before;
  }
  legs.push({ line: edgeSlice(graph, from.edge, from.fraction, endAt(from.edge, node)), ds: best[node]! });
  return legs.reverse().filter(({ ds }) => ds > 0);
}
