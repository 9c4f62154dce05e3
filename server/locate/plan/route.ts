/** A unit's way through its looks: when each is, and where the unit is meanwhile. */
import { type Looks, stepCount, stepS } from './looks.ts';

/** Travel times and where everybody begins, all in seconds; looks' places are numbered as in `looks.targets`. */
export interface Problem {
  looks: Looks;
  /** Per unit: when it is free, when its shift ends, the look that it was ordered or suggested or -1, its kind of travel, places that it refused. */
  units: readonly {
    freeS: number;
    untilS: number;
    ordered: number;
    onFoot: boolean;
    sworn: boolean;
    refused: ReadonlySet<number>;
  }[];
  /** Units × places, from where each unit will be when it is free. */
  fromUnit: Float32Array;
  /** Places × places. */
  driving: Float32Array;
  walking: Float32Array | null;
  /** Per place: when the first sworn officer could be there. */
  swornS: Float32Array;
}

export type Routes = number[][];

/** When each look of a route begins, and how long the way to it takes. */
export function scheduleOf(
  problem: Problem,
  unit: number,
  route: readonly number[],
): { beginS: number; wayS: number }[] {
  const clock = new RouteClock(problem, unit);
  return route.map(look => {
    const wayS = clock.wayS(look);
    clock.add(look);
    return { beginS: clock.atS - problem.looks.serviceS[look]!, wayS };
  });
}

/** Walks along a route. */
export class RouteClock {
  /** The end of the last look. */
  atS: number;
  private place = -1;
  private readonly problem: Problem;
  private readonly unit: number;
  private readonly between: Float32Array;
  private readonly untilS: number;
  private readonly sworn: boolean;
  /** Null: none. */
  private readonly refused: ReadonlySet<number> | null;

  constructor(problem: Problem, unit: number) {
    const { freeS, untilS, sworn, onFoot, refused } = problem.units[unit]!;
    this.refused = refused.size > 0 ? refused : null;
    this.problem = problem;
    this.unit = unit;
    this.atS = freeS;
    this.untilS = untilS;
    this.sworn = sworn;
    this.between = onFoot ? problem.walking! : problem.driving;
  }

  /** Seconds from where the unit is to the next look. */
  wayS(look: number): number {
    const { looks, fromUnit } = this.problem;
    const places = looks.targets.length;
    const to = looks.place[look]!;
    return this.place < 0 ? fromUnit[this.unit * places + to]! : this.between[this.place * places + to]!;
  }

  /** The end of one more look. */
  private endS(look: number): number {
    const { looks, swornS } = this.problem;
    let beginS = this.atS + this.wayS(look);
    if (!this.sworn && looks.atDoor[look] === 1) beginS = Math.max(beginS, swornS[looks.place[look]!]!);
    return beginS + looks.serviceS[look]!;
  }

  /** What one more look would be worth; nothing when the shift is over before its end. */
  worthOf(look: number): number {
    return this.worthAt(look, this.endS(look));
  }

  /** Does one more look, and says what it is worth. */
  add(look: number): number {
    this.atS = this.endS(look);
    this.place = this.problem.looks.place[look]!;
    return this.worthAt(look, this.atS);
  }

  private worthAt(look: number, endS: number): number {
    const { value, serviceS, place } = this.problem.looks;
    if (this.refused?.has(place[look]!)) return 0;
    const step = Math.round((endS - serviceS[look]! / 2) / stepS);
    return step < stepCount && endS <= this.untilS ? value[look * stepCount + step]! : 0;
  }
}
