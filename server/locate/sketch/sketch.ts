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

/**
 * Sketches from one standing: what depends neither on the weights nor on the crew is worked out once. A rate is the worth
 * of a look for the time that it takes; 0 where it would not be over in time.
 */
export class Sketcher {
  private readonly field: Field;
  private readonly standing: Standing;
  /** Places × steps: P(found by a look that is over then) · worth. */
  private readonly worthAt: Float64Array;
  /** Units × places: when a look there is over that the unit does first, and its rate. */
  private readonly firstDoneS: Float64Array;
  private readonly firstRate: Float64Array;
  private readonly everybody: readonly number[];
  /** See `soonestRates`; of everybody. */
  private readonly soonestRate: Float64Array;
  /** Units × the places that are open in the sketch that is being made. */
  private readonly openDoneS: Float64Array;
  private readonly openRate: Float64Array;
  /** Of each unit: the open place that it would look at next, -1 for none, and that look's rate. */
  private readonly best: Int32Array;
  private readonly bestRate: Float64Array;

  constructor(field: Field, standing: Standing, worth: Worth) {
    this.field = field;
    this.standing = standing;
    const { unitCount, targets, stepCount, there, pod } = field;
    const worths = Float64Array.from({ length: stepCount }, (_, step) => worth(step * fieldStepS));
    this.worthAt = new Float64Array(there.length);
    for (let place = 0, i = 0; place < targets.length; place++)
      for (let step = 0; step < stepCount; step++, i++)
        this.worthAt[i] = there[i]! * pod[place]! * worths[step]!;
    this.firstDoneS = new Float64Array(unitCount * targets.length);
    this.firstRate = new Float64Array(this.firstDoneS.length);
    this.rateFirstLooks();
    this.openDoneS = new Float64Array(unitCount * shortlisted);
    this.openRate = new Float64Array(this.openDoneS.length);
    this.best = new Int32Array(unitCount);
    this.bestRate = new Float64Array(unitCount);
    this.everybody = Array.from(standing.freeS.keys());
    this.soonestRate = this.soonestRates(this.everybody);
  }

  /**
   * Greedy: the look with the largest worth for its time comes next, Smith's rule for jobs with weights (1956), until
   * nobody has time for another. `weight` of each place multiplies the presence there. Each place is looked at once.
   * @param crew units that take part, ascending; absent: everybody
   */
  sketch(weight?: Float32Array, crew = this.everybody): SketchedLook[] {
    const rates = crew === this.everybody ? this.soonestRate : this.soonestRates(crew);
    const open = shortlist(rates, weight);
    for (const unit of crew) this.beginAt(unit, open, weight);
    const looks: SketchedLook[] = [];
    for (;;) {
      const unit = this.quickest(crew);
      if (unit === -1) return looks;
      const taken = this.best[unit]!;
      const place = open[taken]!;
      const doneS = this.openDoneS[unit * shortlisted + taken]!;
      looks.push({ unit, place, doneS });
      open[taken] = -1;
      this.goOn(unit, place, doneS, open, weight);
      // What the others would do best is as it was, unless it was this.
      for (const other of crew) if (other !== unit && this.best[other] === taken) this.choose(other, open);
    }
  }

  private rateFirstLooks(): void {
    const { field, firstDoneS, firstRate } = this;
    const { freeS, at, next } = this.standing;
    const { targets, unitCount } = field;
    for (let unit = 0, i = 0; unit < unitCount; unit++) {
      const going = next?.[unit];
      const free = freeS[unit]!;
      for (let place = 0; place < targets.length; place++, i++) {
        const doneS = going?.place === place ? going.doneS : free + takesS(field, unit, at[unit]!, place);
        firstDoneS[i] = doneS;
        if (doneS < field.horizonS) firstRate[i] = this.rate(place, doneS, doneS - free);
      }
    }
  }

  private rate(place: number, doneS: number, tookS: number): number {
    const step = Math.floor(doneS / fieldStepS);
    return this.worthAt[place * this.field.stepCount + step]! / Math.max(1, tookS);
  }

