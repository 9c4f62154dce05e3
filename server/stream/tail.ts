/** Follows the log: every row once, in seq order, soon after its commit. */
import type { DomainEvent } from '#domain/event/event.ts';
import { type Clock, machineClock } from '../clock.ts';
import type { Logger } from '../log.ts';

/** Where the log is read; `read` gives the rows after a seq, oldest first. */
export interface LogSource {
  read(afterSeq: number, limit: number): Promise<DomainEvent[]>;
}

export interface TailOptions {
  source: LogSource;
  /** The last seq that is already known. */
  fromSeq: number;
  clock: Clock;
  log: Pick<Logger, 'error' | 'info'>;
  /** Gets each row once and in order; the next rows wait until it is done. A throw has them delivered again. */
  deliver(facts: DomainEvent[]): Promise<void>;
  /** Looks for rows this often without being woken: another process may have written. */
  everyMs?: number;
  pageSize?: number;
}

/**
 * Seq is assigned under a lock held to the commit, so a row that can be read has no earlier one that cannot: reading
 * on from the last seq skips nothing. A database that cannot be reached is asked again at every turn.
 */
export class Tail {
  readonly #options: TailOptions;
  readonly #clock: Clock;
  #seq: number;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> | undefined;
  #again = false;
  #healthy = true;
  #answeredAtMs: number;

  constructor(options: TailOptions) {
    this.#options = options;
    this.#seq = options.fromSeq;
    this.#clock = machineClock(options.clock);
    this.#answeredAtMs = this.#clock.now();
  }

  start(): void {
    this.#timer ??= setInterval(() => this.wake(), this.#options.everyMs ?? 1000).unref();
  }

  /** No reads begin after this; resolves when the last has ended. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#again = false;
    await this.#running;
  }

  /** Something was committed: read now. */
  wake(): void {
    void this.#read();
  }

  /** Resolves when everything that was committed before the call was delivered, or the database could not be reached. */
  caughtUp(): Promise<void> {
    return this.#read();
  }

  /** Seconds since the database last answered; 0 while it does. */
  dataAgeS(): number {
    return this.#healthy ? 0 : Math.max(0, (this.#clock.now() - this.#answeredAtMs) / 1000);
  }

  /** One reader at a time; a call during a read makes it read once more. */
  #read(): Promise<void> {
    if (this.#running) this.#again = true;
    this.#running ??= this.#readUntilQuiet();
    return this.#running;
  }

  async #readUntilQuiet(): Promise<void> {
    do {
      this.#again = false;
      try {
        await this.#readPages();
        if (!this.#healthy) this.#options.log.info('the log can be read again');
        this.#healthy = true;
        this.#answeredAtMs = this.#clock.now();
      } catch (error) {
        if (this.#healthy)
          this.#options.log.error({ error }, 'the log cannot be read; trying again at every turn');
        this.#healthy = false;
      }
    } while (this.#again);
    // In the same turn as the last look at #again: a wake in between would be lost.
    this.#running = undefined;
  }

  async #readPages(): Promise<void> {
    const pageSize = this.#options.pageSize ?? 1000;
    for (;;) {
      const facts = await this.#options.source.read(this.#seq, pageSize);
      const wanted = this.#seq + 1;
      const gap = facts.findIndex((fact, index) => fact.seq !== wanted + index);
      if (gap >= 0) throw new Error(`expected seq ${wanted + gap} in the log, found ${facts[gap]!.seq}`);
      if (facts.length > 0) {
        await this.#options.deliver(facts);
        this.#seq = facts.at(-1)!.seq;
      }
      if (facts.length < pageSize) return;
    }
  }
}
