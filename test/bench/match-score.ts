/** How much of a true route a matched one got right. */
import type { RoadGraph } from '../../server/road/graph.ts';
import { directedRoad, type TrueTrack } from './match-tracks.ts';

/** Part of an edge, driven from one fraction of its length to another. */
export interface Driven {
  edge: number;
  first: number;
  second: number;
}

/** All in metres. */
export interface Score {
  trueM: number;
  /** Of the true route, matched in its direction. */
  rightM: number;
  /** Matched and not in the true route. */
  addedM: number;
}

/**
 * Compares lengths road by road and direction by direction, as often as each was driven. The true route consists of
 * whole arcs; how much of its first and last one was driven is not known, so these two count on neither side.
 */
export function scoreOf({ graph, truth, ends }: TrueTrack, driven: Iterable<Driven>): Score {
  const matched = lengths(graph, driven);
  const score: Score = { trueM: 0, rightM: 0, addedM: 0 };
  for (const [road, lengthM] of truth) {
    if (ends.has(road)) continue;
    score.trueM += lengthM;
    score.rightM += Math.min(lengthM, matched.get(road) ?? 0);
  }
  for (const [road, lengthM] of matched) {
    if (!ends.has(road)) score.addedM += Math.max(0, lengthM - (truth.get(road) ?? 0));
  }
  return score;
}

function lengths(graph: RoadGraph, driven: Iterable<Driven>): Map<string, number> {
  const metres = new Map<string, number>();
  for (const { edge, first, second } of driven) {
    const road = directedRoad(graph, edge, second > first);
    metres.set(road, (metres.get(road) ?? 0) + Math.abs(second - first) * graph.edgeLengthM[edge]!);
  }
  return metres;
}

export const noScore: Score = { trueM: 0, rightM: 0, addedM: 0 };

export const sum = (a: Score, b: Score): Score => ({
  trueM: a.trueM + b.trueM,
  rightM: a.rightM + b.rightM,
  addedM: a.addedM + b.addedM,
});

const percent = (share: number): number => Math.round(share * 10_000) / 100;

/** Share of the true length that was matched; and, as Newson and Krumm count errors, what was missed or added over it. */
export const recalledPct = ({ rightM, trueM }: Score): number => percent(rightM / trueM);
export const errorPct = ({ rightM, addedM, trueM }: Score): number =>
  percent((trueM - rightM + addedM) / trueM);
