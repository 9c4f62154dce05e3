/** One episode under every policy that was asked for. */
import { bankFirst, lastPing } from '../../../server/sim/arena/baselines.ts';
import { numberOf } from '../../../server/sim/arena/chance.ts';
import { type Episode, firstReport } from '../../../server/sim/arena/episode.ts';
import { oracle, toldAtFirst } from '../../../server/sim/arena/oracle.ts';
import { type Outcome, play } from '../../../server/sim/arena/play.ts';
import type { ArenaPolicy } from '../../../server/sim/arena/policy.ts';
import type { BeliefPolicy, Timings } from '../../../server/replay/what-if/plan-policy.ts';
import { beliefOf, nearestCad, ours } from './belief-policies.ts';
import type { ArenaConfig, PolicyName } from './options.ts';
import type { Level } from './scores.ts';
import type { Arena } from './setup.ts';
import { levelOf, truthCell } from './truth-cell.ts';

/** Minutes at which the belief is measured. */
export const measuredMin = [5, 10, 20, 30] as const;
export type Levels = Partial<Record<(typeof measuredMin)[number], Level>>;

export interface RunOrder {
  policies: readonly PolicyName[];
  config: ArenaConfig;
  /** Played as a policy of its own. */
  compare: ArenaConfig | undefined;
}

export interface EpisodeResult extends Timings {
  id: string;
  scamType: string;
  outcomes: Partial<Record<PolicyName | 'compared', Outcome>>;
  /** The belief from sightings alone, without any search. */
  passive: Levels;
  /** The belief of `ours` as long as she was not found. */
  inPlay: Levels;
}

export function runEpisode(
  arena: Arena,
  episode: Episode,
  { policies, config, compare }: RunOrder,
): EpisodeResult {
  const { region, ground } = arena;
  const timings: Timings = { posteriorMs: [], planMs: [] };
  const inPlay: Levels = {};
  const watched = (policy: BeliefPolicy): Outcome =>
    play(
      region,
      episode,
      policy,
      measuredMin.map(minute => minute * 60),
      momentS => {
        const minute = measuredMin.find(each => each * 60 === momentS)!;
        inPlay[minute] = measure(arena, episode, policy.belief, minute);
      },
    );
  const simply = (policy: ArenaPolicy): Outcome => play(region, episode, policy);
  const run: Record<PolicyName, () => Outcome> = {
    lastPing: () => simply(lastPing(region, episode)),
    bankFirst: () => simply(bankFirst(region, episode)),
    nearestCad: () => simply(nearestCad(arena, episode, config)),
    ours: () => watched(ours(arena, episode, config, { timings })),
    trueModel: () => simply(ours(arena, episode, config, { isTrue: true })),
    toldAtFirst: () => toldAtFirst(region, episode, ground.targets),
    oracle: () => oracle(region, episode, ground.targets),
  };
  const outcomes: EpisodeResult['outcomes'] = {};
  for (const name of policies) outcomes[name] = run[name]();
  if (compare) outcomes.compared = simply(ours(arena, episode, compare));
  const { id, scamType } = episode;
  return {
    id,
    scamType,
    outcomes,
    inPlay,
    passive: passiveLevels(arena, episode, config, timings),
    ...timings,
  };
}

/** The belief from what is received by each moment, and nobody searches. */
export function passiveLevels(
  arena: Arena,
  episode: Episode,
  config: ArenaConfig,
  timings?: Timings,
): Levels {
  const belief = beliefOf(arena, episode, config);
  const facts = [...firstReport(episode), ...episode.sightings];
  const levels: Levels = {};
  for (const minute of measuredMin) {
    const start = performance.now();
    belief.setFacts(facts.filter(({ receivedS }) => receivedS <= minute * 60));
    levels[minute] = measure(arena, episode, belief, minute);
    timings?.posteriorMs.push(performance.now() - start);
  }
  return levels;
}

function measure(
  { region, ground }: Arena,
  episode: Episode,
  belief: BeliefPolicy['belief'],
  minute: number,
): Level {
  const atS = minute * 60;
  const share = numberOf(episode.id, 'level', minute);
  return levelOf(ground, belief.picture(atS), truthCell(region, ground, episode, atS), share);
}
