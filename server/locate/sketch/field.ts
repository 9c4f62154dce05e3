/** A search problem cut down to its likelier targets, so that what it is worth can be asked hundreds of times. */
import { detectionOf } from '#domain/detection.ts';
import { defaultMethod } from '#domain/task.ts';
import { lngShrink, metresPerDegree } from '#road/geo.ts';
import type { RoadRouter } from '#road/router.ts';
import type { Ground } from '../ground.ts';
import type { PlanUnit } from '../plan/index.ts';
import { onFootS, travelTable } from '../plan/travel.ts';
import type { Presence } from '../presence.ts';

/** Presence is kept at every so many seconds. */
export const fieldStepS = 30;

export type Searcher = Pick<PlanUnit, 'id' | 'at' | 'freeInS' | 'kind'>;

/** Places are numbered within the field; times are seconds from now. */
export interface Field {
  horizonS: number;
  /** Place → target of the ground. */
  targets: number[];
  unitCount: number;
  /** When each unit can set off. */
  freeS: Float64Array;
  /** 1 for a patrol on foot: it looks once, near where it is. */
  onFoot: Uint8Array;
  /** Units × places, by road, or on foot. */
  fromUnitS: Float32Array;
  /** From place to place it is the straight line at the pace that the units make: good enough for a sketch. */
  eastM: Float64Array;
  northM: Float64Array;
  secondsPerM: number;
  serviceS: Float32Array;
  pod: Float32Array;
  /** Places × steps: probability that she is there then. */
  there: Float32Array;
  stepCount: number;
}

export interface FieldInput {
  ground: Ground;
  router: RoadRouter;
  presence: Presence;
  units: readonly Searcher[];
  horizonS: number;
  /** Targets that are kept. */
  most: number;
}

/** Each place is looked at in its usual way, by whom and when the sketch decides. */
export function fieldOf({ ground, router, presence, units, horizonS, most }: FieldInput): Field {
  const places = placesOf(ground, presence, horizonS, most);
  const { targets } = places;
  const fromUnitS = travelTable(router, ground).fromSnaps(
    units.map(unit => unit.at),
    targets,
  );
  units.forEach(({ kind, at }, u) => {
    if (kind !== 'foot') return;
    targets.forEach((target, place) => {
      fromUnitS[u * targets.length + place] = onFootS(at, ground.targetSnap[target]!);
    });
  });
  const field: Field = {
    ...places,
    horizonS,
    unitCount: units.length,
    freeS: Float64Array.from(units, unit => unit.freeInS),
    onFoot: Uint8Array.from(units, unit => (unit.kind === 'foot' ? 1 : 0)),
    fromUnitS,
    secondsPerM: 0,
  };
  field.secondsPerM = paceOf(field, units, shrinkOf(ground, targets));
  return field;
}

/** What of a field depends on her alone. */
type Places = Pick<
  Field,
  'targets' | 'eastM' | 'northM' | 'serviceS' | 'pod' | 'there' | 'stepCount' | 'horizonS'
>;

/** Of presences: an incident's is asked again for each plan of another incident, until the next fact. */
const known = new WeakMap<Presence, Map<string, Places>>();

function placesOf(ground: Ground, presence: Presence, horizonS: number, most: number): Places {
  const ofPresence = known.get(presence) ?? new Map<string, Places>();
  known.set(presence, ofPresence);
  const key = `${horizonS} ${most}`;
  const places = ofPresence.get(key) ?? makePlaces(ground, presence, horizonS, most);
  ofPresence.set(key, places);
  return places;
}

