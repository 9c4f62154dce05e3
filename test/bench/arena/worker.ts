/** A worker of the arena: episodes in, results out. */
import { parentPort, workerData } from 'node:worker_threads';
import type { Episode } from '../../../server/sim/arena/episode.ts';
import { makeEpisode } from '../../../server/sim/arena/make-episode.ts';
import { runEpisode, type RunOrder } from './run-episode.ts';
import { type ArenaSetup, openArena } from './setup.ts';

export interface WorkerSetup extends RunOrder {
  setup: ArenaSetup;
}
/** An episode, or the seed of one; `passive`: only the belief is measured. */
export interface ArenaJob {
  episode: Episode | number;
  passive: boolean;
}

const { setup, ...order } = workerData as WorkerSetup;
const arena = openArena(setup);
const beliefOnly: RunOrder = { ...order, policies: [], compare: undefined };

parentPort!.on('message', ({ episode, passive }: ArenaJob) => {
  const played = typeof episode === 'number' ? makeEpisode(arena.region, episode) : episode;
  parentPort!.postMessage(runEpisode(arena, played, passive ? beliefOnly : order));
});
