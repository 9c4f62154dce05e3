import { type PinnedView, pinnedViewSchema } from '#contract/wall-pin.ts';
import type { World } from '#domain/world.ts';
import type { Database } from '../../../db/connect.ts';
import { listTasks } from '../../../db/queries/task.ts';
import { type StandingPin, standingPins } from '../../../db/queries/wall-pin.ts';
import { SYSTEM } from '../../../db/transaction.ts';
import type { Clock } from '../../clock.ts';
import type { Area } from '../../locating/record.ts';

interface PinSources {
  database: Database;
  clock: Clock;
  world(): World;
  /** Outlines of where the subject of an open incident may be now; undefined: nothing is believed. */
  regions(incidentId: string): Promise<{ p50: Area; p80: Area; p95: Area } | undefined>;
}

/** There are some dozens. */
const mostTasks = 200;

/**
 * What the wall shows, as the system reads it (the wall itself sees no task), asked anew for every answer: a pin that
 * stands no longer is not in it. The closed schema has the last word, so that no field comes along that it does not name.
 */
export async function pinnedViews(sources: PinSources): Promise<PinnedView[]> {
  const at = new Date(sources.clock.now());
  const pins = await sources.database.read(tx => standingPins(tx, at), SYSTEM);
  return Promise.all(pins.map(async pin => pinnedViewSchema.parse(await viewOf(sources, pin))));
}

async function viewOf(sources: PinSources, { show, ...pin }: StandingPin): Promise<PinnedView> {
  const { incidentId } = pin;
  const shows = new Set(show);
  const regions = shows.has('regions') ? ((await sources.regions(incidentId)) ?? null) : null;
  if (!shows.has('units') && !shows.has('tasks')) return { ...pin, regions, units: null, tasks: null };
  const filter = { incidentId, state: 'open', limit: mostTasks } as const;
  const found = await sources.database.read(tx => listTasks(tx, filter), SYSTEM);
  const { units } = sources.world();
  const sent = new Map(found.map(({ unitId, callsign }) => [unitId, callsign]));
  return {
    ...pin,
    regions,
    units: shows.has('units')
      ? [...sent].map(([unitId, callsign]) => ({
          unitId,
          callsign,
          state: units[unitId]?.state ?? 'dispatched',
        }))
      : null,
    tasks: shows.has('tasks')
      ? found.map(({ id: taskId, unitId, callsign, method, state, target }) => ({
          taskId,
          unitId,
          callsign,
          method,
          state,
          target,
        }))
      : null,
  };
}
