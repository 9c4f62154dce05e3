/** Who is found: the same rules and the same luck for every policy. Pure. */
import type { SearchMethod } from '#contract/sighting.ts';
import { detectionOf, type SearchTarget } from '#domain/detection.ts';
import type { LngLat } from '#road/geo.ts';
import { placeOnEdge, type RoadGraph } from '#road/graph.ts';
import { eachSegmentWithin } from '#road/grid.ts';
import { isWithin, noticedChance, noticedWithinM } from '../search.ts';
import { type TrueState, truthAt } from '../truth.ts';
import { numberOf } from './chance.ts';
import type { DrivenPiece } from './driving.ts';
import type { ArenaTruthPoint, Episode } from './episode.ts';
import type { ArenaTarget } from './region.ts';

/** Whether a search of the target can see her: within 60 m of it, and not indoors when one only drives along a road. */
export const isHere = (target: SearchTarget, { at, mode }: TrueState): boolean =>
  isWithin(target, at) && !(target.path && mode === 'atPlace');

/**
 * When a search that begins at `fromS` finds her, or null. One number per episode, target and attempt says both
 * whether the searchers see her if she is there (below the POD) and at which moment of the search they look her way.
 */
export function foundAt(
  episode: Episode,
  target: ArenaTarget,
  method: SearchMethod,
  fromS: number,
  attempt: number,
): number | null {
  const { durationS, pod } = detectionOf(target, method);
  const number = numberOf(episode.id, 'search', target.id, attempt);
  if (number >= pod) return null;
  const atS = fromS + (durationS * number) / pod;
  return isHere(target, truthAt(episode.truth, atS)) ? atS : null;
}

/** Whether the crew of a unit that drives past her parked car for the n-th time notices it. */
export const isNoticed = (episode: Episode, unitId: string, nth: number): boolean =>
  numberOf(episode.id, 'pass', unitId, nth) < noticedChance;

/** A time for which she stays at one point. */
export interface Stay {
  at: LngLat;
  mode: ArenaTruthPoint['mode'];
  fromS: number;
  toS: number;
}

export function staysOf(truth: readonly ArenaTruthPoint[]): Stay[] {
  const stays: Stay[] = [];
  truth.forEach(({ atS, lng, lat, mode }, i) => {
    const next = truth[i + 1];
    if (next && (next.lng !== lng || next.lat !== lat)) return;
    if (mode === 'driving' || mode === 'onFoot') return;
    const last = stays.at(-1);
    const toS = next?.atS ?? Infinity;
    if (last && last.toS === atS && last.at[0] === lng && last.at[1] === lat) last.toS = toS;
    else stays.push({ at: [lng, lat], mode, fromS: atS, toS });
  });
  return stays;
}

/** Her parked car as the road sees it: from where on each edge it can be noticed. */
export class ParkedCar {
  private readonly stays: { fromS: number; toS: number; fractions: Map<number, number> }[];

  constructor(graph: RoadGraph, truth: readonly ArenaTruthPoint[]) {
    this.stays = staysOf(truth)
      .filter(({ mode }) => mode === 'parked')
      .map(({ at, fromS, toS }) => ({ fromS, toS, fractions: edgesBeside(graph, at) }));
  }

  /** The moments at which somebody who drives these pieces, timed from `startS`, passes her. */
  passes(pieces: readonly DrivenPiece[], startS: number): number[] {
    const passes: number[] = [];
    for (const { edge, first, second, fromS, toS } of pieces) {
      for (const stay of this.stays) {
        const fraction = stay.fractions.get(edge);
        if (fraction === undefined || first === second) continue;
        const along = (fraction - first) / (second - first);
        const atS = startS + fromS + along * (toS - fromS);
        if (along >= 0 && along <= 1 && atS >= stay.fromS && atS < stay.toS) passes.push(atS);
      }
    }
    return passes.sort((a, b) => a - b);
  }
}

function edgesBeside(graph: RoadGraph, at: LngLat): Map<number, number> {
  const nearest = new Map<number, { fraction: number; distanceM: number }>();
  eachSegmentWithin(graph.grid, graph.shape, at, noticedWithinM, (vertex, along, distanceM) => {
    const { edge, fraction } = placeOnEdge(graph, vertex, along);
    if (distanceM < (nearest.get(edge)?.distanceM ?? Infinity)) nearest.set(edge, { fraction, distanceM });
  });
  return new Map(Array.from(nearest, ([edge, { fraction }]) => [edge, fraction]));
}
