/** What speaks for a target and against it, and which facts nothing that is believed explains. */
import type { ScamType } from '#contract/alert.ts';
import type { PlaceKind } from '#contract/place.ts';
import type { SearchMethod } from '#contract/sighting.ts';
import type { Fact } from '#locate/fact.ts';
import type { Ground } from '#locate/ground.ts';
import type { Compiled, Item } from './compile.ts';
import { type Family, logUnit } from './family.ts';
import type { KindShares } from './prior.ts';
import type { Weights } from './weights.ts';

/**
 * `factor`: how much likelier the fact is if she goes there than on the average of all trips; below 1 it speaks against.
 * Of several facts that say the same it is the product, and `factId` names the first.
 */
export type Reason =
  | {
      kind: 'cell' | 'fix' | 'camera' | 'transaction' | 'report' | 'silence' | 'pass';
      factId: string;
      factor: number;
    }
  | { kind: 'search'; factId: string; factor: number; method: SearchMethod; atS: number }
  /** What closed cases say: share of the script's subjects who are found at this kind of place. */
  | { kind: 'prior'; factor: number; scamType: ScamType; placeKind: PlaceKind; share: number }
  /** 0 to 1; told of lonely roads alone. */
  | { kind: 'quiet'; factor: number; quiet: number }
  /** She can hardly have come so far by now; share of the ways there that are at their end. */
  | { kind: 'tooFar'; factor: number; arrived: number };

/** Facts that cannot all be true, or one that fits nothing that is known. */
export interface Contradiction {
  factIds: string[];
}

export interface Told {
  ground: Ground;
  families: readonly Family[];
  weights: Weights;
  items: readonly Item[];
  compiled: ReadonlyMap<string, Compiled>;
  shares: KindShares;
  scamType: ScamType;
  nowS: number;
}

/** Per fact and target, the mean logarithm over the trips there. */
type FactLogs = Map<string, Map<number, number>>;

/** So many targets are looked into together, each by its heaviest trips. */
const targetsTogether = 80;
const tripsEach = 6;
/** Factors nearer to 1 are not told. */
const worthTelling = Math.log(1.3);
const mostTold = 6;

/** Reasons by target, strongest first; worked out when somebody asks. */
export function reasonsOf(told: Told, mass: Float64Array): (target: number) => Reason[] {
  const known = new Map<number, Reason[]>();
  const explain = (targets: readonly number[]): void => {
    const trips = heaviestTrips(told, new Set(targets));
    const logs = factLogs(told, trips);
    for (const target of targets) known.set(target, reasonsFor(told, target, trips, logs));
  };
  return target => {
    if (known.size === 0) explain(heaviestTargets(mass));
    if (!known.has(target)) explain([target]);
    return known.get(target)!;
  };
}

function heaviestTargets(mass: Float64Array): number[] {
  const floor = 1e-4;
  const list: number[] = [];
  mass.forEach((each, target) => {
    if (each > floor) list.push(target);
  });
  return list.sort((a, b) => mass[b]! - mass[a]! || a - b).slice(0, targetsTogether);
}

/** Per family, trips to the targets that carry most of their weight. */
function heaviestTrips({ families, weights }: Told, targets: ReadonlySet<number>): number[][] {
  return families.map(({ hypotheses }, f) => {
    const list = weights.trips[f]!;
    const home = hypotheses.first.at(-1)!;
    const atHome = home < hypotheses.count && targets.has(hypotheses.target[home]!) && list[home]! > 0;
    const chosen = Array.from(targets).flatMap(target => {
      const from = hypotheses.first[target]!;
      const count = hypotheses.first[target + 1]! - from;
      const own = Array.from({ length: count }, (_, k) => from + k).filter(h => list[h]! > 0);
      return own.sort((a, b) => list[b]! - list[a]! || a - b).slice(0, tripsEach);
    });
    return atHome ? [...chosen, home] : chosen;
  });
}

function factLogs({ families, weights, items, compiled }: Told, trips: readonly number[][]): FactLogs {
  const logs: FactLogs = new Map(items.map(({ fact }) => [fact.id, new Map<number, number>()]));
  const weightOf = new Map<number, number>();
  families.forEach((family, f) => {
    const chosen = trips[f]!;
    if (chosen.length === 0) return;
    const selected = family.select(chosen);
    const { target } = selected.hypotheses;
    chosen.forEach((h, i) => {
      weightOf.set(target[i]!, (weightOf.get(target[i]!) ?? 0) + weights.trips[f]![h]!);
    });
    for (const { key, fact } of items) {
      selected.plain.fill(0);
      for (const part of compiled.get(key)!.parts) part.apply(selected, 1);
      const sums = logs.get(fact.id)!;
      chosen.forEach((h, i) => {
        const log = selected.plain[i]! / logUnit;
        if (log !== 0) sums.set(target[i]!, (sums.get(target[i]!) ?? 0) + weights.trips[f]![h]! * log);
      });
    }
  });
  for (const sums of logs.values())
    for (const [target, sum] of sums) sums.set(target, sum / weightOf.get(target)!);
  return logs;
}

