/** Who has a belief and decides by it: what the arena compares, and what a fork can go on with. Pure. */
import type { SearchMethod } from '#contract/sighting.ts';
import type { Belief } from '#locate/belief/index.ts';
import type { Ground } from '#locate/ground.ts';
import type { PlanOptions } from '#locate/plan/options.ts';
import { planSearch } from '#locate/plan/index.ts';
import type { PlanUnit } from '#locate/plan/types.ts';
import type { Presence } from '#locate/presence.ts';
import type { RoadRouter } from '#road/router.ts';
import type { ArenaFact } from '../../sim/arena/episode.ts';
import type { ArenaOrder, ArenaPolicy, ArenaUnit } from '../../sim/arena/policy.ts';
import type { ArenaTarget } from '../../sim/arena/region.ts';

/** How long things took, in ms. */
export interface Timings {
  posteriorMs: number[];
  planMs: number[];
}

export interface BeliefPolicy extends ArenaPolicy {
  belief: Belief;
}

export type Decide = (input: {
  presence: Presence;
  nowS: number;
  units: readonly ArenaUnit[];
}) => ArenaOrder[];

interface Believing {
  belief: Belief;
  timings?: Timings | undefined;
  /** How long after the belief's epoch the episode begins, s. */
  epochS?: number;
}

/** Decides by what is believed with every fact that it was told. */
export function withBelief({ belief, timings, epochS = 0 }: Believing, decide: Decide): BeliefPolicy {
  const facts: ArenaFact[] = [];
  return {
    belief,
    fact(fact) {
      facts.push(epochS === 0 ? fact : later(fact, epochS));
    },
    decide(nowS, units) {
      const start = performance.now();
      belief.setFacts(facts);
      const presence = belief.presence(epochS + nowS);
      const believed = performance.now();
      const orders = decide({ presence, nowS, units });
      timings?.posteriorMs.push(believed - start);
      timings?.planMs.push(performance.now() - believed);
      return orders;
    },
  };
}

/** The same fact with its times counted from an epoch that is so much earlier. */
export function later<F extends ArenaFact>(fact: F, byS: number): F {
  const moved = { ...fact, atS: fact.atS + byS, receivedS: fact.receivedS + byS };
  if (moved.kind === 'silence') moved.fromS += byS;
  if (moved.kind === 'report' && moved.departedAtS !== undefined) moved.departedAtS += byS;
  if (moved.kind === 'pass') moved.edges = moved.edges.map(([edge, atS]) => [edge, atS + byS]);
  return moved;
}

interface Planning extends Believing {
  ground: Ground;
  router: RoadRouter;
  options?: Partial<PlanOptions> | undefined;
}

/** Sends each unit where our plan sends it first. */
export function planPolicy({ ground, router, options, ...believing }: Planning): BeliefPolicy {
  const epochS = believing.epochS ?? 0;
  const methods = new Map<string, SearchMethod>();
  return withBelief(believing, ({ presence, nowS, units }) => {
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
    const plan = planSearch({
      ground,
      router,
      presence,
      units: planned,
      nowS: epochS + nowS,
      // Nobody asks here how good a plan could be at most.
      options: { bound: false, ...options },
    });
    return plan.routes.flatMap(({ unitId, tasks }): ArenaOrder[] => {
      const first = tasks.find(task => !isBeingDone(task.target, unitId, planned));
      const target = first && ground.targets[first.target];
      if (!target || units.find(({ id }) => id === unitId)?.doing === 'searching') return [];
      methods.set(unitId, first.method);
      return [{ unitId, target: target satisfies ArenaTarget, method: first.method }];
    });
  });
}

const isBeingDone = (target: number, unitId: string, units: readonly PlanUnit[]): boolean =>
  units.some(({ id, current }) => id === unitId && current?.state === 'arrived' && current.target === target);
