/** From ways to the road graph: split at junctions, keep what is connected, lay out flat arrays. */
import { type RoadInput, type RoadWay, roadClasses } from './build.ts';
import { strongComponents } from './components.ts';
import { distanceM, type LngLat, lngShrink, metresPerDegree, toDegrees, toStored } from './geo.ts';
import { type DroppedRoads, edgeFlag, noArc, type RoadGraph, type RoadName } from './graph.ts';
import { buildSnapGrid } from './grid.ts';

/** A way's stretch between two junctions, still in the ids of the source. */
interface Stretch {
  way: RoadWay;
  refs: number[];
}

/** Stretches whose ends are numbered nodes of the graph. */
interface Numbered {
  stretches: Stretch[];
  from: number[];
  to: number[];
  nodeRefs: number[];
}

/**
 * Builds the graph of the largest strongly connected component (by nodes). Everything else is dropped and counted in
 * `dropped`: islands, private yards behind a gate, one-way stubs at the border of the extract. There a car could get
 * in and never out, and every travel time to it would be 'never'. A way whose nodes are partly unknown (a clipped
 * extract) is cut at the gap, never bridged. Throws RangeError on a speed that is not positive.
 */
export function buildRoadGraph(input: RoadInput): RoadGraph {
  const { kept, dropped } = keepConnected(numberNodes(splitAtJunctions(input)), input);
  return layOut(kept, dropped, input);
}

/** Cuts ways into runs of known nodes, without repeated neighbours. */
function knownRuns(way: RoadWay, nodes: RoadInput['nodes']): number[][] {
  const runs: number[][] = [];
  let run: number[] = [];
  const close = (): void => {
    if (run.length > 1) runs.push(run);
    run = [];
  };
  for (const ref of way.nodes) {
    if (!nodes.has(ref)) close();
    else if (ref !== run.at(-1)) run.push(ref);
  }
  close();
  return runs;
}

function splitAtJunctions(input: RoadInput): Stretch[] {
  const runs: Stretch[] = [];
  const uses = new Map<number, number>();
  for (const way of input.ways) {
    if (!(way.speedKmh > 0))
      throw new RangeError(`Way ${way.id} has speed ${way.speedKmh} km/h; a speed above 0 was expected.`);
    for (const refs of knownRuns(way, input.nodes)) {
      runs.push({ way, refs });
      refs.forEach((ref, i) => {
        const isEnd = i === 0 || i === refs.length - 1;
        uses.set(ref, (uses.get(ref) ?? 0) + (isEnd ? 2 : 1));
      });
    }
  }
  const stretches: Stretch[] = [];
  for (const { way, refs } of runs) {
    let start = 0;
    for (let i = 1; i < refs.length; i++) {
      if (i < refs.length - 1 && uses.get(refs[i]!)! < 2) continue;
      stretches.push(...withoutLoop({ way, refs: refs.slice(start, i + 1) }));
      start = i;
    }
  }
  return stretches;
}

/** A stretch that returns to its own start (a turning circle, a lollipop) is cut in two at its middle vertex. */
function withoutLoop(stretch: Stretch): Stretch[] {
  const { way, refs } = stretch;
  if (refs[0] !== refs.at(-1)) return [stretch];
  const middle = refs.length >> 1;
  return [
    { way, refs: refs.slice(0, middle + 1) },
    { way, refs: refs.slice(middle) },
  ];
}

function numberNodes(stretches: Stretch[]): Numbered {
  const numberOf = new Map<number, number>();
  const nodeRefs: number[] = [];
  const numbered = (ref: number): number => {
    let node = numberOf.get(ref);
    if (node === undefined) {
      node = nodeRefs.length;
      numberOf.set(ref, node);
      nodeRefs.push(ref);
    }
    return node;
  };
  const from = stretches.map(({ refs }) => numbered(refs[0]!));
  const to = stretches.map(({ refs }) => numbered(refs.at(-1)!));
  return { stretches, from, to, nodeRefs };
}

