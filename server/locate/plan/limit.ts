/** The bound of one planning problem, from the pieces of `bound.ts`. */
import { type Budget, densestFirst, type Method, type Portion, portionsOf } from './bound.ts';
import { type LookChoice, methodsFor, stepS, type Weighed } from './looks.ts';
import type { Problem } from './route.ts';
import type { Settled } from './settle.ts';

interface Limits {
  choice: LookChoice;
  problem: Problem;
  settled: Settled;
  weighed: Weighed;
}

/** No plan that keeps the taken tasks, and looks at each target once, is worth more. */
export function boundOf(limits: Limits): number {
  const { choice, problem, settled, weighed } = limits;
  const onDuty = problem.units.filter(({ freeS, untilS }) => freeS < untilS);
  const budget: Budget = {
    freeS: onDuty.map(({ freeS }) => freeS),
    worth: choice.worth,
    stepS,
    mostMass: weighed.mostMass,
  };
  const taken = settled.routes
    .flatMap(({ tasks }) => tasks)
    .filter(task => task.taken)
    .reduce((sum, { pos }) => sum + pos, 0);
  const candidates = candidatePortions(limits);
  const others = otherPortions(limits);
  return Math.max(settled.value, taken + densestFirst(candidates, budget) + densestFirst(others, budget));
}

/** The most that a look can see from a moment on: at one of the presence's moments, or between two. */
function largest(inS: Float64Array, mass: Float64Array, firstS: number): number {
  let most = 0;
  for (let k = 0; k < inS.length; k++) if ((inS[k + 1] ?? Infinity) > firstS) most = Math.max(most, mass[k]!);
  return most;
}

function candidatePortions(limits: Limits): Portion[] {
  const { looks, units, fromUnit, driving, walking } = limits.problem;
  const { inS } = limits.choice.timeline.presence;
  const width = looks.targets.length;
  const methods: Method[][] = looks.targets.map(() => []);
  const firstS = new Float64Array(width).fill(Infinity);
  const wayS = new Float64Array(width).fill(Infinity);
  for (let place = 0; place < width; place++) {
    units.forEach(({ freeS }, u) => {
      const seconds = fromUnit[u * width + place]!;
      firstS[place] = Math.min(firstS[place]!, freeS + seconds);
      wayS[place] = Math.min(wayS[place]!, seconds);
    });
    for (let from = 0; from < width; from++) {
      if (from === place) continue;
      wayS[place] = Math.min(
        wayS[place]!,
        driving[from * width + place]!,
        walking?.[from * width + place] ?? Infinity,
      );
    }
  }
  for (let look = 0; look < looks.count; look++) {
    const place = looks.place[look]!;
    const half = looks.serviceS[look]! / 2;
    methods[place]!.push({
      mass: looks.pod[look]! * largest(inS, looks.mass[place]!, firstS[place]! + half),
      needsS: Math.max(1, wayS[place]! + half),
    });
  }
  return methods.flatMap((each, place) => portionsOf(each, firstS[place]! - wayS[place]!));
}

/** Targets that were left aside: their own half service is all that is known to be spent on them. */
function otherPortions({ choice, weighed: { others } }: Limits): Portion[] {
  return others.flatMap(({ target, mass }) =>
    portionsOf(
      methodsFor(choice, target).map(({ durationS, pod }) => ({
        mass: pod * mass,
        needsS: Math.max(1, durationS / 2),
      })),
      0,
    ),
  );
}
