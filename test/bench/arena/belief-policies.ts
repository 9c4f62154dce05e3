/** The policies that have a belief: ours, ours with the truth's own constants, and the dispatcher who sends the nearest car. */
import type { SearchMethod } from '#contract/sighting.ts';
import type { PlaceKind } from '#contract/place.ts';
import { Belief } from '#locate/belief/index.ts';
import type { Presence } from '#locate/presence.ts';
import {
  type BeliefPolicy,
  type Decide,
  planPolicy,
  type Timings,
  withBelief,
} from '../../../server/replay/what-if/plan-policy.ts';
import type { Episode } from '../../../server/sim/arena/episode.ts';
import type { ArenaOrder } from '../../../server/sim/arena/policy.ts';
import type { ArenaTarget } from '../../../server/sim/arena/region.ts';
import type { ArenaConfig } from './options.ts';
import type { Arena } from './setup.ts';
import { priorsWithElsewhere, truthModel, truthPriors } from './true-model.ts';

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

export const ours = (
  arena: Arena,
  episode: Episode,
  config: ArenaConfig,
  { isTrue = false, timings }: { isTrue?: boolean; timings?: Timings } = {},
): BeliefPolicy =>
  planPolicy({
    ground: arena.ground,
    router: arena.region.driving.router,
    belief: beliefOf(arena, episode, config, isTrue),
    options: config.plan,
    timings,
  });

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
  return withBelief({ belief: beliefOf(arena, episode, config) }, decide);
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
