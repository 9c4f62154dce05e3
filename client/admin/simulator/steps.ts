/** The steps of a training in the order in which they were taken. Pure. */
import type { TrainingResult } from '#contract/simulator.ts';

type StepName = 'alert' | keyof TrainingResult['times'];

interface Step {
  name: StepName;
  /** Seconds after the alert; null: it was never taken. */
  afterS: number | null;
  /** Seconds after the step before it. */
  sinceS: number | null;
}

/** What was done, by its time, and after it what was never done. */
export function stepsOf({ startedAt, times }: Pick<TrainingResult, 'startedAt' | 'times'>): Step[] {
  const startMs = Date.parse(startedAt);
  const names = Object.keys(times) as (keyof typeof times)[];
  const taken: { name: StepName; afterS: number }[] = [{ name: 'alert', afterS: 0 }];
  for (const name of names) {
    const at = times[name];
    if (at !== null) taken.push({ name, afterS: (Date.parse(at) - startMs) / 1000 });
  }
  taken.sort((a, b) => a.afterS - b.afterS);
  return [
    ...taken.map((step, i) => ({ ...step, sinceS: i === 0 ? null : step.afterS - taken[i - 1]!.afterS })),
    ...names.filter(name => times[name] === null).map(name => ({ name, afterS: null, sinceS: null })),
  ];
}
