/**
 * Many requests, one transaction: what arrives while a write is under way waits and goes together in the next.
 * One writer keeps every device's order. Live positions go first; a back-fill gets the room between.
 */
import { CodedError } from '#contract/errors.ts';
import type { Fix } from '../live/fix.ts';

export type Lane = 'live' | 'backfill';

export interface GroupCommitOptions {
  /** Stores fixes in one transaction and returns the keys of those that were new. */
  store(fixes: readonly Fix[]): Promise<ReadonlySet<string>>;
  /** After the commit, with the new ones. */
  publish(fixes: readonly Fix[]): void;
  /** How long the first of a group waits for others, ms. */
  lingerMs?: number;
  maxLiveRows?: number;
  maxBackfillRows?: number;
  /** Fixes that may wait; beyond it a request is refused, and its device sends again later. */
  maxWaiting?: number;
}

interface Job {
  fixes: readonly Fix[];
  next: number;
  /** Fixes whose transaction has committed. */
  done: number;
  fresh: number;
  settle: PromiseWithResolvers<number>;
}

interface Share {
  job: Job;
  fixes: readonly Fix[];
}

/** A waiting back-fill gets a turn after so many live ones, however busy they are. */
const liveTurns = 8;

export class GroupCommit {
  readonly #options: Required<GroupCommitOptions>;
  readonly #lanes: Record<Lane, Job[]> = { live: [], backfill: [] };
  #waiting = 0;
  #turns = 0;
  #running: Promise<void> | undefined;

  constructor(options: GroupCommitOptions) {
    this.#options = { lingerMs: 4, maxLiveRows: 500, maxBackfillRows: 250, maxWaiting: 100_000, ...options };
  }

  /** Fixes that wait for their transaction. */
  get waiting(): number {
    return this.#waiting;
  }

  /**
   * Resolves after the commit with the number of fixes that were new. Throws CodedError `tooManyRequests` when too
   * many wait, else what the store throws.
   */
  submit(fixes: readonly Fix[], lane: Lane): Promise<number> {
    if (fixes.length === 0) return Promise.resolve(0);
    if (this.#waiting + fixes.length > this.#options.maxWaiting) {
      throw new CodedError(
        'tooManyRequests',
        `${this.#waiting} positions wait to be stored; send again later`,
      );
    }
    const job: Job = { fixes, next: 0, done: 0, fresh: 0, settle: Promise.withResolvers() };
    this.#lanes[lane].push(job);
    this.#waiting += fixes.length;
    this.#running ??= this.#run();
    return job.settle.promise;
  }

  /** Resolves when nothing waits any more. */
  async drained(): Promise<void> {
    await this.#running;
  }

  async #run(): Promise<void> {
    await new Promise(resolve => setTimeout(resolve, this.#options.lingerMs));
    for (let shares = this.#take(); shares.length > 0; shares = this.#take()) await this.#write(shares);
    this.#running = undefined;
  }

  /** What goes into the next transaction. */
  #take(): Share[] {
    const { live, backfill } = this.#lanes;
    const starving = backfill.length > 0 && this.#turns >= liveTurns;
    const lane: Lane = live.length > 0 && !starving ? 'live' : 'backfill';
    this.#turns = lane === 'live' ? this.#turns + 1 : 0;
    const queue = this.#lanes[lane];
    let room = lane === 'live' ? this.#options.maxLiveRows : this.#options.maxBackfillRows;
    const shares: Share[] = [];
    while (room > 0 && queue.length > 0) {
      const job = queue[0]!;
      const fixes = job.fixes.slice(job.next, job.next + room);
      job.next += fixes.length;
      room -= fixes.length;
      shares.push({ job, fixes });
      if (job.next === job.fixes.length) queue.shift();
    }
    return shares;
  }

  async #write(shares: readonly Share[]): Promise<void> {
    const fixes = shares.flatMap(share => share.fixes);
    try {
      const fresh = new Set(await this.#options.store(fixes));
      for (const share of shares) this.#settle(share, fresh);
    } catch (error) {
      // One request's fixes must not cost the others theirs, unless nothing can be stored at all.
      const alone = shares.length === 1 || (error instanceof Error && 'retryable' in error);
      if (!alone) for (const share of shares) await this.#write([share]);
      else for (const share of shares) this.#fail(share, error);
    }
  }

  /** A key that came twice in one transaction counts as new once. */
  #settle({ job, fixes }: Share, fresh: Set<string>): void {
    const stored = fixes.filter(fix => fresh.delete(fix.key));
    this.#waiting -= fixes.length;
    job.done += fixes.length;
    job.fresh += stored.length;
    if (stored.length > 0) this.#options.publish(stored);
    if (job.done === job.fixes.length) job.settle.resolve(job.fresh);
  }

  /** The rest of a failed request is not tried: its sender does that, and nothing is stored twice. */
  #fail({ job, fixes }: Share, error: unknown): void {
    this.#waiting -= fixes.length + (job.fixes.length - job.next);
    for (const queue of Object.values(this.#lanes)) {
      const index = queue.indexOf(job);
      if (index >= 0) queue.splice(index, 1);
    }
    job.next = job.fixes.length;
    job.settle.reject(error);
  }
}
