/**
 * The best order of looks for each unit: greedy on what the next look wins, then simulated annealing over moves of tasks
 * within and between units, as for vehicle routes with profits. A fixed number of steps: the same seed, the same plan.
 */
import { createRandom, type Random } from '#domain/random.ts';
import { propose, State } from './moves.ts';
import type { PlanOptions } from './options.ts';
import { type Problem, RouteClock, type Routes } from './route.ts';

/** More steps than these for each unit win nothing. */
const stepsPerUnit = 700;

export function searchRoutes(problem: Problem, options: PlanOptions, seed: number): Routes {
  const state = greedy(problem, options);
  return anneal(problem, state, options, createRandom(seed));
}

interface Offer {
  gain: number;
  look: number;
}

/**
 * Begins with the orders that stand, then appends the look that wins most, again and again; a unit's best offer is asked
 * anew only when it may have changed.
 */
function greedy(problem: Problem, { depth }: PlanOptions): State {
  const { looks, units } = problem;
  const state = new State(looks, units.length);
  const clocks = units.map((_, unit) => new RouteClock(problem, unit));
  const append = (unit: number, look: number): void => {
    state.routes[unit]!.push(look);
    state.take(look);
    clocks[unit]!.add(look);
  };
  units.forEach(({ ordered }, unit) => {
    if (ordered >= 0 && state.isFree(ordered) && clocks[unit]!.worthOf(ordered) > 0) append(unit, ordered);
  });
  const bestOf = (unit: number): Offer => {
    let best: Offer = { gain: 0, look: -1 };
    const { length } = state.routes[unit]!;
    if (length >= depth) return best;
    for (let look = 0; look < looks.count; look++) {
      if (!state.isFree(look)) continue;
      const gain = clocks[unit]!.worthOf(look);
      if (gain > best.gain) best = { gain, look };
    }
    return best;
  };
  const offers = units.map((_, unit) => bestOf(unit));
  for (;;) {
    let unit = 0;
    for (let u = 1; u < offers.length; u++) if (offers[u]!.gain > offers[unit]!.gain) unit = u;
    const look = offers[unit]?.look ?? -1;
    if (look < 0) return state;
    append(unit, look);
    offers.forEach((old, u) => {
      if (u === unit || (old.look >= 0 && !state.isFree(old.look))) offers[u] = bestOf(u);
    });
  }
}

function anneal(problem: Problem, state: State, options: PlanOptions, random: Random): Routes {
  const { looks, units } = problem;
  const { routes } = state;
  const plain = routes.reduce((sum, route, unit) => sum + worth(problem, unit, route, 0), 0);
  const keep = options.keep * plain;
  const values = routes.map((route, unit) => worth(problem, unit, route, keep));
  let value = values.reduce((sum, each) => sum + each, 0);
  let [best, bestValue] = [routes.map(route => [...route]), value];
  const steps = looks.count > 0 ? Math.min(options.steps, stepsPerUnit * units.length) : 0;
  for (let step = 0; step < steps; step++) {
    const change = propose(state, looks.count, options.depth + 2, random);
    if (!change) continue;
    const { a, b } = change;
    const valueA = worth(problem, a, change.routeA, keep);
    const valueB = a === b ? valueA : worth(problem, b, change.routeB, keep);
    const gain = valueA - values[a]! + (a === b ? 0 : valueB - values[b]!);
    const heat = options.temperature * plain * (1 - step / steps);
    if (gain <= 0 && !(heat > 0 && random.next() < Math.exp(gain / heat))) continue;
    if (change.remove >= 0) state.release(change.remove);
    if (change.add >= 0) state.take(change.add);
    routes[a] = change.routeA;
    values[a] = valueA;
    routes[b] = change.routeB;
    values[b] = valueB;
    value += gain;
    if (value > bestValue + 1e-12) [best, bestValue] = [routes.map(route => [...route]), value];
  }
  return best;
}

/**
 * What a route is worth, overlaps with other routes left aside.
 * @param keep won by a unit whose first look is the one that it was ordered to do
 */
function worth(problem: Problem, unit: number, route: readonly number[], keep: number): number {
  const clock = new RouteClock(problem, unit);
  let sum = route.length > 0 && problem.units[unit]!.ordered === route[0] ? keep : 0;
  for (let q = 0; q < route.length; q++) sum += clock.add(route[q]!);
  return sum;
}
