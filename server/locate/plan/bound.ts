/**
 * What no plan can exceed.
 *
 * A look at time t must be preceded, in its unit's time, by half of its service and by the way from wherever the unit
 * was, at least `needsS` seconds that no other look uses. So a plan is also a way of spending the units' seconds on
 * looks, in which every second spent on look a is worth mass ÷ needsS of it times S at that second: S never grows, so
 * this is no less than mass · S(t). Dropping everything but 'no more seconds than there are units', 'not before
 * anybody can be there' and 'no more than all the mass', the best way of spending them is the densest look first
 * (exchanging two seconds that are in the wrong order never loses), and that is computed here.
 *
 * Of the looks at one target a plan has one: the seconds of a longer method beyond a shorter one's are worth what it
 * finds more. Looks at targets that are no candidates are bounded for themselves and added: taken out of a plan they
 * make all others earlier, never later.
 */
import { fallingOrder } from '../order.ts';

/** One of the looks, or what a longer method at the same target wins beyond a shorter one. */
export interface Portion {
  mass: number;
  needsS: number;
  /** Nobody can begin to spend time on it before. */
  fromS: number;
}

export interface Method {
  mass: number;
  needsS: number;
}

/** Methods at one target as portions of falling density: the upper hull of mass over time. */
export function portionsOf(methods: readonly Method[], fromS: number): Portion[] {
  const portions: Portion[] = [];
  let [mass, needsS] = [0, 0];
  for (;;) {
    let best: Portion | null = null;
    for (const method of methods) {
      const more = { mass: method.mass - mass, needsS: method.needsS - needsS, fromS };
      if (more.mass <= 0 || more.needsS <= 0) continue;
      if (!best || more.mass * best.needsS > best.mass * more.needsS) best = more;
    }
    if (!best) return portions;
    portions.push(best);
    mass += best.mass;
    needsS += best.needsS;
  }
}

export interface Budget {
  /** When each unit is free. */
  freeS: readonly number[];
  /** S at 0, stepS, 2 stepS, …; nothing is worth anything after the last. */
  worth: Float64Array;
  stepS: number;
  /** She is somewhere at most once. */
  mostMass: number;
}

/** The worth of spending the units' time on the densest portions first. */
export function densestFirst(portions: readonly Portion[], budget: Budget): number {
  const worthwhile = portions.filter(({ mass, needsS }) => mass > 0 && needsS > 0);
  const density = Float64Array.from(worthwhile, ({ mass, needsS }) => mass / needsS);
  let open = Array.from(fallingOrder(density), i => ({
    density: density[i]!,
    leftS: worthwhile[i]!.needsS,
    fromS: worthwhile[i]!.fromS,
  }));
  let worth = 0;
  let massLeft = budget.mostMass;
  let finished = 0;
  for (let step = 0; step < budget.worth.length && massLeft > 0; step++) {
    const endS = (step + 1) * budget.stepS;
    let capacityS = 0;
    for (const freeS of budget.freeS) capacityS += Math.max(0, Math.min(budget.stepS, endS - freeS));
    for (let i = 0; i < open.length && capacityS > 0 && massLeft > 0; i++) {
      const portion = open[i]!;
      if (portion.leftS <= 0 || portion.fromS >= endS) continue;
      const spentS = Math.min(capacityS, portion.leftS, massLeft / portion.density);
      capacityS -= spentS;
      portion.leftS -= spentS;
      massLeft -= spentS * portion.density;
      worth += spentS * portion.density * budget.worth[step]!;
      if (portion.leftS <= 0) finished++;
    }
    if (finished * 2 > open.length) {
      open = open.filter(({ leftS }) => leftS > 0);
      finished = 0;
    }
  }
  return worth;
}
