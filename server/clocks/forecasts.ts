import { forecastMs, type StepTimes } from '#domain/loop/forecast.ts';
import type { WorldClock } from '#domain/loop/world.ts';
import type { World } from '#domain/world.ts';
import type { Forecast } from '../services/clock/note-forecast.ts';

/** A forecast that moves by less is the same one. */
const sameWithinMs = 120_000;

/**
 * The forecasts of running clocks that say something new. `arrivalOf`: when the first unit will be with her, ms; `times`: how long
 * steps take here.
 */
export function newForecasts(
  world: World,
  nowMs: number,
  arrivalOf: (incidentId: string) => number | undefined,
  times: StepTimes,
): Forecast[] {
  const found: Forecast[] = [];
  for (const incident of Object.values(world.incidents)) {
    if (incident.state === 'closed') continue;
    const now = { nowMs, arrivalMs: arrivalOf(incident.id), times };
    for (const clock of Object.values(incident.loop.clocks)) {
      if (clock.stoppedAt !== null || clock.breached) continue;
      const doneMs = forecastMs(incident, clock, now);
      const breach = doneMs !== null && doneMs > Date.parse(clock.dueAt);
      if (isNews(clock, doneMs, breach))
        found.push({
          incidentId: incident.id,
          clockId: clock.id,
          doneAt: doneMs === null ? null : new Date(doneMs).toISOString(),
          breach,
        });
    }
  }
  return found;
}

/** Nobody is told that all goes well: only a breach that is to come, how it moves, and that it is averted. */
function isNews({ forecast }: WorldClock, doneMs: number | null, breach: boolean): boolean {
  if (!forecast) return breach;
  if (forecast.breach !== breach) return true;
  if (!breach || doneMs === null || forecast.doneAt === null) return false;
  return Math.abs(Date.parse(forecast.doneAt) - doneMs) > sameWithinMs;
}
