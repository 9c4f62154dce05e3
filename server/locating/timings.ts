import type { Metrics } from '../http/metrics.ts';

/** As many runs as the percentiles are made of. */
const kept = 256;

/** How long beliefs take, for whoever watches over the server. */
export class Timings {
  #runs = 0;
  #failures = 0;
  readonly #wholeMs: number[] = [];
  readonly #threadMs: number[] = [];

  /** `wholeMs`: from the moment it was wanted until it was stored; `threadMs`: in the locator. */
  add(wholeMs: number, threadMs: number): void {
    const at = this.#runs++ % kept;
    this.#wholeMs[at] = wholeMs;
    this.#threadMs[at] = threadMs;
  }

  fail(): void {
    this.#failures++;
  }

  observe(metrics: Pick<Metrics, 'gauge'>): void {
    metrics.gauge('jianmian_beliefs_computed', () => this.#runs);
    metrics.gauge('jianmian_beliefs_failed', () => this.#failures);
    metrics.gauge('jianmian_belief_p50_ms', () => percentile(this.#threadMs, 0.5));
    metrics.gauge('jianmian_belief_p95_ms', () => percentile(this.#threadMs, 0.95));
    metrics.gauge('jianmian_belief_stored_p95_ms', () => percentile(this.#wholeMs, 0.95));
  }
}

function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}
