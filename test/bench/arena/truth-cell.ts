/** Where the truth lies in a belief. */
import type { Ground } from '#locate/ground.ts';
import { distanceM } from '#road/geo.ts';
import type { ArenaRegion } from '../../../server/sim/arena/region.ts';
import type { Episode } from '../../../server/sim/arena/episode.ts';
import { truthAt } from '../../../server/sim/truth.ts';
import type { Level } from './scores.ts';

const atPlaceWithinM = 60;

/** The road cell that she is on or, where she is in a place, from which one walks in; -1 off every road. */
export function truthCell({ driving }: ArenaRegion, ground: Ground, episode: Episode, atS: number): number {
  const state = truthAt(episode.truth, atS);
  const point = episode.truth.findLast(each => each.atS <= atS);
  const place =
    point?.placeId === undefined
      ? state.mode === 'atPlace'
        ? nearestPlace(ground, state.at)
        : undefined
      : ground.indexOf.get(point.placeId);
  if (place !== undefined) return ground.targetCells.items[ground.targetCells.offset[place]!] ?? -1;
  const snap = driving.snap(state.at);
  if (!snap) return -1;
  const first = ground.cellOffset[snap.edge]!;
  const count = ground.cellOffset[snap.edge + 1]! - first;
  return first + Math.min(count - 1, Math.floor(snap.fraction * count));
}

function nearestPlace({ targets, placeCount }: Ground, at: readonly [number, number]): number | undefined {
  let best: number | undefined;
  let leastM = atPlaceWithinM;
  for (let i = 0; i < placeCount; i++) {
    const awayM = distanceM(targets[i]!.position, at);
    if (awayM < leastM) [best, leastM] = [i, awayM];
  }
  return best;
}

/**
 * The level of the truth's cell among all cells, the mass of a place on the cell from which one walks in.
 * @param share of its own mass that counts, drawn at random so that coarse beliefs are not favoured
 */
export function levelOf(
  ground: Ground,
  picture: { cell: Float32Array; place: Float32Array },
  truth: number,
  share: number,
): Level {
  const mass = Float32Array.from(picture.cell);
  for (let place = 0; place < ground.placeCount; place++) {
    const cell = ground.targetCells.items[ground.targetCells.offset[place]!];
    if (ground.targetSnap[place] && cell !== undefined) mass[cell]! += picture.place[place]!;
  }
  const own = truth < 0 ? 0 : mass[truth]!;
  let level = own * share;
  for (const each of mass) if (each > own) level += each;
  return { level, p: own };
}
