/** A unit at each way out of where she may be, before she can be there. */
import { accessDs } from '#road/access.ts';
import type { RoadRouter } from '#road/router.ts';
import type { InterceptUnit } from '../intercept/index.ts';
import type { Way } from '../intercept/problem.ts';
import { junctionSnap } from '../junction.ts';
import { smallestCut } from './cut.ts';
import { holdExits } from './hold.ts';
import { edgeEnds, soonestS, spreadDs } from './spread.ts';

export interface ContainInput {
  router: RoadRouter;
  /** Edges that she may be on now: `likelyEdges` of a belief, or the edge of her newest certain position. */
  edges: Iterable<number>;
  /** Ways that she may be driving: how much would leave by an exit that stays open. Without any, exits count alike. */
  ways: readonly Way[];
  units: readonly InterceptUnit[];
  /** A unit must be in place so long before she can be there. */
  marginS?: number;
}

export interface Containment {
  /** Within this time from now she cannot have left, once the posts are taken. */
  horizonS: number;
  /** The soonest one first. */
  posts: { unitId: string; junction: number; arriveS: number; spareS: number }[];
  /** Exits that nobody can hold in time, the likeliest first, with the share of her ways that leave there. */
  open: { junction: number; share: number }[];
  /** When the last post is taken, seconds from now. */
  worstS: number;
}

const defaultMarginS = 30;
/** She may be quicker than the roads' usual speed by so much. */
const haste = 1.2;
/** The rings that are tried, the narrowest first: minutes of driving from where she may be. */
const ringsMin = [3, 5, 8, 12, 20, 30];
/** A ring of so many more exits than there are units is none. */
const mostOpen = 6;

/**
 * The narrowest ring of exits that the units can close in time: for each of some distances the smallest cut between her
 * area and what lies beyond, then the bottleneck assignment of units to its junctions. When no ring can be closed, the one
 * that leaves the smallest share of her ways open; null when there is none at all, as when she may be anywhere.
 */
export function contain(input: ContainInput): Containment | null {
  const { router, ways, units, marginS = defaultMarginS } = input;
  const { graph } = router;
  const limitDs = ringsMin.at(-1)! * 600;
  const usualS = soonestS(graph, spreadDs(graph, edgeEnds(graph, input.edges), limitDs * haste));
  const herS = usualS.map(seconds => seconds / haste);
  const starts = units.map(({ at, freeInS }) => ({ from: at, delayS: freeInS + accessDs(at) / 10 }));
  const helpS = soonestS(graph, router.firstAtNodes(starts));
  const area = marks(herS, seconds => seconds === 0);
  const blockable = marks(herS, (seconds, junction) => helpS[junction]! + marginS <= seconds);
  let best: Containment | null = null;
  for (const ringMin of ringsMin) {
    const horizonS = ringMin * 60;
    const outside = marks(herS, seconds => seconds > horizonS);
    const most = units.length + mostOpen;
    const exits = smallestCut({ graph, area, outside, blockable, outwards: herS, most });
    if (exits === null || exits.length === 0) continue;
    const closed = close(router, exits, herS, { ways, units, marginS });
    if (closed.open.length === 0) return { horizonS, ...closed };
    if (!best || openShare(closed) < openShare(best)) best = { horizonS, ...closed };
  }
  return best;
}

/** The edges that carry this share of where she may be, most first; `cell` as a belief's picture has it. */
export function likelyEdges(
  cell: ArrayLike<number>,
  cellEdge: ArrayLike<number>,
  share: number,
): Set<number> {
  const falling = positive(cell).sort().reverse();
  let left = share * falling.reduce((sum, mass) => sum + mass, 0);
  let taken = 0;
  while (left > 0 && taken < falling.length) left -= falling[taken++]!;
  const least = falling[taken - 1] ?? Infinity;
  // Of those that are no heavier than the last one only as many are needed as come first.
  let even = taken - falling.indexOf(least);
  const edges = new Set<number>();
  for (let i = 0; i < cell.length; i++)
    if (cell[i]! > least || (cell[i] === least && even-- > 0)) edges.add(cellEdge[i]!);
  return edges;
}

function positive(values: ArrayLike<number>): Float64Array {
  const found = new Float64Array(values.length);
  let count = 0;
  for (let i = 0; i < values.length; i++) if (values[i]! > 0) found[count++] = values[i]!;
  return found.subarray(0, count);
}

/** 1 where the test holds. */
function marks(herS: Float64Array, test: (seconds: number, junction: number) => boolean): Uint8Array {
  const found = new Uint8Array(herS.length);
  for (let junction = 0; junction < found.length; junction++)
    if (test(herS[junction]!, junction)) found[junction] = 1;
  return found;
}

function close(
  router: RoadRouter,
  exits: number[],
  herS: Float64Array,
  { ways, units, marginS }: Required<Pick<ContainInput, 'ways' | 'units' | 'marginS'>>,
): Omit<Containment, 'horizonS'> {
  const fromUnits = router.matrix(
    units.map(unit => unit.at),
    exits.map(exit => junctionSnap(router.graph, exit)),
  );
  const at = new Float64Array(exits.length * units.length);
  exits.forEach((_, row) => {
    units.forEach(({ freeInS }, column) => {
      at[row * units.length + column] = freeInS + fromUnits[column * exits.length + row]!;
    });
  });
  const share = leavingShare(exits, ways);
  const deadline = exits.map(exit => herS[exit]! - marginS);
  const { unitOf, worst } = holdExits({ rows: exits.length, columns: units.length, at }, share, deadline);
  const posts = exits.flatMap((junction, row) => {
    const unit = units[unitOf[row]!];
    if (!unit) return [];
    const arriveS = at[row * units.length + unitOf[row]!]!;
    return [{ unitId: unit.id, junction, arriveS, spareS: herS[junction]! - arriveS }];
  });
  const open = exits.flatMap((junction, row) =>
    unitOf[row] === -1 ? [{ junction, share: share[row]! }] : [],
  );
  posts.sort((a, b) => a.arriveS - b.arriveS);
  open.sort((a, b) => b.share - a.share);
  return { posts, open, worstS: worst };
}

/** Share of the ways that come to each exit before any other one. */
function leavingShare(exits: readonly number[], ways: readonly Way[]): number[] {
  const total = ways.reduce((sum, { weight }) => sum + weight, 0);
  if (total <= 0) return exits.map(() => 1 / exits.length);
  const indexOf = new Map(exits.map((exit, i) => [exit, i]));
  const share = exits.map(() => 0);
  for (const { weight, junctions } of ways) {
    const first = Array.from(junctions).find(junction => indexOf.has(junction));
    if (first !== undefined) share[indexOf.get(first)!]! += weight / total;
  }
  return share;
}

const openShare = ({ open }: Pick<Containment, 'open'>): number =>
  open.reduce((sum, { share }) => sum + share, 0);
