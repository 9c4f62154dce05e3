import { describe, expect, it } from 'vitest';
import { detectionOf } from '../../../server/domain/detection.ts';
import type { SampledTrip } from '../../../server/locate/belief/trips.ts';
import type { Change, Standing } from '../../../server/replay/what-if/future.ts';
import { type Fork, meetings, runWhatIf } from '../../../server/replay/what-if/run.ts';
import { bankFirst, lastPing } from '../../../server/sim/arena/baselines.ts';
import { type Episode, firstReport } from '../../../server/sim/arena/episode.ts';
import { makeEpisode } from '../../../server/sim/arena/make-episode.ts';
import { play } from '../../../server/sim/arena/play.ts';
import type { ArenaPolicy } from '../../../server/sim/arena/policy.ts';
import { beliefOf, nearestCad, ours } from '../../bench/arena/belief-policies.ts';
import { whatIfTown } from './town.ts';

const arena = whatIfTown();
const { region } = arena;
const config = { model: { hypotheses: 3000, anchorHypotheses: 1500, trees: 2 } };
const horizonS = 3600;
const waiting = (): ArenaPolicy => ({ fact: () => {}, decide: () => [] });

const tripOf = ({ truth }: Episode): SampledTrip =>
  truth.map(({ atS, lng, lat, mode }) => ({ atS, at: [lng, lat], mode }));

/** What is known at the alert, and trips from the belief in it. */
function forkOf(episode: Episode, draws = 60, seed = 5): Fork {
  const facts = [...firstReport(episode), ...episode.sightings.filter(({ receivedS }) => receivedS <= 0)];
  const belief = beliefOf(arena, episode, config);
  belief.setFacts(facts);
  return {
    case: episode,
    seed,
    horizonS,
    draws: belief.trips(0, horizonS, draws, seed),
    standing: { units: episode.units, facts, orders: [], policy: lastPing },
    changes: [],
  };
}

/** She sits in a place in every draw, and one unit stands before it. */
function sitting(spot = region.spots.find(({ kind, snap }) => kind === 'bank' && snap)!, draws = 400) {
  const trip: SampledTrip = [{ atS: 0, at: spot.position, mode: 'atPlace' }];
  const order = { unitId: 'u1', target: spot, method: 'clerkAsked' as const };
  const standing: Standing = {
    units: [{ id: 'u1', at: spot.snap!.position }],
    facts: [],
    orders: [],
    policy: waiting,
  };
  const fork: Fork = {
    case: makeEpisode(region, 1),
    seed: 1,
    horizonS,
    draws: Array.from({ length: draws }, () => trip),
    standing,
    changes: [{ kind: 'order', order }],
  };
  return { fork, spot };
}