function reasonsFor(told: Told, target: number, trips: readonly number[][], logs: FactLogs): Reason[] {
  const facts = told.items.flatMap(({ fact }): Reason[] => {
    const log = logs.get(fact.id)!.get(target) ?? 0;
    return log === 0 ? [] : [factReason(fact, Math.exp(log))];
  });
  const worth = together(facts).filter(({ factor }) => Math.abs(Math.log(factor)) >= worthTelling);
  const strength = ({ factor }: Reason): number => Math.abs(Math.log(Math.max(1e-9, factor)));
  const own = [...aboutPlace(told, target), ...aboutTime(told, target, trips)];
  return [...worth, ...own].sort((a, b) => strength(b) - strength(a)).slice(0, mostTold);
}

/** Facts of one kind that say the same, as one reason: nobody learns from reading it twice. */
function together(facts: readonly Reason[]): Reason[] {
  const told = new Map<string, Reason>();
  for (const fact of facts) {
    const says = `${fact.kind} ${fact.kind === 'search' ? fact.method : ''} ${fact.factor >= 1}`;
    const before = told.get(says);
    told.set(says, before ? { ...before, factor: before.factor * fact.factor } : fact);
  }
  return [...told.values()];
}

function factReason(fact: Fact, factor: number): Reason {
  const { kind, id: factId } = fact;
  return kind === 'search'
    ? { kind, factId, factor, method: fact.method, atS: fact.atS }
    : { kind, factId, factor };
}

/** A kind counts against an even share of the kinds that are thought of at all. */
const evenShare = 0.06;
const lonely = 0.6;

function aboutPlace({ ground, shares, scamType }: Told, target: number): Reason[] {
  const { kind } = ground.targets[target]!;
  const share = shares[kind];
  const reasons: Reason[] = [];
  if (share >= evenShare)
    reasons.push({ kind: 'prior', factor: share / evenShare, scamType, placeKind: kind, share });
  const quiet = ground.quiet[target]!;
  if (target >= ground.placeCount && quiet >= lonely)
    reasons.push({ kind: 'quiet', factor: 1 + quiet, quiet });
  return reasons;
}

function aboutTime({ families, weights, nowS }: Told, target: number, trips: readonly number[][]): Reason[] {
  let arrived = 0;
  let all = 0;
  families.forEach(({ hypotheses }, f) => {
    for (const h of trips[f]!) {
      if (hypotheses.target[h] !== target) continue;
      all += weights.trips[f]![h]!;
      if (hypotheses.arriveS[h]! <= nowS) arrived += weights.trips[f]![h]!;
    }
  });
  const share = all > 0 ? arrived / all : 1;
  return share < 0.3 ? [{ kind: 'tooFar', factor: Math.max(0.01, share), arrived: share }] : [];
}

/** Facts that say where she was. */
const placing: ReadonlySet<Fact['kind']> = new Set(['cell', 'fix', 'camera', 'transaction', 'report']);
/** So many trips stand for all. */
const sampleSize = 300;
/** A fact is explained by a trip that makes it no rarer than this part of what was to be expected. */
const explainedFrom = Math.log(0.15);
/** What more of the trips explain than this is believed. */
const believedFrom = 0.8;
/** Facts that fewer trips explain together than this exclude each other. */
const togetherFrom = 0.05;

/**
 * Of the facts that not everything believed explains, each with the nearest in time that hardly any trip explains
 * together with it; alone when it fits no other fact because it fits nothing at all.
 */
export function contradictionsOf(told: Told): Contradiction[] {
  const items = told.items.filter(({ fact }) => placing.has(fact.kind));
  const explained = explainedBy({ ...told, items });
  const share = (i: number, k: number): number =>
    explained[i]!.reduce((sum, yes, trip) => sum + (yes & explained[k]![trip]!), 0) / sampleSize;
  const found = new Map<string, string[]>();
  items.forEach(({ fact }, i) => {
    const own = share(i, i);
    if (own >= believedFrom) return;
    const others = items.flatMap((item, k) =>
      k !== i && share(k, k) >= togetherFrom && share(i, k) < togetherFrom ? [item.fact] : [],
    );
    const nearest = others.sort((a, b) => Math.abs(a.atS - fact.atS) - Math.abs(b.atS - fact.atS))[0];
    if (!nearest && own >= togetherFrom) return;
    const factIds = [fact.id, ...(nearest ? [nearest.id] : [])].sort();
    found.set(factIds.join(' '), factIds);
  });
  return [...found.values()].map(factIds => ({ factIds }));
}

/** Per fact, which trips of an even sample explain it. */
function explainedBy({ families, weights, items, compiled }: Told): Uint8Array[] {
  const explained = items.map(() => new Uint8Array(sampleSize));
  if (items.length === 0) return explained;
  const inside = 1 - weights.restOfWorld;
  let passed = 0;
  let drawn = 0;
  families.forEach((family, f) => {
    const chosen: number[] = [];
    weights.trips[f]!.forEach((weight, h) => {
      passed += weight;
      const due = Math.min(sampleSize, Math.floor((passed / inside) * sampleSize)) - drawn - chosen.length;
      for (let k = 0; k < due; k++) chosen.push(h);
    });
    const selected = family.select(chosen);
    items.forEach(({ key, fact }, i) => {
      selected.plain.fill(0);
      for (const part of compiled.get(key)!.parts) part.apply(selected, 1);
      // A camera hit is a misread to all that do not pass it.
      const floor = fact.kind === 'camera' ? 0.5 : explainedFrom;
      selected.plain.forEach((log, k) => {
        if (log / logUnit > floor || family.approach?.of === key) explained[i]![drawn + k] = 1;
      });
    });
    drawn += chosen.length;
  });
  return explained;
}
