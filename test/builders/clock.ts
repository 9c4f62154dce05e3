import type { Clock } from '../../server/clock.ts';

/** A clock that stands still until it is told. */
export class ManualClock implements Clock {
  #nowMs: number;
  constructor(start = '2026-11-22T01:00:00.000Z') {
    this.#nowMs = Date.parse(start);
  }
  now(): number {
    return this.#nowMs;
  }
  advance(ms: number): void {
    this.#nowMs += ms;
  }
}
