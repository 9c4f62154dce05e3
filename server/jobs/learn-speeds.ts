import { hourOf } from '#road/speeds.ts';
import type { ServiceDeps } from '../deps.ts';
import type { Live } from '../live/live.ts';
import type { Roads } from '../live/roads.ts';
import { openExpiredRoads } from '../services/closure/open-road.ts';
import { learnDay } from '../services/speed/learn-day.ts';
import { loadSpeeds } from '../services/speed/load.ts';
import type { Job } from './job.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** Before this hour in Shanghai yesterday's late positions are waited for; at night nobody notices the work. */
const learnFromHour = 3;

/** What keeps the roads as they are: closures that end, and speeds that are learned each night. */
export function roadJobs(deps: ServiceDeps, live: Pick<Live, 'world'>, roads: Roads): Job[] {
  return [
    {
      name: 'openRoads',
      everyMs: 2000,
      run: async () => {
        const nowMs = deps.clock.now();
        const isOver = ({ untilAt }: { untilAt: string | null }) =>
          untilAt !== null && Date.parse(untilAt) <= nowMs;
        if (Object.values(live.world().closures).some(isOver)) await openExpiredRoads(deps);
      },
    },
    { name: 'prepareSpeeds', everyMs: minuteMs, run: () => roads.prepare() },
    {
      name: 'learnSpeeds',
      everyMs: hourMs,
      firstAfterMs: 10 * minuteMs,
      run: signal => learn(deps, roads, signal),
    },
  ];
}

/** Learns every day that is over, and lets the answers use it if they are to. */
async function learn(deps: ServiceDeps, roads: Roads, signal: AbortSignal): Promise<void> {
  const matcher = roads.matcher();
  if (!matcher || hourOf(deps.clock.now()).hour < learnFromHour) return;
  let learned = 0;
  for (;;) {
    const done = await learnDay(deps, matcher, signal);
    if (!done) break;
    learned += done.samples;
    deps.log.info(done, 'speeds were learned');
  }
  if (learned === 0) return;
  const { setting, speeds } = await loadSpeeds(deps.database);
  if (setting.useSpeeds) await roads.useSpeeds(speeds);
}
