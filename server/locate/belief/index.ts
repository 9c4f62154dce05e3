/**
 * Where she may be, as a function of the set of facts: their order of arrival, corrections and withdrawals cannot matter,
 * since each fact adds its own exact number to the log-likelihood of every trip, or takes it away again.
 */
import type { Antenna, Fact, Subject } from '#locate/fact.ts';
import type { Ground } from '#locate/ground.ts';
import type { Presence } from '#locate/presence.ts';
import { departures, type Snap } from '#road/access.ts';
import { distanceM } from '#road/geo.ts';
import type { RoadRouter } from '#road/router.ts';
import { familyAt } from './anchors.ts';
import { cellOnEdge } from './approach.ts';
import { type Compiled, compile, type Item } from './compile.ts';
import { destinationWeights, timesToTargets } from './destinations.ts';
import { uniformOf } from './draws.ts';
import { type SampledRoute, sampleRoutes } from './driveways.ts';
import { Family } from './family.ts';
import { evenCounts, makeHypotheses } from './hypotheses.ts';
import { itemsOf } from './items.ts';
import { defaultModel, type Model } from './model.ts';
import { type Masses, massesAt, presenceAt } from './picture.ts';
import { defaultPriors, type KindShares, posteriorMean, type ScriptPriors } from './prior.ts';
import { type Radio, radioOf } from './radio.ts';
import { type Contradiction, contradictionsOf, type Reason, reasonsOf } from './reasons.ts';
import { type Setup, setupOf } from './setup.ts';
import { effectiveCount, logTotal, massLogs, refined } from './refine.ts';
import { RoadNoise, RouteTree } from './tree.ts';
import { type SampledTrip, sampleTrips } from './trips.ts';
import { type Weights, weigh } from './weights.ts';

export interface Picture extends Masses {
  /** Facts that cannot all be true. */
  contradictions: Contradiction[];
  /** What speaks for a target (by its index) and against it, strongest first. */
  reasons(target: number): Reason[];
}

/** Families that weigh less than the heaviest by so many logarithms are left as they are. */
const faintLogs = 5;

/** Nobody is sought at home farther from it than this. */
const atHomeM = 80;

export class Belief {
  private readonly ground: Ground;
  private readonly subject: Subject;
  private readonly router: RoadRouter;
  private readonly model: Model;
  private readonly shares: KindShares;
  private readonly radio: Radio;
  private setup: Setup | null = null;
  private trees: { source: Snap; trees: RouteTree[] } | null = null;
  /** The trips that were drawn before any sighting of them counted, and those that stand for them now. */
  private roots: Family[] = [];
  private families: readonly Family[] = [];
  /** Of the sightings that the trips were last refined by. */
  private sightedKey: string | null = null;
  private items: readonly Item[] = [];
  private compiled = new Map<string, Compiled>();
  /** Per family, the facts that it knows. */
  private readonly applied = new WeakMap<Family, Map<string, Compiled>>();
  private restLog = 0;
  private weighed: Weights | null = null;

  constructor(
    ground: Ground,
    options: {
      subject: Subject;
      antennas: readonly Antenna[];
      router: RoadRouter;
      model?: Partial<Model>;
      priors?: ScriptPriors;
    },
  ) {
    this.ground = ground;
    this.subject = options.subject;
    this.router = options.router;
    this.model = { ...defaultModel, ...options.model };
    const { scamType, hour } = options.subject;
    this.shares = posteriorMean((options.priors ?? defaultPriors())[scamType], hour);
    this.radio = radioOf(ground, options.antennas, this.model);
    this.setFacts([]);
  }

  /** The whole set known now, in any order. */
  setFacts(facts: readonly Fact[]): void {
    const setup = setupOf(facts, this.subject, this.shares, this.model);
    if (setup.key !== this.setup?.key) this.begin(setup);
    const items = itemsOf(facts);
    const base = this.roots[0]!;
    const context = { ground: this.ground, model: this.model, radio: this.radio, base };
    const known = new Map(
      items.map(item => [item.key, this.compiled.get(item.key) ?? compile(item, context)] as const),
    );
    this.compiled = known;
    this.items = items;
    const had = new Map(this.roots.slice(1).map(family => [family.approach!.of, family]));
    this.roots = [base, ...items.flatMap(item => this.anchored(item, known.get(item.key)!, had))];
    this.refine(items.filter(({ fact }) => fact.kind !== 'search' && fact.kind !== 'pass'));
    for (const family of this.families) this.tell(family, known);
    this.restLog = 0;
    for (const { parts } of known.values()) for (const { rest } of parts) this.restLog += rest;
    this.weighed = null;
  }

  /** What tasking needs: how likely she stands at each target, now and in a while. */
  presence(nowS: number): Presence {
    return presenceAt(this.ground, this.families, this.weights(), nowS);
  }

  picture(nowS: number): Picture {
    const { ground, families, compiled, items, shares, subject } = this;
    const weights = this.weights();
    const { standing, ...masses } = massesAt(ground, families, weights, nowS);
    const { scamType } = subject;
    const told = { ground, families, weights, items, compiled, shares, scamType, nowS };
    return { ...masses, contradictions: contradictionsOf(told), reasons: reasonsOf(told, standing) };
  }

