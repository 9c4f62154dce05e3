/** A rough plan in a fraction of a millisecond: what a search is worth, not what it should be in detail. */
import { type Field, fieldStepS } from './field.ts';

/** One look at a place of the field by a unit, over at `doneS`. */
export interface SketchedLook {
  unit: number;
  place: number;
  doneS: number;
}

/** Where the search stands when sketches of it begin. */
export interface Standing {
  /** Of each unit: when it can set off. */
  freeS: Float64Array;
  /** Of each unit: the place that it is at, or -1 where it is where it was at first. */
  at: Int32Array;
  /** Of each unit: the look that it is on the way to or at, which goes on as it is if it is chosen again. */
  next?: readonly (SketchedLook | null)[];
  /** Of each place: 1 when it was looked at. */
  seen?: Uint8Array;
}

/** What a meeting is worth by when it is, never growing. */
export type Worth = (inS: number) => number;

/** Places among which a sketch chooses: those with the most worth for the time of the first look. */
const shortlisted = 24;

/** Sketches from one standing: what does not depend on the weights is worked out once. */
export class Sketcher {
  private readonly field: Field;
  private readonly standing: Standing;
  private readonly worth: Float64Array;
  /** Places × units: when a look there is over that the unit does first. */
  private readonly firstDoneS: Float64Array;
  private readonly everybody: readonly number[];
  /** See `firstRates`; of everybody. */
  private readonly firstRate: Float64Array;
  private readonly freeS: Float64Array;
  private readonly at: Int32Array;
  private readonly bestPlace: Int32Array;
  private readonly bestRate: Float64Array;
  private readonly bestDoneS: Float64Array;

  constructor(field: Field, standing: Standing, worth: Worth) {
    this.field = field;
    this.standing = standing;
    this.worth = Float64Array.from({ length: field.stepCount }, (_, step) => worth(step * fieldStepS));
    this.freeS = standing.freeS.slice();
    this.at = standing.at.slice();
    this.bestPlace = new Int32Array(field.unitCount);
    this.bestRate = new Float64Array(field.unitCount);
    this.bestDoneS = new Float64Array(field.unitCount);
    this.firstDoneS = this.firstLooks();
    this.everybody = Array.from(standing.freeS.keys());
    this.firstRate = this.firstRates(this.everybody);
  }

  /**
   * Greedy: the look with the largest worth for its time comes next, Smith's rule for jobs with weights (1956), until
   * nobody has time for another. `weight` of each place multiplies the presence there. Each place is looked at once.
   * @param crew units that take part, ascending; absent: everybody
   */
  sketch(weight?: Float32Array, crew = this.everybody): SketchedLook[] {
    this.freeS.set(this.standing.freeS);
    this.at.set(this.standing.at);
    const next = this.standing.next ? [...this.standing.next] : [];
    const open = shortlist(crew === this.everybody ? this.firstRate : this.firstRates(crew), weight);
    for (const unit of crew) this.choose(unit, open, next[unit], weight);
    const looks: SketchedLook[] = [];
    for (;;) {
      const unit = this.quickest(crew);
      if (unit === -1) return looks;
      const place = this.bestPlace[unit]!;
      const doneS = this.bestDoneS[unit]!;
      looks.push({ unit, place, doneS });
      this.freeS[unit] = doneS;
      this.at[unit] = place;
      next[unit] = null;
      open.splice(open.indexOf(place), 1);
      // What the others would do best is as it was, unless it was this.
      for (const other of crew)
        if (this.bestPlace[other] === place) this.choose(other, open, next[other], weight);
    }
  }

