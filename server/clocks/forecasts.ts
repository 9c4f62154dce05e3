import type { WorldClock } from '#domain/loop/world.ts';
import type { World, WorldIncident } from '#domain/world.ts';
import type { Forecast } from '../services/clock/note-forecast.ts';
import type { Foreseen } from './foresight.ts';

/** A forecast that moves by less is the same one. */
const sameWithinMs = 120_000;

/** Those that still have to be foreseen: an open incident's that runs and was not told to be overdue. */
const runningOf = ({ loop }: WorldIncident): WorldClock[] =>
  Object.values(loop.clocks).filter(({ stoppedAt, breached }) => stoppedAt === null && !breached);

/** The incidents that have a clock to be foreseen. */
export const foreseeable = ({ incidents }: World): WorldIncident[] =>
  Object.values(incidents).filter(incident => incident.state === 'open' && runningOf(incident).length > 0);

/** The forecasts of their running clocks that say something new. */
export function newForecasts(
  incidents: readonly WorldIncident[],
  foresee: (incident: WorldIncident, clock: WorldClock) => Foreseen,
): Forecast[] {
  return incidents.flatMap(incident =>
    runningOf(incident).flatMap(clock => {
      const { doneMs, breach } = foresee(incident, clock);
      if (!isNews(clock, doneMs, breach)) return [];
      const doneAt = doneMs === null ? null : new Date(doneMs).toISOString();
      return [{ incidentId: incident.id, clockId: clock.id, doneAt, breach }];
    }),
  );
}

/** Nobody is told that all goes well: only a breach that is to come, how it moves, and that it is averted. */
function isNews({ forecast }: WorldClock, doneMs: number | null, breach: boolean): boolean {
  if (!forecast) return breach;
  if (forecast.breach !== breach) return true;
  if (!breach || doneMs === null || forecast.doneAt === null) return false;
  return Math.abs(Date.parse(forecast.doneAt) - doneMs) > sameWithinMs;
}
