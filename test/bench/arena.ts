/**
 * How soon she is found: `node test/bench/arena.ts [--json] [--region FILE.osm.pbf|synth:SEED:POPULATION] [--seed S]
 * [--episodes-count N] [--passive N] [--policies a,b] [--workers N] [--result FILE]`. Every policy plays the same
 * episodes with the same luck; `--passive` (1,000) is on how many the belief alone is measured.
 * `--write-episodes FILE` saves the episodes and plays none, `--episodes FILE` plays a file written by anyone.
 * `--config JSON` changes constants (`{"model":{…},"plan":{…}}`), `--compare JSON` plays a second configuration and
 * prints the paired difference.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { cpus, loadavg } from 'node:os';
import type { EpisodeSet } from '../../server/sim/arena/episode.ts';
import { readEpisodes, writeEpisodes } from '../../server/sim/arena/file.ts';
import { makeEpisode } from '../../server/sim/arena/make-episode.ts';
import { type ArenaOptions, arenaOptions } from './arena/options.ts';
import { inWorkers } from './arena/pool.ts';
import type { EpisodeResult } from './arena/run-episode.ts';
import { type Arena, type ArenaSetup, buildArena, openArena } from './arena/setup.ts';
import { figuresOf, resultFile } from './arena/summary.ts';
import type { ArenaJob, WorkerSetup } from './arena/worker.ts';
import { printReport } from './report.ts';

/** `--seed 2` plays the seeds from 20,000 on. */
const seedsApart = 10_000;

try {
  await main(arenaOptions());
} catch (cause) {
  console.error(`bench arena: ${(cause as Error).message}`);
  process.exitCode = 1;
}

async function main(options: ArenaOptions): Promise<void> {
  const setup = await buildArena(options.region, options.seed);
  const arena = openArena(setup);
  const seeds = Array.from({ length: options.passive }, (_, i) => options.seed * seedsApart + i);
  if (options.writeFile === undefined) await runAll(options, setup, arena, seeds);
  else await writeAll(options.writeFile, arena, seeds.slice(0, options.episodes));
}

async function writeAll(file: string, { region }: Arena, seeds: readonly number[]): Promise<void> {
  const episodes = seeds.map(seed => makeEpisode(region, seed));
  const { antennas } = region;
  await writeFile(file, writeEpisodes({ antennas, episodes }));
  console.log(`${episodes.length} episodes written to ${file}`);
}

async function fromFile(file: string, { source }: ArenaSetup): Promise<EpisodeSet> {
  const positions = new Map(source.places.map(({ id, position }) => [id, position]));
  return readEpisodes(await readFile(file, 'utf8'), id => positions.get(id));
}

async function runAll(
  options: ArenaOptions,
  setup: ArenaSetup,
  { region, ground }: Arena,
  seeds: readonly number[],
): Promise<void> {
  const { policies, config, compare } = options;
  const set = options.episodeFile === undefined ? undefined : await fromFile(options.episodeFile, setup);
  const jobs: ArenaJob[] = set
    ? set.episodes.map(episode => ({ episode, passive: false }))
    : seeds.map((episode, i) => ({ episode, passive: i >= options.episodes }));
  const known = set ? { ...setup, antennas: antennasOf(set, setup, region) } : setup;
  const workerData: WorkerSetup = { setup: known, policies, config, compare };
  const worker = new URL('./arena/worker.ts', import.meta.url);
  const results = await inWorkers<ArenaJob, EpisodeResult>(
    worker,
    workerData,
    jobs,
    options.workers,
    progress(),
  );
  const played = results.filter((_, i) => !jobs[i]!.passive);
  const head = { region: options.region, seed: options.seed, config, compare };
  if (options.resultFile !== undefined)
    await writeFile(options.resultFile, resultFile(head, played, results));
  printReport(
    {
      bench: 'arena',
      seed: options.seed,
      figures: {
        nodes: region.graph.junctionCount,
        targets: ground.targets.length,
        ...figuresOf(played, results),
      },
      bounds: { shareWon: 0.6, planMs: { p50: 50, p95: 100, p99: 100 } },
      peers: {},
    },
    [
      `region ${options.region}: ${region.graph.junctionCount} nodes, ${region.graph.edgeCount} edges, ${ground.placeCount} places,`,
      `${ground.segmentCount} segments, ${ground.targets.length} targets, ${known.antennas?.length ?? region.antennas.length} antennas, ${region.cameras.length} cameras`,
      `${played.length} episodes played, the belief measured on ${results.length}; ${options.workers} workers`,
      `Node ${process.version}, ${process.arch}, ${cpus().length} cores, load ${loadavg()[0]!.toFixed(1)}`,
    ],
  );
}

/** A file's own antennas; else those of the region's table, but never such as the arena put up for its own episodes. */
function antennasOf(set: EpisodeSet, { source }: ArenaSetup, { antennas }: Arena['region']) {
  return set.antennas ?? (source.cellSites.length > 0 ? antennas : []);
}

/** Says on stderr how far it is, now and then. */
function progress(): (at: { done: number; total: number }) => void {
  const start = performance.now();
  let saidAt = start;
  return ({ done, total }) => {
    const now = performance.now();
    if (now - saidAt < 5000 && done < total) return;
    saidAt = now;
    const leftS = Math.round((((now - start) / done) * (total - done)) / 1000);
    process.stderr.write(`arena: ${done} of ${total} episodes, about ${leftS} s left\n`);
  };
}
