/** Where units should stand so that she, who is driving, meets one of them whichever way she takes. */
import { accessDs, type Snap } from '#road/access.ts';
import { edgeRoadClass, type RoadGraph, unreached } from '#road/graph.ts';
import type { RoadRouter } from '#road/router.ts';
import { placeUnits } from './place.ts';
import { passesOf } from './passes.ts';
import { choiceOf, type Way } from './problem.ts';

export interface InterceptUnit {
  id: string;
  at: Snap;
  /** When it can leave, seconds from now. */
  freeInS: number;
}

/** A unit at a junction. */
export interface Post {
  unitId: string;
  junction: number;
  /** Seconds from now. */
  arriveS: number;
  /** Share of her ways that pass there once the unit is ready. */
  share: number;
  /** Share of her ways that no other post wins. */
  alone: number;
}

export interface Interception {
  /** Units that win something, most first; the others stay free. */
  posts: Post[];
  /** Share of her ways that pass some post. */
  share: number;
  /** No placing of these units wins a larger share. */
  bound: number;
}

/** A unit must be at its post so long before her: it has to turn, stop and look. */
const defaultMarginS = 60;
/** A unit that adds less than this share stays free: it may be needed for the search. */
const defaultLeastShare = 0.02;

/**
 * Places the units on the ways that she may be driving; ways from `Belief.driveways` or any other sample. Shares are of
 * the weight of all ways. Deterministic; the time is some milliseconds for each unit's travel times and a few for the rest.
 */
export function intercept(input: {
  router: RoadRouter;
  ways: readonly Way[];
  units: readonly InterceptUnit[];
  marginS?: number;
  leastShare?: number;
}): Interception {
  const { router, ways, units } = input;
  const { marginS = defaultMarginS, leastShare = defaultLeastShare } = input;
  const total = ways.reduce((sum, { weight }) => sum + weight, 0);
  if (total <= 0) return { posts: [], share: 0, bound: 0 };
  const passes = passesOf(ways, junction => mayStandAt(router.graph, junction));
  const arriveS = units.map(unit => arrivalsOf(router, unit));
  const choices = arriveS.map(arrive => choiceOf(passes, arrive, marginS));
  const weights = ways.map(({ weight }) => weight / total);
  const { postOf, won, bound } = placeUnits(weights, choices, leastShare);

  const taken = units.flatMap((unit, i) => {
    const post = postOf[i]!;
    if (post === -1) return [];
    const junction = choices[i]!.posts[post]!;
    return [{ unitId: unit.id, junction, arriveS: arriveS[i]!(junction), wins: choices[i]!.wins[post]! }];
  });
  const times = new Uint16Array(ways.length);
  for (const { wins } of taken) for (const way of wins) times[way]!++;
  const sum = (wins: Uint32Array): number => wins.reduce((share, way) => share + weights[way]!, 0);
  const posts = taken.map(({ wins, ...post }) => ({
    ...post,
    share: sum(wins),
    alone: sum(wins.filter(way => times[way] === 1)),
  }));
  posts.sort((a, b) => b.share - a.share || a.arriveS - b.arriveS || (a.unitId < b.unitId ? -1 : 1));
  return { posts, share: won, bound };
}

/** When a unit can be at a junction, seconds from now. */
function arrivalsOf(router: RoadRouter, { at, freeInS }: InterceptUnit): (junction: number) => number {
  const { copyOffset } = router.graph;
  const nodeDs = router.reachFrom(at)?.nodeDs;
  if (!nodeDs) return () => Infinity;
  return junction => {
    let ds = nodeDs[junction]!;
    for (let copy = copyOffset[junction]!; copy < copyOffset[junction + 1]!; copy++)
      ds = Math.min(ds, nodeDs[copy]!);
    return ds >= unreached ? Infinity : freeInS + (ds + accessDs(at)) / 10;
  };
}

/** Nobody is stopped on a motorway: posts there need another road as well. */
function mayStandAt(graph: RoadGraph, junction: number): boolean {
  for (let arc = graph.arcOffset[junction]!; arc < graph.arcOffset[junction + 1]!; arc++)
    if (edgeRoadClass(graph, graph.arcEdge[arc]!) !== 'motorway') return true;
  return false;
}
