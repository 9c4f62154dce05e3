/** The looks that a plan may be made of: a target and a method, with what each is worth at every moment. */
import type { SearchMethod } from '#contract/sighting.ts';
import { detectionOf } from '#domain/detection.ts';
import type { Ground } from '../ground.ts';
import { type MethodDetection, methodsOf } from './methods.ts';
import type { PlanOptions } from './options.ts';
import type { Timeline } from './timeline.ts';

/** Values are kept for every so many seconds, up to the last moment that a plan thinks of. */
export const stepS = 30;
export const stepCount = 181;

/** What a task costs at least between two looks, for the first choice: the way that is not known yet. */
const guessedWayS = 90;
/** Less than this is not worth a look. */
const leastMass = 2e-5;
/** Methods by which somebody knocks at doors or at least speaks for the police. */
const doorMethods: ReadonlySet<SearchMethod> = new Set(['registerChecked', 'gateAsked']);

export interface Looks {
  count: number;
  /** The candidates; `place` below is an index into them. */
  targets: number[];
  place: Uint16Array;
  method: SearchMethod[];
  serviceS: Float32Array;
  pod: Float32Array;
  /** Row-major looks × steps: P(found by it alone) · S, by the middle of the look. */
  value: Float64Array;
  /** Per place, at the moments of the presence: what a perfect look there would see. */
  mass: Float64Array[];
  /** Looks that see much of the same, the look itself not among them. */
  conflicts: number[][];
  /** Whether a sworn officer is needed for it. */
  atDoor: Uint8Array;
}

export interface LookChoice {
  ground: Ground;
  timeline: Timeline;
  /** S at each step. */
  worth: Float64Array;
  /** Seconds until the first unit could be at a target. */
  earliestS: (target: number) => number;
  /** What units were told and have not accepted yet, or were suggested. */
  ordered: readonly { target: number; method: SearchMethod }[];
  options: PlanOptions;
}

/** The ways in which a target may be looked at: the usual ones, and such as somebody ordered for it. */
export function methodsFor(
  { ground, options, ordered }: LookChoice,
  target: number,
): readonly MethodDetection[] {
  const usual = methodsOf(ground)[target]!;
  const allowed = options.driveBy ? usual : usual.slice(0, 1);
  if (!ordered.some(order => order.target === target)) return allowed;
  const methods = new Set(ordered.filter(order => order.target === target).map(({ method }) => method));
  for (const { method } of allowed) methods.delete(method);
  const extra = Array.from(methods, method => ({ method, ...detectionOf(ground.targets[target]!, method) }));
  return [...allowed, ...extra];
}

/** Index of a look by its target and method, or -1. */
export function findLook(looks: Looks, target: number, method: SearchMethod): number {
  for (let e = 0; e < looks.count; e++)
    if (looks.targets[looks.place[e]!] === target && looks.method[e] === method) return e;
  return -1;
}

/** Targets that may be worth a look: the candidates, and what the others could be worth at most. */
export interface Weighed {
  candidates: number[];
  /** Targets that were left aside, with the mass that a look at each could see at most. */
  others: { target: number; mass: number }[];
  /** She is somewhere at most once: the sum over all targets of the most that there ever is. */
  mostMass: number;
}

/** Targets by what a unit could win there in the time that it takes, most first; those that somebody was sent to are always among them. */
export function chooseTargets(choice: LookChoice, banned: ReadonlySet<number>): Weighed {
  const { ground, timeline, worth, earliestS, options } = choice;
  const most = largestPresence(timeline);
  const { cover, coverShare, targets } = ground;
  const chosen: { target: number; mass: number; score: number }[] = [];
  for (let target = 0; target < targets.length; target++) {
    let mass = 0;
    for (let k = cover.offset[target]!; k < cover.offset[target + 1]!; k++)
      mass += coverShare[k]! * most[cover.items[k]!]!;
    if (mass < leastMass || banned.has(target) || !ground.targetSnap[target]) continue;
    const inS = earliestS(target);
    if (!(inS < stepCount * stepS)) continue;
    const seen = timeline.seen(target, inS + guessedWayS);
    let score = 0;
    for (const { durationS, pod } of methodsFor(choice, target)) {
      const middle = Math.min(stepCount - 1, Math.round((inS + durationS / 2) / stepS));
      score = Math.max(score, (seen * pod * worth[middle]!) / (durationS + guessedWayS));
    }
    chosen.push({ target, mass, score });
  }
  const least = leastOfGreatest(
    chosen.map(({ score }) => score),
    options.candidates,
  );
  const isWanted = new Set(choice.ordered.map(({ target }) => target));
  const candidates: number[] = [];
  const others: Weighed['others'] = [];
  for (const { target, mass, score } of chosen) {
    if (score >= least || isWanted.delete(target)) candidates.push(target);
    else others.push({ target, mass });
  }
  const inList = new Set(candidates);
  for (const target of isWanted)
    if (!inList.has(target) && !banned.has(target) && ground.targetSnap[target]) candidates.push(target);
  return { candidates, others, mostMass: most.reduce((sum, each) => sum + each, 0) };
}

