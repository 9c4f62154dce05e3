/** How much a road suits somebody who was told to be alone. */
import { type RoadClass, roadClasses } from '#road/build.ts';
import { lngShrink, metresPerDegree } from '#road/geo.ts';
import { edgeFlag, type RoadGraph } from '#road/graph.ts';
import type { Cells } from './cells.ts';

/** By class alone: how seldom somebody passes. */
const quietOfClass: Record<RoadClass, number> = {
  motorway: 0,
  trunk: 0,
  primary: 0.02,
  secondary: 0.05,
  tertiary: 0.15,
  unclassified: 0.55,
  residential: 0.35,
  livingStreet: 0.3,
  service: 0.7,
  track: 0.95,
  ferry: 0,
};
/** Of what is left to 1, the shares that gravel, a dead end and the lack of other roads around take. */
const unpavedShare = 0.4;
const deadEndShare = 0.25;
const lonelyShare = 0.3;
/** Metres of other road in a square of 300 m around at which the lack of them counts a third (e⁻¹). */
const crowdedM = 1200;
const squareM = 300;

/** Per line, 0 to 1. `cellsOf`: the cells of each line. */
export function quietOf(graph: RoadGraph, cells: Cells, lines: readonly (readonly number[])[]): Float32Array {
  const around = roadAround(cells);
  const arms = new Uint16Array(graph.junctionCount);
  for (let edge = 0; edge < graph.edgeCount; edge++) {
    arms[graph.edgeFrom[edge]!]!++;
    arms[graph.edgeTo[edge]!]!++;
  }
  return Float32Array.from(lines, line => {
    let sum = 0;
    let lengthM = 0;
    for (const cell of line) {
      const metres = cells.cellLengthM[cell]!;
      const edge = cells.cellEdge[cell]!;
      const deadEnd = arms[graph.edgeFrom[edge]!] === 1 || arms[graph.edgeTo[edge]!] === 1;
      const unpaved = (graph.edgeFlags[edge]! & edgeFlag.unpaved) !== 0;
      const lonely = Math.exp(-around(cell) / crowdedM);
      const busy =
        (1 - quietOfClass[roadClasses[graph.edgeClass[edge]!]!]) *
        (unpaved ? 1 - unpavedShare : 1) *
        (deadEnd ? 1 - deadEndShare : 1) *
        (1 - lonelyShare * lonely);
      sum += metres * (1 - busy);
      lengthM += metres;
    }
    return lengthM > 0 ? sum / lengthM : 0;
  });
}

/** Metres of road in the square of a grid that a cell lies in and, by halves, in the four beside it. */
function roadAround({ cellCount, cellLng, cellLat, cellLengthM }: Cells): (cell: number) => number {
  const shrink = lngShrink(cellLat[0] ?? 0);
  const square = (cell: number): [number, number] => [
    Math.floor((cellLng[cell]! * shrink * metresPerDegree) / squareM),
    Math.floor((cellLat[cell]! * metresPerDegree) / squareM),
  ];
  const width = 1 << 20;
  const metres = new Map<number, number>();
  for (let cell = 0; cell < cellCount; cell++) {
    const [x, y] = square(cell);
    metres.set(y * width + x, (metres.get(y * width + x) ?? 0) + cellLengthM[cell]!);
  }
  return cell => {
    const [x, y] = square(cell);
    const at = (dx: number, dy: number): number => metres.get((y + dy) * width + x + dx) ?? 0;
    return at(0, 0) + (at(1, 0) + at(-1, 0) + at(0, 1) + at(0, -1)) / 2 - cellLengthM[cell]!;
  };
}
