/** Things that happen at their time. One list in order of time; a step may add further steps. */
export class Script {
  readonly #steps: { atMs: number; what: string; run: () => Promise<void> | void }[] = [];
  readonly #onError: (what: string, error: unknown) => void;

  constructor(onError: (what: string, error: unknown) => void) {
    this.#onError = onError;
  }

  /** When the next step is due; Infinity when there is none. */
  get nextAtMs(): number {
    return this.#steps[0]?.atMs ?? Infinity;
  }

  /** Adds a step; among those of one instant the earlier added comes first. */
  at(atMs: number, what: string, run: () => Promise<void> | void): void {
    let low = 0;
    let high = this.#steps.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#steps[middle]!.atMs <= atMs) low = middle + 1;
      else high = middle;
    }
    this.#steps.splice(low, 0, { atMs, what, run });
  }

  /** Runs what is due, in order, one after the other; a step that fails is told and does not stop the rest. */
  async runDue(nowMs: number): Promise<void> {
    while (this.nextAtMs <= nowMs) {
      const step = this.#steps.shift()!;
      try {
        await step.run();
      } catch (error) {
        this.#onError(step.what, error);
      }
    }
  }
}
