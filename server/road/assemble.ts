/** From ways to the road graph: split at junctions, keep what is connected, lay out flat arrays. */
import { type RoadInput, type RoadWay, roadClasses } from './build.ts';
import { Darts, edgeOfDart } from './darts.ts';
import { lngShrink, metresPerDegree, toDegrees, toStored } from './geo.ts';
import { edgeFlag, noArc, type RoadGraph, type RoadName } from './graph.ts';
import { buildSnapGrid } from './grid.ts';
import { groupBy } from './group.ts';
import { forbiddenRuns } from './restrictions.ts';
import {
  droppedRoads,
  keepConnected,
  type Numbered,
  numberNodes,
  splitAtJunctions,
  type Stretch,
  stretchLengthM,
  withoutEdges,
} from './stretches.ts';
import { cutOffEdges, turnNodes, type TurnNodes } from './turns.ts';

/**
 * Builds the graph of the largest strongly connected component (by nodes). Everything else is dropped and counted in
 * `dropped`: islands, private yards behind a gate, one-way stubs at the border of the extract, what turn restrictions
 * cut off. There a car could get in and never out, and every travel time to it would be 'never'. A way whose nodes
 * are partly unknown (a clipped extract) is cut at the gap, never bridged. Throws RangeError on a speed that is not
 * positive.
 */
export function buildRoadGraph(input: RoadInput): RoadGraph {
  const all = numberNodes(splitAtJunctions(input), input.barriers);
  let kept = keepConnected(all);
  for (;;) {
    const darts = new Darts(kept);
    const lengthM = (stretch: Stretch): number => stretchLengthM(stretch, input.nodes);
    const { runs, counts } = forbiddenRuns(kept, darts, input.restrictions, lengthM);
    const nodes = turnNodes(darts, kept.nodeRefs.length, runs);
    const cutOff = cutOffEdges(nodes, kept.stretches.length);
    if (cutOff.size === 0) {
      const dropped = droppedRoads(all, kept, input.nodes);
      return layOut(kept, nodes, input, { dropped, restrictions: counts });
    }
    kept = keepConnected(withoutEdges(kept, cutOff));
  }
}

type Counts = Pick<RoadGraph, 'dropped' | 'restrictions'>;

function layOut(kept: Numbered, nodes: TurnNodes, input: RoadInput, counts: Counts): RoadGraph {
  const edgeCount = kept.stretches.length;
  const { nodeCount, nodeJunction, copyOffset } = nodes;
  const nodePosition = new Int32Array(nodeCount * 2);
  nodeJunction.forEach((junction, node) =>
    nodePosition.set(input.nodes.get(kept.nodeRefs[junction]!)!.map(toStored), node * 2),
  );

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

  const arcs = layOutArcs(nodes, edgeCount, edge =>
    Math.max(1, Math.round((edgeLengthM[edge]! / (edgeSpeedKmh[edge]! / 3.6)) * 10)),
  );
  return {
    nodeCount,
    junctionCount: kept.nodeRefs.length,
    edgeCount,
    arcCount: arcs.arcTo.length,
    nodePosition,
    nodeJunction,
    copyOffset,
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
    ...counts,
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

function layOutArcs(nodes: TurnNodes, edgeCount: number, edgeDs: (edge: number) => number): Arcs {
  const { nodeCount, nodeJunction, from, to, dart } = nodes;
  const edgeArc = new Uint32Array(edgeCount * 2).fill(noArc);
  from.forEach((node, arc) => {
    if (node === nodeJunction[node]) edgeArc[dart[arc]!] = arc;
  });
  const { offset: inOffset, order: inArc } = groupBy(to, nodeCount);
  return {
    arcOffset: groupBy(from, nodeCount).offset,
    arcFrom: Uint32Array.from(from),
    arcTo: Uint32Array.from(to),
    arcDs: Int32Array.from(dart, each => edgeDs(edgeOfDart(each))),
    arcEdge: Uint32Array.from(dart, edgeOfDart),
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
    (way.roadClass === 'motorway' || way.roadClass === 'ferry' || way.tunnel ? fenced : open).push(edge),
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