  /** The looks that a unit can do from where it is at first. */
  private beginAt(unit: number, open: readonly number[], weight: Float32Array | undefined): void {
    const { firstDoneS, firstRate, openDoneS, openRate } = this;
    const first = unit * this.field.targets.length;
    for (let i = 0, cell = unit * shortlisted; i < open.length; i++, cell++) {
      const place = open[i]!;
      openDoneS[cell] = firstDoneS[first + place]!;
      openRate[cell] = firstRate[first + place]! * (weight ? weight[place]! : 1);
    }
    this.choose(unit, open);
  }

  /** The looks that it can do after one that is over at `free`. */
  private goOn(
    unit: number,
    from: number,
    free: number,
    open: readonly number[],
    weight: Float32Array | undefined,
  ): void {
    const { worthAt, openDoneS, openRate } = this;
    const { eastM, northM, secondsPerM, serviceS, horizonS, stepCount, onFoot } = this.field;
    const [fromEastM, fromNorthM] = [eastM[from]!, northM[from]!];
    for (let i = 0, cell = unit * shortlisted; i < open.length; i++, cell++) {
      const place = open[i]!;
      if (place < 0) continue;
      const takesS = straightS(eastM[place]! - fromEastM, northM[place]! - fromNorthM, secondsPerM);
      const doneS = free + (takesS + serviceS[place]!);
      openDoneS[cell] = doneS;
      openRate[cell] = 0;
      if (doneS >= horizonS || onFoot[unit] === 1) continue;
      const worth = worthAt[place * stepCount + Math.floor(doneS / fieldStepS)]!;
      openRate[cell] = (worth / Math.max(1, doneS - free)) * (weight ? weight[place]! : 1);
    }
    this.choose(unit, open);
  }

  /** Sets what a unit would do best now. */
  private choose(unit: number, open: readonly number[]): void {
    let [best, bestRate] = [-1, 0];
    for (let i = 0, cell = unit * shortlisted; i < open.length; i++, cell++) {
      if (open[i]! < 0 || this.openRate[cell]! <= bestRate) continue;
      best = i;
      bestRate = this.openRate[cell]!;
    }
    this.best[unit] = best;
    this.bestRate[unit] = bestRate;
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

  /** Of each place: the rate of the one of the crew that is there first. */
  private soonestRates(crew: readonly number[]): Float64Array {
    const { firstDoneS, firstRate, field, standing } = this;
    const width = field.targets.length;
    const soonestS = new Float64Array(width).fill(field.horizonS);
    const rates = new Float64Array(width);
    for (const unit of crew)
      for (let place = 0, i = unit * width; place < width; place++, i++) {
        if (firstDoneS[i]! >= soonestS[place]!) continue;
        soonestS[place] = firstDoneS[i]!;
        rates[place] = firstRate[i]!;
      }
    standing.seen?.forEach((seen, place) => {
      if (seen === 1) rates[place] = 0;
    });
    return rates;
  }
}

/** The places of the largest rates, ascending. */
function shortlist(rates: Float64Array, weight: Float32Array | undefined): number[] {
  const weighed = weight ? rates.map((rate, place) => rate * weight[place]!) : rates;
  const least = leastOfLargest(weighed);
  const open: number[] = [];
  for (let place = 0; place < weighed.length && open.length < shortlisted; place++)
    if (weighed[place]! > 0 && weighed[place]! >= least) open.push(place);
  return open;
}

/** The least of the largest values, in falling order; of fewer than `shortlisted` positive ones 0. */
const falling = new Float64Array(shortlisted);

function leastOfLargest(values: Float64Array): number {
  falling.fill(0);
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (value <= falling[shortlisted - 1]!) continue;
    let k = shortlisted - 1;
    for (; k > 0 && falling[k - 1]! < value; k--) falling[k] = falling[k - 1]!;
    falling[k] = value;
  }
  return falling[shortlisted - 1]!;
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
  return straightS(eastM, northM, field.secondsPerM) + field.serviceS[place]!;
}

const straightS = (eastM: number, northM: number, secondsPerM: number): number =>
  Math.sqrt(eastM * eastM + northM * northM) * secondsPerM;

function foundBy({ there, stepCount, pod }: Field, place: number, doneS: number): number {
  return there[place * stepCount + Math.floor(doneS / fieldStepS)]! * pod[place]!;
}
