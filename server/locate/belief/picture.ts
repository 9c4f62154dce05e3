/** Where she may be at one moment. */
import { lineKinds } from '#contract/kinds.ts';
import type { PlaceKind } from '#contract/place.ts';
import type { Ground } from '#locate/ground.ts';
import type { Presence } from '#locate/presence.ts';
import { type Family, nowhere } from './family.ts';
import type { Weights } from './weights.ts';

export interface Modes {
  atPlace: number;
  parked: number;
  driving: number;
  onFoot: number;
}

/** All that is here sums to 1 with `restOfWorld`. */
export interface Masses {
  /** Who drives there, stands on the line that the cell is part of, or stayed at home there. */
  cell: Float32Array;
  /** Who is at a point place. */
  place: Float32Array;
  modes: Modes;
  restOfWorld: number;
  entropyBits: number;
}

/** A driving trip stands for those that were a little sooner or later. */
const driftS = [-45, -15, 15, 45] as const;
/** Lighter trips are not spread. */
const lightest = 1e-7;
const onFootInParks = 0.5;

/** Also the mass that rests at each target. */
export function massesAt(
  ground: Ground,
  families: readonly Family[],
  weights: Weights,
  nowS: number,
): Masses & { standing: Float64Array } {
  const cell = new Float64Array(ground.cellCount);
  const standing = new Float64Array(ground.targets.length);
  const modes: Modes = { atPlace: 0, parked: 0, driving: 0, onFoot: 0 };
  families.forEach((family, f) => {
    const { rest, target, first } = family.hypotheses;
    const list = weights.trips[f]!;
    const trips = first[first.length - 1]!;
    for (let h = 0; h < list.length; h++) {
      const weight = list[h]!;
      if (weight === 0) continue;
      if (family.rests(h, nowS)) {
        if (target[h]! >= 0) standing[target[h]!]! += weight;
        else cell[rest[h]!]! += weight;
        if (h >= trips) modes.atPlace += weight;
        else addMode(modes, ground.targets[target[h]!]!.kind, weight);
      } else if (family.isBack(h, nowS)) {
        // Trips that began on the way go back to where they began, which is no place.
        if (family.home && family.home.target >= 0) standing[family.home.target]! += weight;
        else cell[family.spotAt(h, nowS)]! += weight;
        modes.atPlace += weight;
      } else {
        modes[family.stands(h, nowS) ? 'parked' : 'driving'] += weight;
        spreadDriving(family, h, weight, nowS, cell);
      }
    }
  });
  const place = new Float64Array(ground.placeCount);
  standing.forEach((mass, i) => {
    if (mass === 0) return;
    if (i < ground.placeCount) place[i]! += mass;
    else spreadAlong(ground, i, mass, cell);
  });
  const { restOfWorld } = weights;
  return {
    standing,
    cell: Float32Array.from(cell),
    place: Float32Array.from(place),
    modes,
    restOfWorld,
    entropyBits: bitsOf(cell) + bitsOf(place) + bitsOf([restOfWorld]),
  };
}

function spreadDriving(family: Family, h: number, weight: number, nowS: number, cell: Float64Array): void {
  const drifts = weight < lightest ? [0] : driftS;
  for (const drift of drifts) {
    const spot = family.spotAt(h, nowS + drift);
    const at = spot === nowhere || spot >= cell.length ? family.hypotheses.cell[h]! : spot;
    cell[at]! += weight / drifts.length;
  }
}

/** Nothing tells where along a line she stands. */
function spreadAlong(
  { targetCells, cellLengthM }: Ground,
  target: number,
  mass: number,
  cell: Float64Array,
): void {
  const [from, to] = [targetCells.offset[target]!, targetCells.offset[target + 1]!];
  let lengthM = 0;
  for (let k = from; k < to; k++) lengthM += cellLengthM[targetCells.items[k]!]!;
  for (let k = from; k < to; k++) {
    const at = targetCells.items[k]!;
    cell[at]! += (mass * cellLengthM[at]!) / lengthM;
  }
}

function addMode(modes: Modes, kind: PlaceKind, mass: number): void {
  if (kind === 'carPark' || lineKinds.some(line => line === kind)) modes.parked += mass;
  else if (kind === 'park') {
    modes.onFoot += mass * onFootInParks;
    modes.parked += mass * (1 - onFootInParks);
  } else modes.atPlace += mass;
}

function bitsOf(list: Iterable<number>): number {
  let bits = 0;
  for (const p of list) if (p > 0) bits -= p * Math.log2(p);
  return bits;
}

/** Moments that a plan looks ahead to, denser where things change fast. */
const momentsS = [0, 120, 240, 420, 600, 900, 1320, 2400];

export function presenceAt(
  ground: Ground,
  families: readonly Family[],
  weights: Weights,
  nowS: number,
): Presence {
  const count = momentsS.length;
  const at = new Float32Array(ground.targets.length * count);
  const sums = new Float64Array(at.length);
  let driving = 0;
  families.forEach((family, f) => {
    const { target, arriveS, leaveS } = family.hypotheses;
    const list = weights.trips[f]!;
    for (let h = 0; h < list.length; h++) {
      const weight = list[h]!;
      if (weight === 0) continue;
      if (!family.stands(h, nowS)) driving += weight;
      if (target[h]! < 0) continue;
      const row = target[h]! * count;
      const from = momentFrom(arriveS[h]! - nowS);
      if (from < count) sums[row + from]! += weight;
      if (leaveS[h]! === Infinity) continue;
      const to = momentFrom(leaveS[h]! - nowS);
      if (to < count) sums[row + to]! -= weight;
      const home = family.home?.target ?? -1;
      const back = momentFrom(family.backS(h) - nowS);
      if (home >= 0 && back < count) sums[home * count + back]! += weight;
    }
  });
  for (let row = 0; row < sums.length; row += count) {
    let sum = 0;
    for (let k = 0; k < count; k++) {
      sum += sums[row + k]!;
      at[row + k] = Math.max(0, sum);
    }
  }
  return { inS: Float64Array.from(momentsS), at, driving };
}

/** Index of the first moment that is not before `inS`. */
function momentFrom(inS: number): number {
  let k = 0;
  while (k < momentsS.length && momentsS[k]! < inS) k++;
  return k;
}
