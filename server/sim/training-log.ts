/** What a demo keeps of its trainings: a line when one begins, and a line with its result. */
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import type { TrainingResult } from '#contract/simulator.ts';

/** What a training begins with: enough to tell afterwards how far it came. */
export type BegunTraining = Pick<TrainingResult, 'scenarioId' | 'seed' | 'startedAt' | 'incidentId'>;

export class TrainingLog {
  readonly #file: string;
  readonly #results: TrainingResult[] = [];
  /** Those without a result, by incident. */
  readonly #begun = new Map<string, BegunTraining>();

  constructor(file: string) {
    this.#file = file;
    const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
    // What comes next begins a line of its own.
    if (text !== '' && !text.endsWith('\n')) appendFileSync(file, '\n');
    for (const line of text.split('\n')) {
      const kept = lineOf(line);
      if (kept) this.#take(kept);
    }
  }

  /** Oldest first. */
  get results(): readonly TrainingResult[] {
    return this.#results;
  }

  /** Begun and never ended: right after a start, those that the end of the server before cut short. */
  get open(): BegunTraining[] {
    return [...this.#begun.values()];
  }

  /** Keeps it. One that has begun already changes nothing. */
  keep(line: BegunTraining | TrainingResult): void {
    if (!('ending' in line) && this.#begun.has(line.incidentId)) return;
    this.#take(line);
    appendFileSync(this.#file, `${JSON.stringify(line)}\n`, { mode: 0o600 });
  }

  #take(line: BegunTraining | TrainingResult): void {
    if (!('ending' in line)) return void this.#begun.set(line.incidentId, line);
    this.#begun.delete(line.incidentId);
    this.#results.push(line);
  }
}

/** Null for an empty line, and for one that a power cut left half written. */
function lineOf(text: string): BegunTraining | TrainingResult | null {
  try {
    return JSON.parse(text) as BegunTraining | TrainingResult;
  } catch {
    return null;
  }
}
