/**
 * How long it takes from a new fact to a new plan: `npm run bench:locate -- [--json] [--region …] [--seed S]
 * [--episodes-count N]`. Episodes of the arena, fact by fact, with 20 units and 200 places weighed against each other;
 * every minute one unit reports that she is not where it looked. The air of the region and the code are warm, as they
 * are in a server that has been running for a day.
 */
import { Belief } from '#locate/belief/index.ts';
import { regionsOf } from '#locate/belief/regions.ts';
import type { Fact } from '#locate/fact.ts';
import { planSearch, type PlanUnit } from '#locate/plan/index.ts';
import { createRandom } from '#domain/random.ts';
import { type Episode, firstReport } from '../../server/sim/arena/episode.ts';
import { makeEpisode } from '../../server/sim/arena/make-episode.ts';
import { type Arena, buildArena, openArena } from './arena/setup.ts';
import { option, printReport, seedOption, type Spread, spread } from './report.ts';

const unitCount = 20;
const candidates = 200;
const untilS = 1800;
/** Runs that only warm up. */
const warmUp = 3;

const took = {
  start: [] as number[],
  belief: [] as number[],
  camera: [] as number[],
  plan: [] as number[],
  fact: [] as number[],
  picture: [] as number[],
};
type Taken = keyof typeof took;

function timed<T>(into: readonly Taken[], counts: boolean, work: () => T): T {
  const start = performance.now();
  const result = work();
  const ms = performance.now() - start;
  if (counts) for (const name of into) took[name].push(ms);
  return result;
}

function unitsOf({ region, ground }: Arena, random: ReturnType<typeof createRandom>): PlanUnit[] {
  return Array.from({ length: unitCount }, (_, i): PlanUnit => {
    const cell = random.int(ground.cellCount);
    const at = region.driving.snap([ground.cellLng[cell]!, ground.cellLat[cell]!])!;
    return { id: `u${i}`, at, freeInS: 0, fixAgeS: 5, moving: false, kind: 'car', sworn: 1, auxiliary: 2 };
  });
}

function run(arena: Arena, episode: Episode, seed: number, counts: boolean): void {
  const { ground, antennas, region } = arena;
  const { router } = region.driving;
  const units = unitsOf(arena, createRandom(seed).fork('units'));
  const subject = { scamType: episode.scamType, home: episode.home, hour: 10, seed };
  const belief = timed(['start'], counts, () => {
    const made = new Belief(ground, { subject, antennas, router });
    made.setFacts(firstReport(episode));
    return made;
  });
  let known: Fact[] = [...firstReport(episode)];
  let looked = -1;
  for (const { fact, atS } of arrivals(episode)) {
    const told = fact ?? notHere(arena, looked, atS);
    if (!told) continue;
    known = [...known, told];
    const kind = told.kind === 'camera' ? (['camera', 'belief'] as const) : (['belief'] as const);
    looked = timed(['fact'], counts, () => {
      const presence = timed(kind, counts, () => {
        belief.setFacts(known);
        return belief.presence(atS);
      });
      const options = { candidates };
      const plan = timed(['plan'], counts, () =>
        planSearch({ ground, router, presence, units, nowS: atS, options }),
      );
      return plan.routes.find(({ tasks }) => tasks.length > 0)?.tasks[0]?.target ?? -1;
    });
    timed(['picture'], counts, () => regionsOf(ground, belief.picture(atS), [0.5, 0.8, 0.9, 0.95]));
  }
}

/** What comes in, in order; null: a unit that was sent looks in vain. */
function arrivals({ sightings }: Episode): { atS: number; fact: Fact | null }[] {
  const told = sightings.flatMap(fact => (fact.receivedS <= untilS ? [{ atS: fact.receivedS, fact }] : []));
  const looks = Array.from({ length: untilS / 60 }, (_, i) => ({ atS: (i + 1) * 60, fact: null }));
  return [...told, ...looks].sort((a, b) => a.atS - b.atS);
}

function notHere({ ground }: Arena, target: number, atS: number): Fact | null {
  if (target < 0) return null;
  const method = target < ground.placeCount ? 'walkThrough' : 'driveBy';
  return { kind: 'search', id: `look-${atS}`, atS, targetId: ground.targets[target]!.id, method };
}

const name = option('region') ?? 'synth:1:250000';
const seed = seedOption();
const episodes = Number(option('episodes-count') ?? 12);
const arena = openArena(await buildArena(name, seed));
for (let i = 0; i < episodes + warmUp; i++)
  run(arena, makeEpisode(arena.region, seed * 1000 + i), seed * 1000 + i, i >= warmUp);

const { ground } = arena;
const figures: Record<string, Spread> = {
  startMs: spread(took.start),
  posteriorMs: spread(took.belief),
  cameraMs: spread(took.camera),
  planMs: spread(took.plan),
  factToPlanMs: spread(took.fact),
  pictureMs: spread(took.picture),
};
printReport(
  {
    bench: 'locate',
    seed,
    figures,
    bounds: { factToPlanMs: { p95: 100 }, startMs: { p95: 300 } },
    peers: {},
  },
  [
    `region ${name}: ${ground.graph.nodeCount} nodes, ${ground.targets.length} targets, ${ground.cellCount} road cells`,
    `${unitCount} units, ${candidates} places, ${episodes} episodes, ${took.fact.length} facts`,
  ],
);
