import { and, eq, isNull } from 'drizzle-orm';
import { clock } from '../../../db/schema/index.ts';
import { clockActor } from '../../auth/actor.ts';
import type { ServiceDeps } from '../../deps.ts';
import { perform } from '../unit-of-work.ts';

export interface Forecast {
  incidentId: string;
  clockId: string;
  doneAt: string | null;
  breach: boolean;
}

/** Notes when the work of running clocks will be done. Those that have stopped meanwhile are left alone. */
export async function noteForecasts(deps: ServiceDeps, forecasts: readonly Forecast[]): Promise<void> {
  await perform(deps, { actor: clockActor }, async work => {
    for (const { incidentId, clockId, doneAt, breach } of forecasts) {
      const noted = await work.tx
        .update(clock)
        .set({ forecastAt: doneAt === null ? null : new Date(doneAt), forecastBreach: breach })
        .where(and(eq(clock.id, clockId), isNull(clock.stoppedAt)))
        .returning({ id: clock.id });
      if (noted.length === 0) continue;
      work.append({
        kind: 'clockForecast',
        incidentId,
        observedAt: work.now,
        payload: { incidentId, clockId, doneAt, breach },
      });
    }
    return {};
  });
}
