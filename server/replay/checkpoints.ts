/** Worlds of earlier moments, kept so that a recording need not be reduced from the log's first row. */
import { WorldBuilder } from '../live/world.ts';

interface Spacing {
  /** One is kept after so many rows at first; twice as many whenever there would be too many of them. */
  firstEvery: number;
  most: number;
}
const usual: Spacing = { firstEvery: 5000, most: 32 };

/** The log never changes, so a checkpoint is good for as long as the server runs. */
export class Checkpoints {
  #kept: WorldBuilder[] = [];
  #every: number;
  readonly #most: number;

  constructor({ firstEvery, most }: Spacing = usual) {
    this.#every = firstEvery;
    this.#most = most;
  }

  /** A builder of its own that knows the log up to the nearest checkpoint at or before `seq`. */
  nearest(seq: number): WorldBuilder {
    return this.#kept.findLast(builder => builder.seq <= seq)?.copy() ?? new WorldBuilder();
  }

  /** Keeps where a builder stands, when it is far enough beyond what is kept. */
  offer(builder: WorldBuilder): void {
    const last = this.#kept.at(-1)?.seq ?? 0;
    if (builder.seq < last + this.#every) return;
    this.#kept.push(builder.copy());
    if (this.#kept.length <= this.#most) return;
    this.#kept = this.#kept.filter((_, index) => index % 2 === 1);
    this.#every *= 2;
  }
}
