/** A question and what may be answered to it. */
import type { Question } from '#contract/plan.ts';
import type { Ground } from '../ground.ts';
import { type Field, fieldStepS } from '../sketch/field.ts';

export interface Ask {
  ask: Question['ask'];
  /** Camera, places or banks that it is about; empty where it is about herself. */
  targetIds: string[];
  /**
   * Each answer's likelihood at each place of the field. At every place they sum to 1, so that the answers' mean is what is
   * believed now.
   */
  answers: Float32Array[];
}

/** What a question is made against. */
export interface Scene {
  ground: Ground;
  field: Field;
}

/** Adds the answer that is none of the others. */
export function withOther(answers: Float32Array[], places: number): Float32Array[] {
  const other = new Float32Array(places).fill(1);
  for (const answer of answers)
    for (let place = 0; place < places; place++) other[place] = Math.max(0, other[place]! - answer[place]!);
  return [...answers, other];
}

/** How likely she is at each place at a moment. */
export function massAt({ targets, there, stepCount }: Field, inS: number): Float32Array {
  const step = Math.min(stepCount - 1, Math.floor(inS / fieldStepS));
  return Float32Array.from(targets, (_, place) => there[place * stepCount + step]!);
}

/** The indices of the largest positive values, largest first. */
export function largest(values: ArrayLike<number>, most: number): number[] {
  return Array.from({ length: values.length }, (_, i) => i)
    .filter(i => values[i]! > 0)
    .sort((a, b) => values[b]! - values[a]! || a - b)
    .slice(0, most);
}
