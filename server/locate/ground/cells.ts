/** Road cells: each edge in equal parts of at most 60 m. */
import { lngShrink, type LngLat, toDegrees, unitsPerDegree } from '#road/geo.ts';
import type { RoadGraph } from '#road/graph.ts';
import type { Ground } from '../ground.ts';

const maxCellM = 60;

export type Cells = Pick<
  Ground,
  'cellCount' | 'cellOffset' | 'cellEdge' | 'cellLng' | 'cellLat' | 'cellLengthM'
>;

export function cutCells(graph: RoadGraph): Cells {
  const { edgeCount, edgeLengthM } = graph;
  const cellOffset = new Uint32Array(edgeCount + 1);
  for (let edge = 0; edge < edgeCount; edge++)
    cellOffset[edge + 1] = cellOffset[edge]! + Math.max(1, Math.ceil(edgeLengthM[edge]! / maxCellM));
  const cellCount = cellOffset[edgeCount]!;
  const cells: Cells = {
    cellCount,
    cellOffset,
    cellEdge: new Uint32Array(cellCount),
    cellLng: new Float64Array(cellCount),
    cellLat: new Float64Array(cellCount),
    cellLengthM: new Float32Array(cellCount),
  };
  for (let edge = 0; edge < edgeCount; edge++) {
    const [first, end] = [cellOffset[edge]!, cellOffset[edge + 1]!];
    cells.cellEdge.fill(edge, first, end);
    cells.cellLengthM.fill(edgeLengthM[edge]! / (end - first), first, end);
    placeMiddles(graph, edge, cells);
  }
  return cells;
}

/** The cell of an edge in which a share (0 to 1) of its length lies. */
export function cellAt({ cellOffset }: Pick<Cells, 'cellOffset'>, edge: number, fraction: number): number {
  const [first, end] = [cellOffset[edge]!, cellOffset[edge + 1]!];
  return Math.min(end - 1, first + Math.floor(fraction * (end - first)));
}

/** Walks along the shape once and puts down the middle of each cell on the way. */
function placeMiddles({ shape, shapeOffset }: RoadGraph, edge: number, cells: Cells): void {
  const [first, last] = [shapeOffset[edge]!, shapeOffset[edge + 1]! - 1];
  const shrink = lngShrink(shape[first * 2 + 1]! / unitsPerDegree);
  const stepOf = (v: number): number =>
    Math.sqrt(
      ((shape[v * 2 + 2]! - shape[v * 2]!) * shrink) ** 2 + (shape[v * 2 + 3]! - shape[v * 2 + 1]!) ** 2,
    );
  let total = 0;
  for (let v = first; v < last; v++) total += stepOf(v);
  const [begin, end] = [cells.cellOffset[edge]!, cells.cellOffset[edge + 1]!];
  let vertex = first;
  let before = 0;
  let step = stepOf(vertex);
  for (let cell = begin; cell < end; cell++) {
    const wanted = (total * (cell - begin + 0.5)) / (end - begin);
    while (before + step < wanted && vertex + 1 < last) {
      before += step;
      step = stepOf(++vertex);
    }
    const along = step > 0 ? Math.min(1, (wanted - before) / step) : 0;
    const at = (axis: 0 | 1): number =>
      toDegrees(shape[vertex * 2 + axis]! * (1 - along) + shape[vertex * 2 + 2 + axis]! * along);
    cells.cellLng[cell] = at(0);
    cells.cellLat[cell] = at(1);
  }
}

export const cellMiddle = (cells: Cells, cell: number): LngLat => [
  cells.cellLng[cell]!,
  cells.cellLat[cell]!,
];