function makePlaces(ground: Ground, presence: Presence, horizonS: number, most: number): Places {
  const targets = likeliestTargets(ground, presence, most);
  const detections = targets.map(target => {
    const { kind } = ground.targets[target]!;
    return detectionOf(ground.targets[target]!, defaultMethod(kind));
  });
  const stepCount = Math.ceil(horizonS / fieldStepS) + 1;
  const shrink = shrinkOf(ground, targets);
  return {
    horizonS,
    targets,
    eastM: Float64Array.from(targets, j => ground.targets[j]!.position[0] * shrink * metresPerDegree),
    northM: Float64Array.from(targets, j => ground.targets[j]!.position[1] * metresPerDegree),
    serviceS: Float32Array.from(detections, ({ durationS }) => durationS),
    pod: Float32Array.from(detections, ({ pod }) => pod),
    there: presenceRows(presence, targets, stepCount),
    stepCount,
  };
}

const shrinkOf = (ground: Ground, targets: readonly number[]): number =>
  lngShrink(ground.targets[targets[0] ?? 0]?.position[1] ?? 0);

/** Targets on the road with the largest presence at any of the moments, most first. */
function likeliestTargets({ targetSnap }: Ground, { inS, at }: Presence, most: number): number[] {
  const largest = new Float32Array(at.length / inS.length);
  for (let i = 0, cell = 0; i < largest.length; i++) {
    if (!targetSnap[i]) cell += inS.length;
    else for (let k = 0; k < inS.length; k++, cell++) largest[i] = Math.max(largest[i]!, at[cell]!);
  }
  const least = nearlyTop(largest, most);
  const found: number[] = [];
  for (let i = 0; i < largest.length; i++) if (largest[i]! > 0 && largest[i]! >= least) found.push(i);
  return found.sort((a, b) => largest[b]! - largest[a]! || a - b).slice(0, most);
}

/**
 * A limit that at least `most` of the values reach and few more: counted by their leading bits, which order positive
 * floating-point numbers as their sizes do.
 */
function nearlyTop(values: Float32Array, most: number): number {
  const bits = new Uint32Array(values.buffer);
  const counts = new Uint32Array(2 ** (32 - lowBits));
  for (const each of bits) counts[each >>> lowBits]!++;
  let count = 0;
  for (let bin = counts.length - 1; bin > 0; bin--) {
    count += counts[bin]!;
    if (count >= most) return new Float32Array(Uint32Array.of(bin << lowBits).buffer)[0]!;
  }
  return 0;
}

const lowBits = 18;

/** Between two moments presence changes evenly. */
function presenceRows({ inS, at }: Presence, targets: readonly number[], stepCount: number): Float32Array {
  const rows = new Float32Array(targets.length * stepCount);
  const last = inS.length - 1;
  for (let step = 0, k = 0; step < stepCount; step++) {
    const atS = step * fieldStepS;
    while (k < last && inS[k + 1]! <= atS) k++;
    const share = k === last ? 0 : (atS - inS[k]!) / (inS[k + 1]! - inS[k]!);
    targets.forEach((target, place) => {
      const before = at[target * inS.length + k]!;
      const after = at[target * inS.length + Math.min(last, k + 1)]!;
      rows[place * stepCount + step] = before + (after - before) * share;
    });
  }
  return rows;
}

/** Seconds by road for a metre of straight line: the median over each unit's ways to some places that are not next to it. */
function paceOf(field: Field, units: readonly Searcher[], shrink: number): number {
  const width = field.targets.length;
  const paces: number[] = [];
  units.forEach(({ kind, at }, u) => {
    if (kind === 'foot') return;
    const eastM = at.asked[0] * shrink * metresPerDegree;
    const northM = at.asked[1] * metresPerDegree;
    for (let place = u % everyPlace; place < width; place += everyPlace) {
      const straightM = Math.hypot(field.eastM[place]! - eastM, field.northM[place]! - northM);
      const seconds = field.fromUnitS[u * width + place]!;
      if (straightM > nextToM && Number.isFinite(seconds)) paces.push(seconds / straightM);
    }
  });
  return Float64Array.from(paces).sort()[paces.length >> 1] ?? usualSecondsPerM;
}

const everyPlace = 8;
const nextToM = 300;
/** 30 km/h. */
const usualSecondsPerM = 0.12;
