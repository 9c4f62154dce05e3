import type { ClearItem } from '#contract/clear.ts';
import type { WorldClock } from '#domain/loop/world.ts';
import type { World, WorldIncident } from '#domain/world.ts';
import type { Foresight } from '../../clocks/foresight.ts';

type ItemForecast = NonNullable<ClearItem['forecast']>;

const sameDayClock = ({ loop }: WorldIncident): WorldClock | undefined =>
  Object.values(loop.clocks).find(({ kind, stoppedAt }) => kind === 'sameDay' && stoppedAt === null);

/**
 * When open incidents will be cleared: what their same-day clocks foretell at this moment. Where none runs, or nobody is on the way, nobody
 * can say, and that is a breach. `over`: the day has ended.
 */
export async function forecastsOf(
  foresight: Foresight,
  world: World,
  incidentIds: readonly string[],
  over: boolean,
): Promise<(incidentId: string) => ItemForecast> {
  const incidents = incidentIds.flatMap(id => world.incidents[id] ?? []);
  const foresee = await foresight.now(incidents);
  return incidentId => {
    const incident = world.incidents[incidentId];
    const clock = incident && sameDayClock(incident);
    if (!incident || !clock) return { doneAt: null, breach: true };
    const { doneMs, breach } = foresee(incident, clock);
    return { doneAt: doneMs === null ? null : new Date(doneMs).toISOString(), breach: over || breach };
  };
}
