/** What cameras say of her way: a hit, as trips see it that do not begin there, and having seen nothing. */
import type { Part } from './evidence.ts';
import { type Family, toLogUnits } from './family.ts';
import { camerasOnWay, countUntil, type Gate, gateOnWay, gatesOf, type WatchedDart } from './gates.ts';
import type { Model } from './model.ts';

/** Visits each trip of the family that passes a camera: when it does, and how uncertain that is (one standard deviation). */
export function eachPass(
  family: Family,
  darts: readonly WatchedDart[],
  visit: (h: number, atS: number, spreadS: number) => void,
): void {
  const { ground, trees, approach, hypotheses } = family;
  const gates = trees.map(tree => gatesOf(ground, tree, darts));
  const before = (approach?.trees ?? []).map((tree, i): Gate | null =>
    gateOnWay(tree, gatesOf(ground, tree, darts), approach!.arrivals[i]!.entry),
  );
  const anyAhead = gates.some(list => list.length > 0);
  const anyBefore = before.some(gate => gate !== null);
  if (!anyAhead && !anyBefore) return;
  const { entry, tree, departS, slowness } = hypotheses;
  for (let h = 0; h < hypotheses.count; h++) {
    const gate = anyAhead ? gateOnWay(trees[tree[h]!]!, gates[tree[h]!]!, entry[h]!) : null;
    if (gate) {
      const atS = family.passesAtS(h, gate.ds);
      visit(h, atS, 20 + 0.15 * (atS - departS[h]!));
    }
    const came = anyBefore ? before[family.wayOf(h)] : null;
    if (!came) continue;
    const agoS = ((approach!.arrivals[family.wayOf(h)]!.ds - came.ds) / 10) * slowness[h]!;
    visit(h, approach!.atS - agoS, 20 + 0.2 * agoS);
  }
}

/** Cameras that would have seen her on her way and did not. */
export function silencePart(
  { fromS, atS }: { fromS: number; atS: number },
  cameras: readonly (readonly WatchedDart[])[],
  model: Model,
): Part {
  const plain = Math.log(1 - model.silenceRecall);
  const odd = Math.log(1 - model.silenceRecall * model.oddTrust);
  const apply = (family: Family, sign: 1 | -1): void => {
    const passed = camerasPassed(family, cameras, fromS, atS);
    for (let h = 0; h < passed.length; h++) {
      family.plain[h]! += sign * toLogUnits(plain * passed[h]!);
      family.odd[h]! += sign * toLogUnits(odd * passed[h]!);
    }
  };
  return { apply, rest: 0 };
}

/** Per trip, how many of the cameras it passes in a time on its way out. */
function camerasPassed(
  family: Family,
  cameras: readonly (readonly WatchedDart[])[],
  fromS: number,
  toS: number,
): Uint16Array {
  const { ground, trees, approach, hypotheses } = family;
  const ahead = trees.map(tree => camerasOnWay(ground, tree, cameras));
  const before = (approach?.trees ?? []).map(tree => camerasOnWay(ground, tree, cameras));
  const { entry, tree, slowness } = hypotheses;
  const passed = new Uint16Array(hypotheses.count);
  for (let h = 0; h < passed.length; h++) {
    if (ahead.length > 0) {
      const own = tree[h]!;
      const until = (atS: number): number =>
        countUntil(trees[own]!, ahead[own]!, entry[h]!, family.drivenDs(h, atS));
      passed[h] = until(toS) - until(fromS);
    }
    if (before.length === 0) continue;
    const way = family.wayOf(h);
    const arrival = approach!.arrivals[way]!;
    const until = (atS: number): number => {
      const ds = arrival.ds - (Math.max(0, approach!.atS - atS) * 10) / slowness[h]!;
      return countUntil(approach!.trees[way]!, before[way]!, arrival.entry, ds);
    };
    passed[h]! += until(toS) - until(fromS);
  }
  return passed;
}

/**
 * A camera hit, as trips see it that do not begin there: against a misread, which is what it is to all others. Trips
 * from her home are left to the family that begins at the camera.
 * @param hit.plausible how likely the hit is true rather than misread, as odds, before anything else is known
 * @param isOwn whether a family begins at this hit
 */
export function cameraPart(
  hit: { atS: number; darts: readonly WatchedDart[]; plausible: number },
  isOwn: (family: Family) => boolean,
  model: Model,
): Part {
  const apply = (family: Family, sign: 1 | -1): void => {
    if (!family.approach || isOwn(family)) return;
    eachPass(family, hit.darts, (h, passedS, spreadS) => {
      const off = (hit.atS - passedS) / spreadS;
      const rate = (model.cameraRecall * Math.exp(-0.5 * off * off)) / (spreadS * 2.5066);
      family.plain[h]! += sign * toLogUnits(Math.log1p(rate / model.misreadPerS));
      family.odd[h]! += sign * toLogUnits(Math.log1p(rate / (model.misreadPerS * 10)));
    });
  };
  return { apply, rest: Math.log(Math.max(1, 0.6 * hit.plausible)) };
}