function keepConnected(all: Numbered, input: RoadInput): { kept: Numbered; dropped: DroppedRoads } {
  const tails: number[] = [];
  const heads: number[] = [];
  all.stretches.forEach(({ way }, i) => {
    if (way.oneway >= 0) tails.push(all.from[i]!);
    if (way.oneway >= 0) heads.push(all.to[i]!);
    if (way.oneway <= 0) tails.push(all.to[i]!);
    if (way.oneway <= 0) heads.push(all.from[i]!);
  });
  const { offset, order } = groupBy(tails, all.nodeRefs.length);
  const { label, sizes } = strongComponents(
    offset,
    order.map(arc => heads[arc]!),
  );
  const largest = sizes.reduce((best, size, i) => (size > (sizes[best] ?? 0) ? i : best), 0);

  const newNumber = new Int32Array(all.nodeRefs.length).fill(-1);
  const kept: Numbered = { stretches: [], from: [], to: [], nodeRefs: [] };
  all.nodeRefs.forEach((ref, node) => {
    if (label[node] === largest) newNumber[node] = kept.nodeRefs.push(ref) - 1;
  });
  const dropped: DroppedRoads = { nodes: all.nodeRefs.length - kept.nodeRefs.length, edges: 0, lengthM: 0 };
  all.stretches.forEach((stretch, i) => {
    const from = newNumber[all.from[i]!]!;
    const to = newNumber[all.to[i]!]!;
    if (from >= 0 && to >= 0) {
      kept.stretches.push(stretch);
      kept.from.push(from);
      kept.to.push(to);
    } else {
      dropped.edges++;
      dropped.lengthM += lineLengthM(stretch.refs.map(ref => input.nodes.get(ref)!));
    }
  });
  return { kept, dropped };
}

function lineLengthM(line: LngLat[]): number {
  let lengthM = 0;
  for (let i = 1; i < line.length; i++) lengthM += distanceM(line[i - 1]!, line[i]!);
  return lengthM;
}

/** Counting sort: the indices of `keys` ordered by key, and where each key's group begins. */
function groupBy(keys: ArrayLike<number>, keyCount: number): { offset: Uint32Array; order: Uint32Array } {
  const offset = new Uint32Array(keyCount + 1);
  for (let i = 0; i < keys.length; i++) offset[keys[i]! + 1]!++;
  for (let key = 0; key < keyCount; key++) offset[key + 1]! += offset[key]!;
  const next = offset.slice();
  const order = new Uint32Array(keys.length);
  for (let i = 0; i < keys.length; i++) order[next[keys[i]!]!++] = i;
  return { offset, order };
}

function layOut(kept: Numbered, dropped: DroppedRoads, input: RoadInput): RoadGraph {
  const nodeCount = kept.nodeRefs.length;
  const edgeCount = kept.stretches.length;
  const positions = new Int32Array(nodeCount * 2);
  kept.nodeRefs.forEach((ref, node) => positions.set(input.nodes.get(ref)!.map(toStored), node * 2));

  const shapes = layOutShapes(kept.stretches, input);
  const edgeLengthM = new Float32Array(edgeCount);
  const edgeSpeedKmh = new Float32Array(edgeCount);
  const edgeClass = new Uint8Array(edgeCount);
  const edgeFlags = new Uint8Array(edgeCount);
  const edgeName = new Uint32Array(edgeCount);
  const edgeWayId = new Float64Array(edgeCount);
  const names = new NameTable();
  kept.stretches.forEach(({ way }, edge) => {
    edgeLengthM[edge] = shapeLengthM(shapes, edge);
    edgeSpeedKmh[edge] = way.speedKmh;
    edgeClass[edge] = roadClasses.indexOf(way.roadClass);
    edgeFlags[edge] = wayFlags(way);
    edgeName[edge] = names.indexOf(way);
    edgeWayId[edge] = way.id;
  });

  const arcs = layOutArcs(kept, edge =>
    Math.max(1, Math.round((edgeLengthM[edge]! / (edgeSpeedKmh[edge]! / 3.6)) * 10)),
  );
  return {
    nodeCount,
    edgeCount,
    arcCount: arcs.arcTo.length,
    nodePosition: positions,
    ...arcs,
    edgeFrom: Uint32Array.from(kept.from),
    edgeTo: Uint32Array.from(kept.to),
    edgeLengthM,
    edgeSpeedKmh,
    edgeClass,
    edgeFlags,
    edgeName,
    edgeWayId,
    ...shapes,
    names: names.names,
    dropped,
    ...layOutGrids(shapes, kept.stretches),
  };
}

type Shapes = Pick<RoadGraph, 'shapeOffset' | 'shape'>;

