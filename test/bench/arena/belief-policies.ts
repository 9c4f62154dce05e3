/** The policies that have a belief: ours, ours with the truth's own constants, and the dispatcher who sends the nearest car. */
import type { SearchMethod } from '#contract/sighting.ts';
import type { PlaceKind } from '#contract/place.ts';
import { Belief } from '#locate/belief/index.ts';
import type { Presence } from '#locate/presence.ts';
import { planSearch } from '#locate/plan/index.ts';
import type { PlanUnit } from '#locate/plan/types.ts';
import type { ArenaFact, Episode } from '../../../server/sim/arena/episode.ts';
import type { ArenaOrder, ArenaPolicy, ArenaUnit } from '../../../server/sim/arena/policy.ts';
import type { ArenaTarget } from '../../../server/sim/arena/region.ts';
import type { ArenaConfig } from './options.ts';
import type { Arena } from './setup.ts';
import { priorsWithElsewhere, truthModel, truthPriors } from './true-model.ts';

/** How long things took, in ms. */
export interface Timings {
  posteriorMs: number[];
  planMs: number[];
}

export interface BeliefPolicy extends ArenaPolicy {
  belief: Belief;
}

type Decide = (input: { presence: Presence; nowS: number; units: readonly ArenaUnit[] }) => ArenaOrder[];

/** Beijing has no summer time. */
const hourOf = (alertAt: number): number => new Date(alertAt + 8 * 3_600_000).getUTCHours();

export function beliefOf(arena: Arena, episode: Episode, config: ArenaConfig, isTrue = false): Belief {
  const { ground, region } = arena;
  const antennas = isTrue ? arena.antennasOfTrueModel : arena.antennas;
  const { router } = region.driving;
  const subject = {
    scamType: episode.scamType,
    home: episode.home,
    hour: hourOf(episode.alertAt),
    seed: seedOf(episode.id),
  };
  const { elsewhere } = config;
  const changed = elsewhere === undefined ? undefined : priorsWithElsewhere(episode, elsewhere);
  const priors = isTrue ? truthPriors(episode) : changed;
  const model = { ...(isTrue ? truthModel : {}), ...config.model };
  return new Belief(ground, {
    subject,
    antennas,
    router,
    model,
    ...(priors && { priors }),
  });
}

function seedOf(id: string): number {
  let hash = 0;
  for (const letter of id) hash = (Math.imul(hash, 31) + letter.charCodeAt(0)) >>> 0;
  return hash;
}

function withBelief(belief: Belief, decide: Decide, timings?: Timings): BeliefPolicy {
  const facts: ArenaFact[] = [];
  return {
    belief,
    fact(fact) {
      facts.push(fact);
    },
    decide(nowS, units) {
      const start = performance.now();
      belief.setFacts(facts);
      const presence = belief.presence(nowS);
      const believed = performance.now();
      const orders = decide({ presence, nowS, units });
      timings?.posteriorMs.push(believed - start);
      timings?.planMs.push(performance.now() - believed);
      return orders;
    },
  };
}

export function ours(
  arena: Arena,
  episode: Episode,
  config: ArenaConfig,
  { isTrue = false, timings }: { isTrue?: boolean; timings?: Timings } = {},
): BeliefPolicy {
  const { ground, region } = arena;
  const { router } = region.driving;
  const methods = new Map<string, SearchMethod>();
  const decide: Decide = ({ presence, nowS, units }) => {
    const planned = units.map((unit): PlanUnit => {
      const target = unit.targetId === null ? undefined : ground.indexOf.get(unit.targetId);
      const state = unit.doing === 'searching' ? 'arrived' : 'ordered';
      const method = methods.get(unit.id) ?? 'walkThrough';
      return {
        id: unit.id,
        at: unit.at,
        freeInS: unit.freeAtS - nowS,
        fixAgeS: 0,
        moving: unit.doing === 'travelling',
        kind: 'car',
        sworn: 2,
        auxiliary: 2,
        ...(target !== undefined && { current: { target, method, state } }),
      };
    });
    // Nobody asks here how good a plan could be at most.
    const options = { bound: false, ...config.plan };
    const plan = planSearch({ ground, router, presence, units: planned, nowS, options });
    return plan.routes.flatMap(({ unitId, tasks }): ArenaOrder[] => {
      const first = tasks.find(task => !isBeingDone(task.target, unitId, planned));
      const target = first && ground.targets[first.target];
      if (!target || units.find(({ id }) => id === unitId)?.doing === 'searching') return [];
      methods.set(unitId, first.method);
      return [{ unitId, target: target satisfies ArenaTarget, method: first.method }];
    });
  };
  return withBelief(beliefOf(arena, episode, config, isTrue), decide, timings);
}

const isBeingDone = (target: number, unitId: string, units: readonly PlanUnit[]): boolean =>
  units.some(({ id, current }) => id === unitId && current?.state === 'arrived' && current.target === target);

const walked: PlaceKind[] = ['park', 'carPark', 'atm', 'mall'];
/** She is looked for where she will be by the time that somebody can be there. */
const soonS = 420;

/** The most probable place that nobody is sent to gets the nearest free unit, one after the other; nobody is turned round. */
export function nearestCad(arena: Arena, episode: Episode, config: ArenaConfig): BeliefPolicy {
  const { ground, region } = arena;
  const decide: Decide = ({ presence, units }) => {
    const free = units.filter(({ doing }) => doing === 'idle');
    if (free.length === 0) return [];
    const taken = new Set(units.map(({ targetId }) => targetId));
    const soon = Math.max(
      0,
      presence.inS.findLastIndex(inS => inS <= soonS),
    );
    const seen = seenAt(arena, presence, soon);
    const ranked = Array.from(seen.keys())
      .filter(target => ground.targetSnap[target] && !taken.has(ground.targets[target]!.id))
      .sort((a, b) => seen[b]! - seen[a]!)
      .slice(0, free.length);
    const seconds = region.driving.router.matrix(
      free.map(({ at }) => at),
      ranked.map(target => ground.targetSnap[target]!),
    );
    const left = new Set(free.keys());
    return ranked.flatMap((index, column): ArenaOrder[] => {
      const nearest = Array.from(left).sort(
        (a, b) => seconds[a * ranked.length + column]! - seconds[b * ranked.length + column]!,
      )[0];
      if (nearest === undefined) return [];
      left.delete(nearest);
      const target = ground.targets[index]!;
      return [{ unitId: free[nearest]!.id, target, method: methodFor(target) }];
    });
  };
  return withBelief(beliefOf(arena, episode, config), decide);
}

function methodFor({ kind, path }: ArenaTarget): SearchMethod {
  if (path) return 'driveBy';
  return walked.includes(kind) ? 'walkThrough' : 'clerkAsked';
}

/** Probability that a search of each target would see her at a moment of the presence. */
function seenAt({ ground }: Arena, { inS, at }: Presence, moment: number): Float32Array {
  const { cover, coverShare } = ground;
  return Float32Array.from(ground.targets, (_, target) => {
    let sum = 0;
    for (let k = cover.offset[target]!; k < cover.offset[target + 1]!; k++)
      sum += coverShare[k]! * at[cover.items[k]! * inS.length + moment]!;
    return sum;
  });
}
