/**
 * Ordinary roads cut into lines of at most 500 m that a crew can be sent along: what is left when fast roads, ferries
 * and the segments of the reference data are taken away.
 */
import { roadClasses } from '#road/build.ts';
import { angleBetween, bearingDeg } from '#road/geo.ts';
import { type RoadGraph, vertexPosition } from '#road/graph.ts';
import type { Cells } from './cells.ts';
import { joinCrumbs } from './crumbs.ts';

export const maxStreetM = 500;
/** Names that differ still mean the same road when it goes on as straight as this; a road bends as it likes. */
const straightOnDeg = 45;
const sameNameDeg = 100;

/** Consecutive cells of one edge, driven from the edge's `from` end to its `to` end, or `reversed`. */
export interface Stretch {
  edge: number;
  first: number;
  end: number;
  lengthM: number;
  reversed: boolean;
}

/** A chain of stretches, each beginning where the one before it ends. */
export interface Street {
  stretches: Stretch[];
  lengthM: number;
}

/** Roads that nobody stops on. */
const isFast = (graph: RoadGraph, edge: number): boolean => {
  const roadClass = roadClasses[graph.edgeClass[edge]!]!;
  return roadClass === 'motorway' || roadClass === 'trunk' || roadClass === 'ferry';
};

/**
 * Where a stretch begins (end 0) or ends (end 1), in the edge's own direction: a junction, or a negative number for the
 * border between two cells inside an edge.
 */
function jointOf(graph: RoadGraph, cells: Cells, { edge, first, end }: Stretch, at: 0 | 1): number {
  if (at === 0) return first === cells.cellOffset[edge] ? graph.edgeFrom[edge]! : -1 - first;
  return end === cells.cellOffset[edge + 1] ? graph.edgeTo[edge]! : -1 - end;
}

/** Where a chain begins and where it ends. */
export function jointsOf(graph: RoadGraph, cells: Cells, { stretches }: Street): [number, number] {
  const [first, last] = [stretches[0]!, stretches.at(-1)!];
  return [
    jointOf(graph, cells, first, first.reversed ? 1 : 0),
    jointOf(graph, cells, last, last.reversed ? 0 : 1),
  ];
}

/** @param taken per cell, whether it is part of a segment */
export function cutStreets(graph: RoadGraph, cells: Cells, taken: Uint8Array): Street[] {
  const pieces = freePieces(graph, cells, taken);
  const links = linkPieces(graph, cells, pieces);
  const streets = chainsOf(pieces, links).flatMap(chain => cutChain(cells, chain));
  return joinCrumbs(graph, cells, streets);
}

/** Runs of cells that are free, edge by edge. */
function freePieces(graph: RoadGraph, cells: Cells, taken: Uint8Array): Stretch[] {
  const pieces: Stretch[] = [];
  for (let edge = 0; edge < graph.edgeCount; edge++) {
    if (isFast(graph, edge)) continue;
    const last = cells.cellOffset[edge + 1]!;
    for (let cell = cells.cellOffset[edge]!; cell < last; cell++) {
      if (taken[cell]) continue;
      const first = cell;
      while (cell < last && !taken[cell]) cell++;
      const lengthM = (cell - first) * cells.cellLengthM[first]!;
      pieces.push({ edge, first, end: cell, lengthM, reversed: false });
    }
  }
  return pieces;
}

/** Piece p's ends are 2p and 2p + 1; the end that goes on where an end stops, or -1. The straightest pairs first. */
function linkPieces(graph: RoadGraph, cells: Cells, pieces: readonly Stretch[]): Int32Array {
  const endsAt = new Map<number, number[]>();
  pieces.forEach((piece, p) => {
    for (const at of [0, 1] as const) {
      const joint = jointOf(graph, cells, piece, at);
      const ends = endsAt.get(joint);
      if (ends) ends.push(p * 2 + at);
      else endsAt.set(joint, [p * 2 + at]);
    }
  });
  const next = new Int32Array(pieces.length * 2).fill(-1);
  for (const ends of endsAt.values()) {
    if (ends.length < 2) continue;
    const outward = ends.map(end => outwardDeg(graph, pieces[end >> 1]!, end & 1));
    const pairs: [number, number, number][] = [];
    ends.forEach((a, i) => {
      for (let k = i + 1; k < ends.length; k++) {
        const turnDeg = 180 - angleBetween(outward[i]!, outward[k]!);
        const mayTurnDeg = goesOnDeg(graph, pieces[a >> 1]!.edge, pieces[ends[k]! >> 1]!.edge);
        if (turnDeg <= mayTurnDeg) pairs.push([turnDeg, a, ends[k]!]);
      }
    });
    for (const [, a, b] of pairs.sort((p, q) => p[0] - q[0] || p[1] - q[1] || p[2] - q[2])) {
      if (next[a]! >= 0 || next[b]! >= 0 || a >> 1 === b >> 1) continue;
      next[a] = b;
      next[b] = a;
    }
  }
  return next;
}

