/** Things that happen at their time. One list, looked at once a second; a step may add further steps. */
export class Script {
  #steps: { atMs: number; what: string; run: () => Promise<void> | void }[] = [];
  readonly #onError: (what: string, error: unknown) => void;

  constructor(onError: (what: string, error: unknown) => void) {
    this.#onError = onError;
  }

  at(atMs: number, what: string, run: () => Promise<void> | void): void {
    this.#steps.push({ atMs, what, run });
    this.#steps.sort((a, b) => a.atMs - b.atMs);
  }

  /** Runs what is due, in order, one after the other; a step that fails is told and does not stop the rest. */
  async runDue(nowMs: number): Promise<void> {
    while (this.#steps[0] && this.#steps[0].atMs <= nowMs) {
      const step = this.#steps.shift()!;
      try {
        await step.run();
      } catch (error) {
        this.#onError(step.what, error);
      }
    }
  }
}
