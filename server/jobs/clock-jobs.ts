import { learnedTimes } from '#domain/loop/forecast.ts';
import { pendingClocks } from '../../db/queries/loop/clocks.ts';
import { stepMedians } from '../../db/queries/loop/step-times.ts';
import { SYSTEM } from '../../db/transaction.ts';
import { foreseeable, newForecasts } from '../clocks/forecasts.ts';
import { Foresight } from '../clocks/foresight.ts';
import { PendingClocks } from '../clocks/pending.ts';
import type { ServiceDeps } from '../deps.ts';
import type { Live } from '../live/live.ts';
import { fireClocks } from '../services/clock/fire.ts';
import { noteForecasts } from '../services/clock/note-forecast.ts';
import type { Job } from './job.ts';

/** Told of in one transaction. */
const atOnce = 200;

/** What steps took in this time says how long they take. */
const learnFromMs = 90 * 86_400_000;

/**
 * What keeps the clocks of the closed loop: warnings and breaches to the second, and forecasts. Reads those that run from the
 * table once; from then on the log tells of them.
 */
export async function clockJobs(
  deps: ServiceDeps,
  live: Pick<Live, 'world'>,
  foresight: Foresight = new Foresight(deps),
): Promise<{ jobs: Job[]; close: () => void }> {
  const pending = new PendingClocks();
  const unsubscribe = deps.bus.subscribe('facts', ({ facts }) => {
    for (const fact of facts) pending.learn(fact);
  });
  for (const clock of await deps.database.read(pendingClocks, SYSTEM)) pending.add(clock);
  const jobs: Job[] = [
    {
      name: 'fireClocks',
      everyMs: 1000,
      firstAfterMs: 0,
      run: async signal => {
        while (!signal.aborted) {
          const ids = pending.due(deps.clock.now(), atOnce);
          if (ids.length === 0) return;
          try {
            await fireClocks(deps, ids);
          } catch (error) {
            // Nothing was told of them: they are due again.
            for (const id of ids) pending.add({ id, warnMs: null, dueMs: deps.clock.now() });
            throw error;
          }
        }
      },
    },
    {
      name: 'forecastClocks',
      everyMs: 15_000,
      run: async () => {
        const incidents = foreseeable(live.world());
        const news = newForecasts(incidents, await foresight.now(incidents));
        if (news.length > 0) await noteForecasts(deps, news);
      },
    },
    {
      name: 'learnStepTimes',
      everyMs: 3_600_000,
      firstAfterMs: 5000,
      run: async () => {
        const since = new Date(deps.clock.now() - learnFromMs);
        foresight.times = learnedTimes(await deps.database.read(tx => stepMedians(tx, since), SYSTEM));
      },
    },
  ];
  return { jobs, close: unsubscribe };
}