  /** Sets what a unit would do best now. */
  private choose(
    unit: number,
    open: readonly number[],
    next: SketchedLook | null | undefined,
    weight: Float32Array | undefined,
  ): void {
    const { freeS, at, field } = this;
    let [best, bestRate, bestDoneS] = [-1, 0, Infinity];
    const free = freeS[unit]!;
    if (free < field.horizonS)
      for (const place of open) {
        const isNext = next && next.place === place;
        const doneS = isNext ? next.doneS : free + takesS(field, unit, at[unit]!, place);
        if (!(doneS < field.horizonS)) continue;
        const rate = this.rate(place, doneS, doneS - free) * (weight ? weight[place]! : 1);
        if (rate > bestRate) [best, bestRate, bestDoneS] = [place, rate, doneS];
      }
    this.bestPlace[unit] = best;
    this.bestRate[unit] = bestRate;
    this.bestDoneS[unit] = bestDoneS;
  }

  /** The unit whose best look is the best of all, or -1. */
  private quickest(crew: readonly number[]): number {
    let found = -1;
    let most = 0;
    for (const unit of crew)
      if (this.bestRate[unit]! > most) {
        most = this.bestRate[unit]!;
        found = unit;
      }
    return found;
  }

  private rate(place: number, doneS: number, tookS: number): number {
    const step = Math.floor(doneS / fieldStepS);
    return (foundBy(this.field, place, doneS) * this.worth[step]!) / Math.max(1, tookS);
  }

  private firstLooks(): Float64Array {
    const { freeS, at, next } = this.standing;
    const doneS = new Float64Array(this.field.targets.length * freeS.length);
    for (let place = 0, i = 0; place < this.field.targets.length; place++)
      for (let unit = 0; unit < freeS.length; unit++, i++) {
        const going = next?.[unit];
        doneS[i] =
          going?.place === place ? going.doneS : freeS[unit]! + takesS(this.field, unit, at[unit]!, place);
      }
    return doneS;
  }

  /** Of each place: worth for the time of the one of the crew that is there first. */
  private firstRates(crew: readonly number[]): Float64Array {
    const { freeS, seen } = this.standing;
    const rates = new Float64Array(this.field.targets.length);
    for (let place = 0; place < rates.length; place++) {
      if (seen?.[place]) continue;
      let [soonest, soonestS] = [-1, this.field.horizonS];
      for (const unit of crew) {
        const doneS = this.firstDoneS[place * freeS.length + unit]!;
        if (doneS < soonestS) [soonest, soonestS] = [unit, doneS];
      }
      if (soonest !== -1) rates[place] = this.rate(place, soonestS, soonestS - freeS[soonest]!);
    }
    return rates;
  }
}

function shortlist(firstRate: Float64Array, weight: Float32Array | undefined): number[] {
  const rates = weight ? firstRate.map((rate, place) => rate * weight[place]!) : firstRate;
  const least = rates.length > shortlisted ? rates.toSorted()[rates.length - shortlisted]! : 0;
  const open: number[] = [];
  for (let place = 0; place < rates.length && open.length < shortlisted; place++)
    if (rates[place]! > 0 && rates[place]! >= least) open.push(place);
  return open;
}

/** Σ P(found by the look) · worth. Linear in the weights: so a mean over answers is exact. */
export function valueOf(
  field: Field,
  looks: readonly SketchedLook[],
  worth: Worth,
  weight?: Float32Array,
): number {
  let value = 0;
  for (const { place, doneS } of looks)
    value += foundBy(field, place, doneS) * worth(doneS) * (weight ? weight[place]! : 1);
  return value;
}

function takesS(field: Field, unit: number, from: number, place: number): number {
  if (from < 0) return field.fromUnitS[unit * field.targets.length + place]! + field.serviceS[place]!;
  if (field.onFoot[unit]) return Infinity;
  const eastM = field.eastM[place]! - field.eastM[from]!;
  const northM = field.northM[place]! - field.northM[from]!;
  return Math.sqrt(eastM * eastM + northM * northM) * field.secondsPerM + field.serviceS[place]!;
}

function foundBy({ there, stepCount, pod }: Field, place: number, doneS: number): number {
  return there[place * stepCount + Math.floor(doneS / fieldStepS)]! * pod[place]!;
}