function layOutShapes(stretches: Stretch[], input: RoadInput): Shapes {
  const shapeOffset = new Uint32Array(stretches.length + 1);
  stretches.forEach(({ refs }, edge) => {
    shapeOffset[edge + 1] = shapeOffset[edge]! + refs.length;
  });
  const shape = new Int32Array(shapeOffset[stretches.length]! * 2);
  let at = 0;
  for (const { refs } of stretches) {
    for (const ref of refs) {
      const [lng, lat] = input.nodes.get(ref)!;
      shape[at++] = toStored(lng);
      shape[at++] = toStored(lat);
    }
  }
  return { shapeOffset, shape };
}

function shapeLengthM({ shapeOffset, shape }: Shapes, edge: number): number {
  const last = shapeOffset[edge + 1]! - 1;
  let stored = 0;
  for (let v = shapeOffset[edge]!; v < last; v++) {
    const dLat = shape[v * 2 + 3]! - shape[v * 2 + 1]!;
    const middleLat = (shape[v * 2 + 3]! + shape[v * 2 + 1]!) / 2;
    const dLng = (shape[v * 2 + 2]! - shape[v * 2]!) * lngShrink(toDegrees(middleLat));
    stored += Math.sqrt(dLng * dLng + dLat * dLat);
  }
  return toDegrees(stored) * metresPerDegree;
}

type Arcs = Pick<
  RoadGraph,
  'arcOffset' | 'arcFrom' | 'arcTo' | 'arcDs' | 'arcEdge' | 'inOffset' | 'inArc' | 'edgeArc'
>;

function layOutArcs(kept: Numbered, edgeDs: (edge: number) => number): Arcs {
  const nodeCount = kept.nodeRefs.length;
  // Two possible arcs an edge: 2e along it, 2e + 1 against it; the forbidden ones are filtered out.
  const possible: number[] = [];
  kept.stretches.forEach(({ way }, edge) => {
    if (way.oneway >= 0) possible.push(edge * 2);
    if (way.oneway <= 0) possible.push(edge * 2 + 1);
  });
  const tail = (arc: number): number => (arc % 2 === 0 ? kept.from : kept.to)[arc >> 1]!;
  const head = (arc: number): number => (arc % 2 === 0 ? kept.to : kept.from)[arc >> 1]!;
  const { offset: arcOffset, order } = groupBy(possible.map(tail), nodeCount);
  const sorted = Array.from(order, i => possible[i]!);

  const edgeArc = new Uint32Array(kept.stretches.length * 2).fill(noArc);
  sorted.forEach((arc, i) => {
    edgeArc[arc] = i;
  });
  const arcTo = Uint32Array.from(sorted, head);
  const { offset: inOffset, order: inArc } = groupBy(arcTo, nodeCount);
  return {
    arcOffset,
    arcFrom: Uint32Array.from(sorted, tail),
    arcTo,
    arcDs: Int32Array.from(sorted, arc => edgeDs(arc >> 1)),
    arcEdge: Uint32Array.from(sorted, arc => arc >> 1),
    inOffset,
    inArc,
    edgeArc,
  };
}

function layOutGrids(
  { shape, shapeOffset }: Shapes,
  stretches: Stretch[],
): Pick<RoadGraph, 'grid' | 'fencedGrid'> {
  const fenced: number[] = [];
  const open: number[] = [];
  stretches.forEach(({ way }, edge) =>
    (way.roadClass === 'motorway' || way.tunnel ? fenced : open).push(edge),
  );
  return {
    grid: buildSnapGrid(shape, shapeOffset, open),
    fencedGrid: buildSnapGrid(shape, shapeOffset, fenced),
  };
}

function wayFlags(way: RoadWay): number {
  return (
    (way.link ? edgeFlag.link : 0) |
    (way.surface === 'unpaved' ? edgeFlag.unpaved : 0) |
    (way.bridge ? edgeFlag.bridge : 0) |
    (way.tunnel ? edgeFlag.tunnel : 0)
  );
}

/** Each different name once; index 0 is 'no name at all'. */
class NameTable {
  readonly names: RoadName[] = [{}];
  private readonly indexOfKey = new Map<string, number>([['\n\n', 0]]);

  indexOf({ name = '', nameEn = '', ref = '' }: RoadWay): number {
    const key = `${name}\n${nameEn}\n${ref}`;
    let index = this.indexOfKey.get(key);
    if (index === undefined) {
      index = this.names.push({ ...(name && { name }), ...(nameEn && { nameEn }), ...(ref && { ref }) }) - 1;
      this.indexOfKey.set(key, index);
    }
    return index;
  }
}
