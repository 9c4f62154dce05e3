/** When what remains of a clock's work will be done, by all that is known here: what clocks foretell and what the day's board says is this. */
import { forecastMs, type StepTimes, usualTimes } from '#domain/loop/forecast.ts';
import type { WorldClock } from '#domain/loop/world.ts';
import type { WorldIncident } from '#domain/world.ts';
import type { Position } from '#contract/common.ts';
import type { Database } from '../../db/connect.ts';
import { homesOf } from '../../db/queries/loop/homes.ts';
import { SYSTEM } from '../../db/transaction.ts';
import type { Clock } from '../clock.ts';

interface Sources {
  clock: Clock;
  database: Pick<Database, 'read'>;
  /** When the plan finds her as likely as not, ms; undefined: there is none, or it does not look so far. */
  plannedMs?: (incidentId: string) => number | undefined;
  /** How far a crew that is free is from there by road, seconds; undefined: nobody knows. */
  driveS?: (home: Position) => number | undefined;
}

/** When a clock's work will be done, ms (null: nobody can tell), and whether that is a breach. */
export interface Foreseen {
  doneMs: number | null;
  breach: boolean;
}

export class Foresight {
  /** How long steps take here. */
  times: StepTimes = usualTimes;
  readonly #sources: Sources;

  constructor(sources: Sources) {
    this.#sources = sources;
  }

  /** What is foreseen at this moment; for the incidents that are asked about, of which those without a plan have their homes looked up. */
  async now(
    incidents: readonly WorldIncident[],
  ): Promise<(incident: WorldIncident, clock: WorldClock) => Foreseen> {
    const { clock: time, plannedMs, driveS } = this.#sources;
    const nowMs = time.now();
    const planned = new Map(incidents.map(({ id }) => [id, plannedMs?.(id)]));
    const drives = driveS ? await this.#drives([...planned], driveS) : new Map<string, number>();
    return (incident, clock) => {
      const doneMs = forecastMs(incident, clock, {
        nowMs,
        arrivalMs: planned.get(incident.id),
        times: { ...this.times, ...(drives.has(incident.id) && { travelS: drives.get(incident.id)! }) },
      });
      return {
        doneMs,
        breach: doneMs === null ? clock.kind === 'sameDay' : doneMs > Date.parse(clock.dueAt),
      };
    };
  }

  /** By incident without a plan whose home is known: from the nearest free crew to it. */
  async #drives(
    planned: readonly [string, number | undefined][],
    driveS: NonNullable<Sources['driveS']>,
  ): Promise<Map<string, number>> {
    const without = planned.flatMap(([id, atMs]) => (atMs === undefined ? [id] : []));
    if (without.length === 0) return new Map();
    const homes = await this.#sources.database.read(tx => homesOf(tx, without), SYSTEM);
    return new Map(
      homes.flatMap(({ incidentId, home }): [string, number][] => {
        const seconds = driveS(home);
        return seconds === undefined ? [] : [[incidentId, seconds]];
      }),
    );
  }
}