describe('what if', () => {
  it('repeats to the byte with the same seed, from the belief on, and not with another', () => {
    const changes: Change[] = [{ kind: 'policy', policy: bankFirst }];
    const run = (seed: number) =>
      JSON.stringify(runWhatIf(region, { ...forkOf(makeEpisode(region, 7), 60, seed), changes }));
    expect(run(5)).toBe(run(5));
    expect(run(6)).not.toBe(run(5));
  });

  it('finds no difference where nothing is changed, or a change leads to the same', () => {
    const fork = forkOf(makeEpisode(region, 8));
    const same: Change[] = [{ kind: 'policy', policy: lastPing }];
    for (const changes of [[], same, [{ kind: 'dropUnit', unitId: 'nobody' } as const]]) {
      const { asItWas, changed, earlierMin, decisive } = runWhatIf(region, { ...fork, changes });
      expect(changed).toEqual(asItWas);
      expect(earlierMin).toEqual({ mean: 0, low: 0, high: 0 });
      expect(decisive).toEqual([]);
    }
  });

  it('meets her at once, as often as the search is worth, when a unit is sent in where she surely is', () => {
    const { fork, spot } = sitting();
    const { asItWas, changed, earlierMin, decisive } = runWhatIf(region, fork);
    const { pod, durationS } = detectionOf(spot, 'clerkAsked');
    expect(asItWas.metBy.every(({ share }) => share === 0)).toBe(true);
    expect(changed.metBy[0]!.share).toBeGreaterThan(pod - 0.05);
    expect(changed.metBy.at(-1)!.share).toBe(changed.metBy[0]!.share);
    expect(changed.medianMin!).toBeLessThan((durationS + 60) / 60);
    // Uniform over the search when she is found, the whole horizon when not.
    const expected = (pod * (horizonS - durationS / 2)) / 60;
    expect(earlierMin.low).toBeLessThan(expected);
    expect(earlierMin.high).toBeGreaterThan(expected);
    expect(decisive[0]!.fromMin).toBeLessThan(5);
    expect(decisive.at(-1)!.toMin).toBeLessThanOrEqual(5);
  });

  it('never meets her when all units are taken away', () => {
    const fork = forkOf(makeEpisode(region, 9), 20);
    const changes = fork.standing.units.map(({ id }): Change => ({ kind: 'dropUnit', unitId: id }));
    const { asItWas, changed } = runWhatIf(region, { ...fork, changes });
    expect(asItWas.metBy.at(-1)!.share).toBeGreaterThan(0);
    expect(changed.metBy.every(({ share }) => share === 0)).toBe(true);
    expect(changed.medianMin).toBeNull();
  });

  it('leaves a unit to its standing order until it has carried it out', () => {
    const { fork, spot } = sitting(undefined, 1);
    const elsewhere = region.spots.find(({ kind, snap }) => kind === 'park' && snap)!;
    const sent: string[] = [];
    const policy = (): ArenaPolicy => ({
      fact: fact => fact.kind === 'search' && sent.push(fact.targetId),
      decide: (_, units) =>
        units
          .filter(({ doing }) => doing !== 'searching')
          .map(({ id: unitId }) => ({ unitId, target: elsewhere, method: 'walkThrough' })),
    });
    const far: SampledTrip = [{ atS: 0, at: [0, 0], mode: 'atPlace' }];
    const orders = [{ unitId: 'u1', target: spot, method: 'clerkAsked' as const }];
    meetings(region, { ...fork, draws: [far] }, { ...fork.standing, orders, policy });
    expect(sent.slice(0, 2)).toEqual([spot.id, elsewhere.id]);
  });

  it('tells the policy of a fact that is added and not of one that is taken away', () => {
    const episode = makeEpisode(region, 11);
    const [first] = episode.sightings;
    const heard: string[] = [];
    const policy = (): ArenaPolicy => ({ ...waiting(), fact: ({ id }) => heard.push(id) });
    const fork = { ...forkOf(episode, 1), draws: [tripOf(episode)] };
    const standing = { ...fork.standing, policy };
    const [report] = fork.standing.facts;
    const changes: Change[] = [
      { kind: 'addFact', fact: { ...first!, receivedS: 0 } },
      { kind: 'removeFact', factId: report!.id },
    ];
    runWhatIf(region, { ...fork, standing, changes });
    // As it was first, then as changed.
    expect(heard).toEqual([report!.id, first!.id]);
  });

  it('reproduces the arena: its episodes as forks at the alert, under its own policies', () => {
    const policies = {
      lastPing,
      bankFirst,
      nearestCad: (_: typeof region, episode: Episode) => nearestCad(arena, episode, config),
      ours: (_: typeof region, episode: Episode) => ours(arena, episode, config),
    };
    for (const seed of [21, 22, 23]) {
      // Luck hangs on the name of the episode, so the arena plays it under the name that the draw has.
      const episode: Episode = { ...makeEpisode(region, seed), id: `what-if-${seed}-0` };
      for (const policy of Object.values(policies)) {
        const standing: Standing = {
          units: episode.units,
          facts: [...firstReport(episode), ...episode.sightings],
          orders: [],
          policy,
        };
        const fork: Fork = {
          case: episode,
          seed,
          horizonS: episode.horizonS,
          draws: [tripOf(episode)],
          standing,
          changes: [],
        };
        const { found, foundS } = play(region, episode, policy(region, episode));
        expect(meetings(region, fork, standing)).toEqual([found ? foundS : Infinity]);
      }
    }
  }, 60_000);
});
