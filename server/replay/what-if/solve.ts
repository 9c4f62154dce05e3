/** A fork of a real case: what was known and who was where, made into two futures. Pure. */
import type { WhatIfChange, WhatIfPolicy } from '#contract/what-if.ts';
import type { SearchMethod } from '#contract/sighting.ts';
import { Belief } from '#locate/belief/index.ts';
import { buildGround } from '#locate/ground/build.ts';
import type { Ground } from '#locate/ground.ts';
import type { RoadFile } from '#road/file.ts';
import type { LngLat } from '#road/geo.ts';
import { hourOf } from '#road/speeds.ts';
import type { AboutCase, StandingSighting } from '../../../db/queries/belief.ts';
import { camerasAsked, factsOf, silences } from '../../locating/facts.ts';
import { scriptPriors } from '../../locating/priors.ts';
import type { GroundTables, PriorTables } from '../../locating/protocol.ts';
import { bankFirst, lastPing } from '../../sim/arena/baselines.ts';
import type { ArenaSighting } from '../../sim/arena/episode.ts';
import { type ArenaRegion, arenaRegion } from '../../sim/arena/region.ts';
import type { Comparison } from './compare.ts';
import type { Change, Future, Standing } from './future.ts';
import { later, planPolicy } from './plan-policy.ts';
import { runWhatIf } from './run.ts';

/** All that a fork hangs on. */
export interface Problem {
  about: AboutCase;
  priors: PriorTables;
  /** The moment of the fork, ms since 1970. */
  atMs: number;
  seed: number;
  draws: number;
  horizonMin: number;
  /** Those that stood then. */
  sightings: readonly StandingSighting[];
  /** Those that were received later, of which a change may speak. */
  laterSightings: readonly StandingSighting[];
  units: readonly { id: string; at: LngLat }[];
  orders: readonly { unitId: string; targetId: string; method: SearchMethod }[];
  policy: WhatIfPolicy;
  changes: readonly WhatIfChange[];
}

/** Runs both futures. What is ordered for a target that the region does not have any more does not happen. */
export function solve(road: RoadFile, tables: GroundTables, problem: Problem): Comparison {
  const { graph, hierarchy } = road;
  const ground = buildGround(graph, tables);
  const region = arenaRegion(graph, hierarchy, {
    ...tables,
    cellSites: tables.antennas.map(({ site, ...sector }) => ({ position: site, sectors: [sector] })),
  });
  const { about, atMs, seed, horizonMin, draws } = problem;
  const horizonS = horizonMin * 60;
  const told = factsAtFork(ground, tables, problem, problem.sightings);
  const added = problem.changes.flatMap(change => {
    const sighting = problem.laterSightings.find(
      ({ id }) => change.kind === 'addFact' && id === change.sightingId,
    );
    return sighting ? [sighting] : [];
  });
  // What is told earlier was so all the same: both futures are of a world in which it is true.
  const so = factsAtFork(ground, tables, problem, [...problem.sightings, ...added]);
  const forkS = (atMs - about.openedAtMs) / 1000;
  const belief = beliefOf(ground, region, tables, problem);
  belief.setFacts(so.map(fact => later(fact, forkS)));
  const policies = new Map<WhatIfPolicy, Future['policy']>([
    ['lastPing', lastPing],
    ['bankFirst', bankFirst],
  ]);
  const trips = belief.trips(forkS, horizonS, draws, seed);
  const { router } = region.driving;
  // One belief for all runs: which facts it holds is all that it remembers.
  policies.set('plan', () => planPolicy({ ground, router, belief, epochS: forkS }));
  const standing: Standing = {
    units: [...problem.units],
    facts: told,
    orders: problem.orders.flatMap(order => orderOf(ground, order)),
    policy: policies.get(problem.policy)!,
  };
  return runWhatIf(region, {
    case: { scamType: about.scamType, home: homeOf(about, problem), alertAt: atMs },
    seed,
    horizonS,
    draws: trips,
    standing,
    changes: problem.changes.flatMap(change => changeOf(change, { ground, so, policies })),
  });
}

/** What the sightings say, in seconds from the fork, and all known at it. */
function factsAtFork(
  ground: Ground,
  tables: GroundTables,
  { about, atMs }: Problem,
  sightings: readonly StandingSighting[],
): ArenaSighting[] {
  const facts = factsOf(sightings, ground, atMs);
  if (camerasAsked(sightings, about.plateKnown))
    facts.push(...silences(sightings, tables.cameras, { epochMs: atMs, nowMs: atMs }));
  return facts.flatMap(fact => (fact.kind === 'pass' ? [] : [{ ...fact, receivedS: 0 } as ArenaSighting]));
}

const orderOf = (
  ground: Ground,
  { unitId, targetId, method }: Problem['orders'][number],
): Standing['orders'][number][] => {
  const index = ground.indexOf.get(targetId);
  return index === undefined ? [] : [{ unitId, target: ground.targets[index]!, method }];
};

function changeOf(
  change: WhatIfChange,
  {
    ground,
    so,
    policies,
  }: {
    ground: Ground;
    so: readonly ArenaSighting[];
    policies: ReadonlyMap<WhatIfPolicy, Future['policy']>;
  },
): Change[] {
  switch (change.kind) {
    case 'order':
      return orderOf(ground, change).map(order => ({ kind: 'order', order }));
    case 'withdraw':
      return [{ kind: 'dropUnit', unitId: change.unitId }];
    case 'removeFact':
      return [{ kind: 'removeFact', factId: change.sightingId }];
    case 'addFact':
      return so.filter(({ id }) => id === change.sightingId).map(fact => ({ kind: 'addFact', fact }));
    case 'policy':
      return [{ kind: 'policy', policy: policies.get(change.policy)! }];
  }
}

function beliefOf(
  ground: Ground,
  region: ArenaRegion,
  tables: GroundTables,
  { about, priors, seed }: Problem,
): Belief {
  const { scamType, home, openedAtMs } = about;
  return new Belief(ground, {
    subject: { scamType, home: home && [home.lng, home.lat], hour: hourOf(openedAtMs).hour, seed },
    antennas: tables.antennas,
    router: region.driving.router,
    priors: scriptPriors(priors),
  });
}

/** Where nobody knows where she lives, those without a belief set out from the first sighting, or from where the first unit is. */
function homeOf({ home }: AboutCase, { units }: Problem): LngLat {
  return home ? [home.lng, home.lat] : (units[0]?.at ?? [0, 0]);
}
