/**
 * Looks that tell the ways of several units apart: a colour and a dash each, so that no colour alone has to. None is a
 * colour of a risk, of a unit's state, or of the probability.
 */
import type { Theme } from '../../ui/tokens.ts';

export const routeColors: Record<Theme, readonly string[]> = {
  dark: ['#8ff0dd', '#ffd3a1', '#c3d4ff', '#d9f284', '#ffffff', '#e2bbff'],
  light: ['#00695c', '#7a4a00', '#1f3fae', '#4d6200', '#222b36', '#6a1b9a'],
};

/** In widths of the line: drawn, left out. The first is unbroken. */
export const routeDashes: readonly (readonly [number, number])[] = [
  [1, 0],
  [2.6, 1.4],
  [0.7, 1.3],
];

/**
 * Indices of the colour and of the dash of a look, which is any number from 0: neighbours differ in both, and eighteen
 * in one of them.
 */
export const lookParts = (look: number): { color: number; dash: number } => {
  const count = routeColors.dark.length;
  return { color: look % count, dash: (look + Math.floor(look / count)) % routeDashes.length };
};

/** Each unit's look: those that had one keep it, the others take the lowest that is free. */
export function giveLooks(
  before: Readonly<Record<string, number>>,
  unitIds: readonly string[],
): Record<string, number> {
  const kept = unitIds.flatMap(id => (before[id] === undefined ? [] : [[id, before[id]] as const]));
  const looks: Record<string, number> = Object.fromEntries(kept);
  const taken = new Set(Object.values(looks));
  let free = 0;
  for (const id of unitIds) {
    if (looks[id] !== undefined) continue;
    while (taken.has(free)) free++;
    looks[id] = free;
    taken.add(free);
  }
  return looks;
}