/** By how much one may turn from one edge into another and still be on the same road; below 0 for different roads. */
function goesOnDeg(graph: RoadGraph, a: number, b: number): number {
  if (graph.edgeWayId[a] === graph.edgeWayId[b]) return 180;
  const [name, other] = [graph.edgeName[a]!, graph.edgeName[b]!];
  if (name !== other) return -1;
  if (name !== 0) return sameNameDeg;
  return graph.edgeClass[a] === graph.edgeClass[b] ? straightOnDeg : -1;
}

/** Bearing of an edge's first or last bit, away from that end. */
function outwardDeg(graph: RoadGraph, { edge }: Stretch, end: number): number {
  const [first, last] = [graph.shapeOffset[edge]!, graph.shapeOffset[edge + 1]! - 1];
  return end === 0
    ? bearingDeg(vertexPosition(graph, first), vertexPosition(graph, first + 1))
    : bearingDeg(vertexPosition(graph, last), vertexPosition(graph, last - 1));
}

/** Follows the links from one end of each chain to the other; a ring begins at its first piece. */
function chainsOf(pieces: readonly Stretch[], next: Int32Array): Stretch[][] {
  const used = new Uint8Array(pieces.length);
  return pieces.flatMap((_, p) => {
    if (used[p]) return [];
    // The end through which the chain is entered: back along the links until nothing comes before it.
    let entry = p * 2;
    while (next[entry]! >= 0 && next[entry]! >> 1 !== p) entry = next[entry]! ^ 1;
    if (next[entry]! >= 0) entry = p * 2;
    const chain: Stretch[] = [];
    while (entry >= 0 && !used[entry >> 1]) {
      used[entry >> 1] = 1;
      chain.push({ ...pieces[entry >> 1]!, reversed: (entry & 1) === 1 });
      entry = next[entry ^ 1]!;
    }
    return [chain];
  });
}

/** Lines of at most 500 m and of about the same length, cut at junctions where that is possible. */
function cutChain(cells: Cells, chain: readonly Stretch[]): Street[] {
  const parts = chain.flatMap(stretch => equalParts(cells, stretch));
  const totalM = parts.reduce((sum, part) => sum + part.lengthM, 0);
  const wantedM = totalM / Math.ceil(totalM / maxStreetM);
  const streets: Street[] = [];
  let open: Street = { stretches: [], lengthM: 0 };
  for (const part of parts) {
    const tooLong = open.lengthM + part.lengthM > maxStreetM;
    const enough = open.lengthM + part.lengthM / 2 > wantedM;
    if (open.stretches.length > 0 && (tooLong || enough)) {
      streets.push(open);
      open = { stretches: [], lengthM: 0 };
    }
    open.stretches.push(part);
    open.lengthM += part.lengthM;
  }
  return [...streets, open];
}

/** A stretch of more than 500 m in equal numbers of cells, in driving order. */
function equalParts(cells: Cells, stretch: Stretch): Stretch[] {
  if (stretch.lengthM <= maxStreetM) return [stretch];
  const { edge, first, end, reversed } = stretch;
  const cellM = cells.cellLengthM[first]!;
  const count = Math.ceil((end - first) / Math.floor(maxStreetM / cellM));
  const border = (i: number): number => first + Math.round(((end - first) * i) / count);
  const parts = Array.from({ length: count }, (_, i) => ({
    edge,
    first: border(i),
    end: border(i + 1),
    lengthM: (border(i + 1) - border(i)) * cellM,
    reversed,
  }));
  return reversed ? parts.reverse() : parts;
}