/** Per target its largest presence over time. */
function largestPresence({ presence: { inS, at } }: Timeline): Float32Array {
  const most = new Float32Array(at.length / inS.length);
  for (let i = 0, cell = 0; i < most.length; i++)
    for (let k = 0; k < inS.length; k++, cell++) if (at[cell]! > most[i]!) most[i] = at[cell]!;
  return most;
}

function leastOfGreatest(scores: readonly number[], count: number): number {
  return scores.length <= count ? 0 : Float64Array.from(scores).sort()[scores.length - count]!;
}

/** @param open only the first so many targets may be looked at; the others are places to start from */
export function makeLooks(choice: LookChoice, targets: number[], open: number): Looks {
  const each = targets
    .slice(0, open)
    .flatMap((target, place) => methodsFor(choice, target).map(method => ({ place, ...method })));
  const looks: Looks = {
    count: each.length,
    targets,
    place: Uint16Array.from(each, ({ place }) => place),
    method: each.map(({ method }) => method),
    serviceS: Float32Array.from(each, ({ durationS }) => durationS),
    pod: Float32Array.from(each, ({ pod }) => pod),
    value: new Float64Array(each.length * stepCount),
    conflicts: [],
    mass: targets.map(target => choice.timeline.atMoments(target)),
    atDoor: Uint8Array.from(each, ({ method }) => (doorMethods.has(method) ? 1 : 0)),
  };
  fillValues(choice, looks);
  looks.conflicts = conflictsOf(choice, looks);
  return looks;
}

function fillValues({ timeline, worth }: LookChoice, looks: Looks): void {
  const moments = timeline.presence.inS;
  const last = moments.length - 1;
  for (let step = 0, k = 0; step < stepCount; step++) {
    const inS = step * stepS;
    while (k < last && moments[k + 1]! <= inS) k++;
    const after = Math.min(last, k + 1);
    const share = k === last ? 0 : (inS - moments[k]!) / (moments[after]! - moments[k]!);
    for (let look = 0; look < looks.count; look++) {
      const mass = looks.mass[looks.place[look]!]!;
      const there = mass[k]! + (mass[after]! - mass[k]!) * share;
      looks.value[look * stepCount + step] = looks.pod[look]! * there * worth[step]!;
    }
  }
}

/** Looks at one target, and those at targets that share much of the mass of one of them. */
function conflictsOf({ timeline, options }: LookChoice, looks: Looks): number[][] {
  const lastS = timeline.presence.inS.at(-1)!;
  const places = looks.targets.length;
  const seenBy = new Map<number, { there: number; by: number[]; share: number[] }>();
  const mass = new Float64Array(places);
  looks.targets.forEach((target, place) => {
    timeline.eachSeen(target, (i, share) => {
      let seen = seenBy.get(i);
      if (!seen) seenBy.set(i, (seen = { there: timeline.at(i, lastS), by: [], share: [] }));
      seen.by.push(place);
      seen.share.push(share);
      mass[place]! += share * seen.there;
    });
  });
  const common = new Float64Array(places * places);
  for (const { there, by, share } of seenBy.values()) {
    for (let a = 0; a < by.length; a++)
      for (let b = 0; b < by.length; b++) common[by[a]! * places + by[b]!]! += there * share[a]! * share[b]!;
  }
  const looksAt: number[][] = looks.targets.map(() => []);
  for (let look = 0; look < looks.count; look++) looksAt[looks.place[look]!]!.push(look);
  const near: number[][] = looksAt.map(own => [...own]);
  for (let a = 0; a < places; a++) {
    for (let b = 0; b < places; b++) {
      const shared = common[a * places + b]!;
      if (a !== b && shared > 0 && shared > options.overlap * Math.min(mass[a]!, mass[b]!))
        near[a]!.push(...looksAt[b]!);
    }
  }
  return Array.from(looks.place, (place, look) => near[place]!.filter(other => other !== look));
}
