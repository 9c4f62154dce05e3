import type { ServiceDeps } from '../deps.ts';
import { missRevisits } from '../services/revisit/miss.ts';
import { drawSpotChecks } from '../services/spot-check/draw.ts';
import { sendUpward } from '../services/upward/send.ts';
import type { Platform } from '../upward/platform.ts';
import type { Job } from './job.ts';

const minuteMs = 60_000;

/** What follows meetings by itself: revisits whose day is over, recordings to listen to, results to the platform. */
export function loopJobs(deps: ServiceDeps, upward: Platform | undefined): Job[] {
  const url = upward?.url;
  return [
    {
      name: 'missRevisits',
      everyMs: minuteMs,
      run: async signal => {
        const missed = await missRevisits(deps, signal);
        if (missed > 0) deps.log.info({ missed }, 'revisits were missed');
      },
    },
    {
      name: 'drawSpotChecks',
      everyMs: 60 * minuteMs,
      firstAfterMs: minuteMs,
      run: async () => void (await drawSpotChecks(deps)),
    },
    ...(upward && url !== undefined
      ? [
          {
            name: 'sendUpward',
            everyMs: 5000,
            run: async (signal: AbortSignal) => void (await sendUpward(deps, { ...upward, url }, signal)),
          },
        ]
      : []),
  ];
}
