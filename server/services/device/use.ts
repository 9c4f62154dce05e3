import { sql } from 'drizzle-orm';
import { machineClock } from '../../clock.ts';
import type { ServiceDeps } from '../../deps.ts';

/** Written at most this often: devices are many and report every few seconds. */
const writeEveryMs = 60_000;

/**
 * When each device last showed its token. Kept in memory and written all at once now and then; what was not written is lost
 * with the process, and known again with the device's next report.
 */
export class DeviceUse {
  readonly #deps: ServiceDeps;
  readonly #seen = new Map<string, number>();
  #writtenAtMs: number;

  constructor(deps: ServiceDeps) {
    this.#deps = deps;
    this.#writtenAtMs = machineClock(deps.clock).now();
  }

  /** Notes a use now, and writes what has gathered when it is time. Never fails: a report matters more. */
  note(deviceId: string): void {
    const now = machineClock(this.#deps.clock).now();
    this.#seen.set(deviceId, now);
    if (now - this.#writtenAtMs < writeEveryMs) return;
    this.flush().catch((error: unknown) =>
      this.#deps.log.warn({ error }, 'the use of devices could not be written'),
    );
  }

  /** Writes what has gathered. */
  async flush(): Promise<void> {
    const seen = [...this.#seen];
    if (seen.length === 0) return;
    this.#writtenAtMs = machineClock(this.#deps.clock).now();
    this.#seen.clear();
    const ids = sql.param(seen.map(([id]) => id));
    const times = sql.param(seen.map(([, at]) => new Date(at).toISOString()));
    await this.#deps.database.transaction({ actor: 'system:clock' }, tx =>
      tx.execute(
        sql`update device set last_used_at = greatest(device.last_used_at, seen.at)
            from unnest(${ids}::text[], ${times}::timestamptz[]) as seen (id, at) where device.id = seen.id`,
      ),
    );
  }
}
