import type { Clock } from '../clock.ts';
import type { Metrics } from '../http/metrics.ts';
import type { Logger } from '../log.ts';
import type { Job } from './job.ts';

export interface SchedulerDeps {
  clock: Clock;
  log: Logger;
  metrics: Pick<Metrics, 'count'>;
}

/** Whether a job is due is looked at this often. */
const lookEveryMs = 1000;

interface Turns {
  job: Job;
  dueAtMs: number;
  running: Promise<void> | undefined;
}

/**
 * Runs each job when it is due. Turns of one job never overlap; different jobs may. A turn that was missed because the
 * one before took long, or because the clock jumped, is not made up for: the next one is due from now.
 */
export class Scheduler {
  readonly #deps: SchedulerDeps;
  readonly #turns: Turns[];
  readonly #stopping = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  #held = false;

  constructor(jobs: readonly Job[], deps: SchedulerDeps) {
    this.#deps = deps;
    const now = deps.clock.now();
    this.#turns = jobs.map(job => ({
      job,
      dueAtMs: now + (job.firstAfterMs ?? job.everyMs),
      running: undefined,
    }));
  }

  /** Begins to look every second. */
  start(): void {
    this.#timer = setInterval(() => this.look(), lookEveryMs).unref();
  }

  /** While held no turn begins: in a demo's history hours pass in each second. */
  hold(held: boolean): void {
    this.#held = held;
  }

  /** Starts every job that is due and is not running. */
  look(): void {
    if (this.#held || this.#stopping.signal.aborted) return;
    const now = this.#deps.clock.now();
    for (const turns of this.#turns) {
      if (turns.running !== undefined || now < turns.dueAtMs) continue;
      turns.dueAtMs = now + turns.job.everyMs;
      turns.running = this.#run(turns.job).then(() => void (turns.running = undefined));
    }
  }

  /** Resolves when no turn is under way any more. */
  async idle(): Promise<void> {
    for (const turns of this.#turns) await turns.running;
  }

  /** Starts no further turn, asks those under way to leave, and waits for them. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#stopping.abort();
    await this.idle();
  }

  async #run(job: Job): Promise<void> {
    const { log, metrics } = this.#deps;
    const label = `job="${job.name}"`;
    const startedAt = performance.now();
    let outcome = 'done';
    try {
      await job.run(this.#stopping.signal);
    } catch (error) {
      outcome = this.#stopping.signal.aborted ? 'stopped' : 'failed';
      if (outcome === 'failed')
        log.warn({ error, job: job.name }, 'a job failed; it is tried again at its next turn');
    }
    metrics.count('jianmian_job_turns_total', `${label},outcome="${outcome}"`);
    metrics.count('jianmian_job_ms_total', label, Math.round(performance.now() - startedAt));
  }
}
