/** Which unit is nearest: asked of our engine and of another one. */
import type { Snap } from '../../server/road/access.ts';
import { edgeRoadClass, edgeSlice, type RoadGraph } from '../../server/road/graph.ts';
import type { RoadRouter } from '../../server/road/router.ts';
import { ownRoads, type RoadService } from '../../server/road/service.ts';
import type { Figures } from './report.ts';

const units = 40;
const targetsAtOnce = 40;
/** Two units of which neither is sooner by more than this (by the other engine's clock) are a tie. */
const tieS = 5;
const tieShare = 0.1;

/**
 * Share of targets for which both engines name the same unit of 40, or for which the other engine finds ours as good:
 * `strict` leaves that second part out. Units and targets lie anywhere on the roads but on farm tracks, on which
 * Valhalla counts 2 km/h where nobody has mapped the surface.
 */
export async function nearestAgreement(
  router: RoadRouter,
  other: RoadService,
  { targets, random }: { targets: number; random: () => number },
): Promise<Figures> {
  const own = ownRoads(router);
  const ratios: number[] = [];
  let [n, agree, strict] = [0, 0, 0];
  for (let done = 0; done < targets; done += targetsAtOnce) {
    const from = Array.from({ length: units }, () => anyPlace(router, random));
    const to = Array.from({ length: targetsAtOnce }, () => anyPlace(router, random));
    const [ours, theirs] = await Promise.all([own.matrix(from, to), other.matrix(from, to)]);
    for (let column = 0; column < to.length; column++) {
      const mine = ours.seconds.map(row => row[column] ?? Infinity);
      const its = theirs.seconds.map(row => row[column] ?? Infinity);
      const [best, itsBest] = [mine.indexOf(Math.min(...mine)), its.indexOf(Math.min(...its))];
      if (its[itsBest] === Infinity) continue; // cut off in its map
      n++;
      if (best === itsBest) strict++;
      if (its[best]! <= its[itsBest]! + Math.max(tieS, its[itsBest]! * tieShare)) agree++;
      ratios.push(...mine.map((seconds, i) => seconds / its[i]!).filter(ratio => ratio > 0));
    }
  }
  const median = ratios.toSorted((a, b) => a - b)[ratios.length >> 1] ?? Number.NaN;
  const share = (count: number): number => Math.round((count / n) * 1000) / 1000;
  return {
    n,
    agree,
    share: share(agree),
    strictShare: share(strict),
    tieS,
    tieShare,
    timeRatio: round2(median),
  };
}

const round2 = (value: number): number => Math.round(value * 100) / 100;

/** A point of any road but a farm track. */
function anyPlace(router: RoadRouter, random: () => number): Snap {
  const { graph } = router;
  const edge = anyEdge(graph, random);
  return router.snap(edgeSlice(graph, edge, random(), 1)[0]!)!;
}

function anyEdge(graph: RoadGraph, random: () => number): number {
  for (;;) {
    const edge = Math.floor(random() * graph.edgeCount);
    if (edgeRoadClass(graph, edge) !== 'track') return edge;
  }
}
