/** The only place that reads the time. Everything else is given a clock, so that tests and replay can hold it. */
export interface Clock {
  /** Milliseconds since 1970, UTC. */
  now(): number;
}

export const systemClock: Clock = { now: () => Date.now() };

/** ISO 8601 UTC of the clock's now. */
export const nowIso = (clock: Clock): string => new Date(clock.now()).toISOString();

/** Demo time runs at most this many times as fast as the machine's. */
const fastestRate = 60;

/** Demo time is `demoMs` at the steady clock's `anchorMs` and runs at `rate` since then. */
const cells = { anchorMs: 0, demoMs: 1, rate: 2 } as const;
interface Reading {
  nowMs: number;
  rate: number;
}

const versionBytes = 8;
const sharedBytes = versionBytes + 3 * 8;

/**
 * The clock of a demo: it may run faster than the machine's, stand still, and jump ahead, but never goes back. Its state
 * is shared memory, so that the server and the simulator's thread read the same time; the thread that holds
 * the server sets it (while a history is being made, the simulator does). docs/adr/0015-demo-time.md.
 */
export class DemoClock implements Clock {
  /** Hand it to another thread and `attach` there. */
  readonly shared: SharedArrayBuffer;
  readonly #version: Int32Array;
  readonly #state: Float64Array;
  readonly #steady: Clock;

  private constructor(shared: SharedArrayBuffer, steady: Clock) {
    this.shared = shared;
    this.#steady = steady;
    this.#version = new Int32Array(shared, 0, 1);
    this.#state = new Float64Array(shared, versionBytes, 3);
  }

  /** A clock that shows `startMs` now and runs at the machine's pace. */
  static create(startMs: number, steady: Clock = steadyClock): DemoClock {
    const clock = new DemoClock(new SharedArrayBuffer(sharedBytes), steady);
    clock.#change(() => ({ nowMs: startMs, rate: 1 }));
    return clock;
  }

  /** The same clock in another thread. */
  static attach(shared: SharedArrayBuffer, steady: Clock = steadyClock): DemoClock {
    return new DemoClock(shared, steady);
  }

  now(): number {
    return Math.floor(this.#read().nowMs);
  }

  /** Demo seconds in a second; 0 while it stands still. */
  get rate(): number {
    return this.#read().rate;
  }

  /** Goes on from now at another pace. Throws RangeError outside 0 to 60. */
  setRate(rate: number): void {
    if (!(rate >= 0 && rate <= fastestRate))
      throw new RangeError(`expected a rate from 0 to ${fastestRate}, got ${rate}`);
    this.#change(({ nowMs }) => ({ nowMs, rate }));
  }

  /** Jumps ahead; an instant that is past already changes nothing, for this clock never goes back. */
  jumpTo(ms: number): void {
    this.#change(({ nowMs, rate }) => ({ nowMs: Math.max(nowMs, ms), rate }));
  }

  /** Reads again when a change came in between: odd means that one is under way. */
  #read(): Reading {
    for (;;) {
      const before = Atomics.load(this.#version, 0);
      const reading = this.#readAt(this.#steady.now());
      if (before % 2 === 0 && Atomics.load(this.#version, 0) === before) return reading;
    }
  }

  #readAt(steadyMs: number): Reading {
    const [anchorMs = 0, demoMs = 0, rate = 0] = this.#state;
    return { nowMs: demoMs + Math.max(0, steadyMs - anchorMs) * rate, rate };
  }

  /** The steady clock is asked while readers wait, so that none has seen a later time than the change begins at. */
  #change(change: (reading: Reading) => Reading): void {
    Atomics.add(this.#version, 0, 1);
    const steadyMs = this.#steady.now();
    const { nowMs, rate } = change(this.#readAt(steadyMs));
    this.#state[cells.anchorMs] = steadyMs;
    this.#state[cells.demoMs] = nowMs;
    this.#state[cells.rate] = rate;
    Atomics.add(this.#version, 0, 1);
  }
}

/** Milliseconds since the machine's start-up: the same in each thread, and never set back as a wall clock may be. */
const steadyClock: Clock = { now: () => Number(process.hrtime.bigint() / 1000n) / 1000 };

/**
 * The machine's time where a demo has one of its own: sessions, lock-outs, rate limits and the health of connections
 * live by it. Any other clock is its own.
 */
export function machineClock(clock: Clock): Clock {
  return clock instanceof DemoClock ? systemClock : clock;
}

/** How fast demo time runs; undefined for a clock that is not a demo's. */
export const rateOf = (clock: Clock): number | undefined =>
  clock instanceof DemoClock ? clock.rate : undefined;
