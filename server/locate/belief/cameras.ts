/** What cameras say of her way: a hit, as trips see it that do not begin there, and having seen nothing. */
import type { Part } from './evidence.ts';
import { type Family, toLogUnits } from './family.ts';
import { camerasOnWay, countUntil, gateOnWay, gatesOf, type WatchedDart } from './gates.ts';
import type { Model } from './model.ts';

/** Visits each trip of the family that passes a camera on its way out: when it does, and how uncertain that is (one standard deviation). */
export function eachPass(
  family: Family,
  darts: readonly WatchedDart[],
  visit: (h: number, atS: number, spreadS: number) => void,
): void {
  const { ground, trees, hypotheses } = family;
  const gates = trees.map(tree => gatesOf(ground, tree, darts));
  if (gates.every(list => list.length === 0)) return;
  const { entry, tree, departS } = hypotheses;
  for (let h = 0; h < hypotheses.count; h++) {
    const gate = gateOnWay(trees[tree[h]!]!, gates[tree[h]!]!, entry[h]!);
    if (!gate) continue;
    const atS = family.passesAtS(h, gate.ds);
    visit(h, atS, 20 + 0.15 * (atS - departS[h]!));
  }
}

/** How likely she passes a camera a second at that moment, on her way to where a family begins. */
function passedPerS({ ground, approach }: Family, darts: readonly WatchedDart[], hitS: number): number {
  if (!approach) return 0;
  const { ways, paces, atS } = approach;
  let perS = 0;
  for (const { tree, arrival } of ways) {
    const gate = gateOnWay(tree, gatesOf(ground, tree, darts), arrival.entry);
    if (!gate) continue;
    for (const { slowness, share } of paces) {
      const agoS = ((arrival.ds - gate.ds) / 10) * slowness;
      perS += (share * density(hitS - atS + agoS, 20 + 0.2 * agoS)) / ways.length;
    }
  }
  return perS;
}

const density = (off: number, spread: number): number =>
  Math.exp(-0.5 * (off / spread) ** 2) / (spread * 2.5066);

/** Cameras that would have seen her on her way and did not. */
export function silencePart(
  { fromS, atS }: { fromS: number; atS: number },
  cameras: readonly (readonly WatchedDart[])[],
  model: Model,
): Part {
  const apply = (family: Family, sign: 1 | -1): void => {
    const passed = camerasPassed(family, cameras, fromS, atS);
    const before = passedBefore(family, cameras, fromS, atS);
    const add = (to: Float64Array, recall: number): void => {
      const unseen = Math.log(1 - recall);
      let came = before.length === 0 ? 1 : 0;
      for (const { count, share } of before) came += share * Math.exp(unseen * count);
      for (let h = 0; h < to.length; h++) to[h]! += sign * toLogUnits(unseen * passed[h]! + Math.log(came));
    };
    add(family.plain, model.silenceRecall);
    add(family.odd, model.silenceRecall * model.oddTrust);
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
  const { ground, trees, hypotheses } = family;
  const { entry, tree } = hypotheses;
  const passed = new Uint16Array(hypotheses.count);
  if (trees.length === 0) return passed;
  const ahead = trees.map(each => camerasOnWay(ground, each, cameras));
  for (let h = 0; h < passed.length; h++) {
    const own = tree[h]!;
    const until = (atS: number): number =>
      countUntil(trees[own]!, ahead[own]!, entry[h]!, family.drivenDs(h, atS));
    passed[h] = until(toS) - until(fromS);
  }
  return passed;
}

/** How many it may have been on the way to where the family begins. */
function passedBefore(
  { ground, approach }: Family,
  cameras: readonly (readonly WatchedDart[])[],
  fromS: number,
  toS: number,
): { count: number; share: number }[] {
  if (!approach) return [];
  const { ways, paces, atS: beginsS } = approach;
  return ways.flatMap(({ tree, arrival }) => {
    const counts = camerasOnWay(ground, tree, cameras);
    return paces.map(({ slowness, share }) => {
      const until = (atS: number): number =>
        countUntil(tree, counts, arrival.entry, arrival.ds - (Math.max(0, beginsS - atS) * 10) / slowness);
      return { count: until(toS) - until(fromS), share: share / ways.length };
    });
  });
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
    const { plain, odd } = family;
    const perS = new Float64Array(plain.length).fill(passedPerS(family, hit.darts, hit.atS));
    eachPass(family, hit.darts, (h, passedS, spreadS) => (perS[h]! += density(hit.atS - passedS, spreadS)));
    for (let h = 0; h < perS.length; h++) {
      const odds = (model.cameraRecall * perS[h]!) / model.misreadPerS;
      plain[h]! += sign * toLogUnits(Math.log1p(odds));
      odd[h]! += sign * toLogUnits(Math.log1p(odds / 10));
    }
  };
  return { apply, rest: Math.log(Math.max(1, 0.6 * hit.plausible)) };
}
