import type { SightingView } from '#contract/sighting.ts';
import type { Fact } from '#domain/apply.ts';
import { factFrame } from './frames.ts';
import { factFor } from './project.ts';

/** One fact in the forms in which viewers get it, each encoded when first asked for and then shared. */
export class FactFrames {
  readonly fact: Fact;
  readonly #view: SightingView | undefined;
  #plain: Buffer | undefined;
  #withSubject: Buffer | undefined;
  #withView: Buffer | undefined;

  /** `view`: the sighting that the fact tells of, if somebody may see it. */
  constructor(fact: Fact, view?: SightingView) {
    this.fact = fact;
    this.#view = view;
  }

  plain(): Buffer {
    this.#plain ??= factFrame(factFor(this.fact, { subject: false, view: undefined }));
    return this.#plain;
  }

  withSubject(): Buffer {
    if (!this.fact.private?.subject) return this.plain();
    this.#withSubject ??= factFrame(factFor(this.fact, { subject: true, view: undefined }));
    return this.#withSubject;
  }

  /** Undefined when the sighting was not read for this fact. */
  withView(): Buffer | undefined {
    if (!this.#view) return undefined;
    this.#withView ??= factFrame(factFor(this.fact, { subject: true, view: this.#view }));
    return this.#withView;
  }
}
