/** The changes of a plan that the search tries: tasks moved, exchanged, turned round, put in, replaced and left out. */
import type { Random } from '#domain/random.ts';
import type { Looks } from './looks.ts';
import type { Routes } from './route.ts';

/** Routes with the looks that are in them, and how many looks of them forbid each look. */
export class State {
  readonly routes: Routes;
  readonly used: Uint8Array;
  readonly blocked: Uint16Array;
  private readonly conflicts: readonly number[][];

  constructor(looks: Looks, units: number) {
    this.routes = Array.from({ length: units }, () => []);
    this.used = new Uint8Array(looks.count);
    this.blocked = new Uint16Array(looks.count);
    this.conflicts = looks.conflicts;
  }

  take(look: number): void {
    this.used[look] = 1;
    for (const other of this.conflicts[look]!) this.blocked[other]!++;
  }

  release(look: number): void {
    this.used[look] = 0;
    for (const other of this.conflicts[look]!) this.blocked[other]!--;
  }

  isFree(look: number): boolean {
    return this.used[look] === 0 && this.blocked[look] === 0;
  }
}

/** A change of one or two routes that is weighed before it is made. */
export interface Change {
  a: number;
  routeA: number[];
  b: number;
  routeB: number[];
  add: number;
  remove: number;
}

export function propose(state: State, lookCount: number, longest: number, random: Random): Change | null {
  const { routes } = state;
  const a = random.int(routes.length);
  const b = random.int(routes.length);
  const kind = random.next();
  if (kind < 0.22) return moved(routes, a, b, longest, random);
  if (kind < 0.36) return swapped(routes, a, b, random);
  if (kind < 0.46) return reversed(routes, a, random);
  if (kind < 0.58) return tailsExchanged(routes, a, b, longest, random);
  return renewed(state, a, lookCount, longest, kind, random);
}

function moved(routes: Routes, a: number, b: number, longest: number, random: Random): Change | null {
  if (routes[a]!.length === 0 || (a !== b && routes[b]!.length >= longest)) return null;
  const routeA = [...routes[a]!];
  const [look] = routeA.splice(random.int(routeA.length), 1);
  const routeB = a === b ? routeA : [...routes[b]!];
  routeB.splice(random.int(routeB.length + 1), 0, look!);
  return { a, routeA, b, routeB, add: -1, remove: -1 };
}

function swapped(routes: Routes, a: number, b: number, random: Random): Change | null {
  if (routes[a]!.length === 0 || routes[b]!.length === 0) return null;
  const routeA = [...routes[a]!];
  const routeB = a === b ? routeA : [...routes[b]!];
  const [i, k] = [random.int(routeA.length), random.int(routeB.length)];
  [routeA[i], routeB[k]] = [routeB[k]!, routeA[i]!];
  return { a, routeA, b, routeB, add: -1, remove: -1 };
}

function reversed(routes: Routes, a: number, random: Random): Change | null {
  const route = routes[a]!;
  if (route.length < 2) return null;
  const [i, k] = [random.int(route.length), random.int(route.length)];
  const [first, end] = [Math.min(i, k), Math.max(i, k) + 1];
  const routeA = [...route.slice(0, first), ...route.slice(first, end).reverse(), ...route.slice(end)];
  return { a, routeA, b: a, routeB: routeA, add: -1, remove: -1 };
}

function tailsExchanged(
  routes: Routes,
  a: number,
  b: number,
  longest: number,
  random: Random,
): Change | null {
  if (a === b) return null;
  const i = random.int(routes[a]!.length + 1);
  const k = random.int(routes[b]!.length + 1);
  const routeA = [...routes[a]!.slice(0, i), ...routes[b]!.slice(k)];
  const routeB = [...routes[b]!.slice(0, k), ...routes[a]!.slice(i)];
  return routeA.length > longest || routeB.length > longest
    ? null
    : { a, routeA, b, routeB, add: -1, remove: -1 };
}

/** Another look instead of one, or besides them, or one less. */
function renewed(
  state: State,
  a: number,
  lookCount: number,
  longest: number,
  kind: number,
  random: Random,
): Change | null {
  const routeA = [...state.routes[a]!];
  const at = random.int(routeA.length + 1);
  if (kind >= 0.98 && at < routeA.length) {
    const [remove] = routeA.splice(at, 1);
    return { a, routeA, b: a, routeB: routeA, add: -1, remove: remove! };
  }
  const add = random.int(lookCount);
  if (state.used[add]) return null;
  const replaces = kind < 0.85 && at < routeA.length;
  const remove = replaces ? routeA[at]! : -1;
  if (!replaces && routeA.length >= longest) return null;
  routeA.splice(at, replaces ? 1 : 0, add);
  if (remove < 0) return state.isFree(add) ? { a, routeA, b: a, routeB: routeA, add, remove } : null;
  // What only the removed look forbids is free once it is gone.
  state.release(remove);
  const free = state.isFree(add);
  state.take(remove);
  return free ? { a, routeA, b: a, routeB: routeA, add, remove } : null;
}