  /** Ways that are still being driven, a sample of equal weights. */
  driveways(nowS: number, count: number): SampledRoute[] {
    return sampleRoutes(this.families, this.weights(), nowS, count);
  }

  /**
   * Trips from `nowS` on for `horizonS`, a sample of equal weights.
   * @param seed which of the samples: the same one for the same facts
   */
  trips(nowS: number, horizonS: number, count: number, seed: number): SampledTrip[] {
    const u = uniformOf(seed, 41);
    return sampleTrips(this.families, this.weights(), { nowS, horizonS, count, u });
  }

  private weights(): Weights {
    this.weighed ??= weigh(this.families, this.restLog, this.model);
    return this.weighed;
  }

  /** The trips from home; what was worked out against others is forgotten. */
  private begin(setup: Setup): void {
    const { ground, model, subject } = this;
    const source = setup.origin && this.router.snap(setup.origin);
    const trees = source ? this.treesFrom(source) : [];
    const weights = destinationWeights(ground, this.shares, timesToTargets(ground, trees[0] ?? null), model);
    const home = source ? this.homeAt(source, setup.homeShare) : null;
    const plan = {
      seed: subject.seed,
      trees,
      destinations: weights,
      weights,
      counts: evenCounts(weights, model),
      departure: setup.departure,
      footShare: setup.footShare,
      home,
    };
    this.roots = [new Family(ground, plan, makeHypotheses(ground, plan, model), { home })];
    this.compiled = new Map();
    this.sightedKey = null;
    this.setup = setup;
  }

  private treesFrom(source: Snap): RouteTree[] {
    const { ground, model, subject } = this;
    const had = this.trees;
    if (had && had.source.edge === source.edge && had.source.fraction === source.fraction) return had.trees;
    const seeds = departures(ground.graph, source);
    const trees = Array.from({ length: model.trees }, (_, k) => {
      const noise =
        k === 0
          ? new RoadNoise(0, 0, 0)
          : new RoadNoise(uniformOf(subject.seed, k, 11) * 2 ** 32, model.roadSigma, model.classSigma);
      return new RouteTree(ground.graph, source, seeds, noise);
    });
    this.trees = { source, trees };
    return trees;
  }

  /** The home that units can be sent to, if the region knows one there. */
  private homeAt(source: Snap, share: number): { share: number; target: number; rest: number } {
    const { targets, placeCount, cellCount } = this.ground;
    let target = -1;
    let nearestM = atHomeM;
    for (let i = 0; i < placeCount; i++) {
      if (targets[i]!.kind !== 'residence') continue;
      const awayM = distanceM(targets[i]!.position, source.asked);
      if (awayM < nearestM) [target, nearestM] = [i, awayM];
    }
    const rest = target < 0 ? cellOnEdge(this.ground, source.edge, source.fraction) : cellCount + target;
    return { share, target, rest };
  }

  private anchored(item: Item, { anchor, offset }: Compiled, had: ReadonlyMap<string, Family>): Family[] {
    if (!anchor) return [];
    const known = had.get(item.key);
    if (known) return [known];
    const options = {
      seed: this.subject.seed,
      model: this.model,
      shares: this.shares,
      footShare: this.setup!.footShare,
      offset,
      key: item.key,
    };
    return [familyAt(this.ground, this.roots[0]!, anchor, options)];
  }

  /**
   * Draws trips anew where the sightings leave too few. What searches did not find has no part in it: it multiplies what
   * stands here, so that no search can raise its own place.
   */
  private refine(sightings: readonly Item[]): void {
    const key = sightings.map(item => item.key).join('\n');
    if (key === this.sightedKey) return;
    this.sightedKey = key;
    const { roots, model, subject } = this;
    const known = new Map(sightings.map(item => [item.key, this.compiled.get(item.key)!]));
    for (const family of roots) this.tell(family, known);
    const logs = roots.map(family => massLogs(family, model));
    this.families = roots;
    const masses = logs.map(logTotal);
    const most = Math.max(...masses);
    const counts = logs.map(effectiveCount);
    // Of a mixture: one over the sum of squared shares over the counts.
    const squares = counts.map((count, i) => Math.exp(masses[i]! - most) ** 2 / count);
    const all = masses.reduce((sum, mass) => sum + Math.exp(mass - most), 0);
    if (all ** 2 / squares.reduce((sum, square) => sum + square, 0) >= model.refinedBelow) return;
    const tell = (family: Family): void => this.tell(family, known);
    this.families = roots.map((family, i) =>
      masses[i]! < most - faintLogs || counts[i]! >= model.refinedBelow
        ? family
        : refined(family, tell, model, uniformOf(subject.seed, i, 31) * 2 ** 32),
    );
  }

  /** Brings a family from the facts that it knows to those that are known. */
  private tell(family: Family, known: ReadonlyMap<string, Compiled>): void {
    const before = this.applied.get(family) ?? new Map<string, Compiled>();
    for (const [key, { parts }] of before)
      if (!known.has(key)) for (const part of parts) part.apply(family, -1);
    for (const [key, { parts }] of known)
      if (!before.has(key)) for (const part of parts) part.apply(family, 1);
    this.applied.set(family, new Map(known));
  }
}
