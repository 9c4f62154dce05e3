/** Clocks of the closed loop as they are answered, and their targets as a leader sets them. */
import { z } from 'zod';
import { riskSchema } from './alert.ts';
import { clockKinds, clockOutcomes } from './kinds.ts';

export const clockViewSchema = z.object({
  id: z.string(),
  kind: z.enum(clockKinds),
  /** The order that it is about. */
  refId: z.string().nullable(),
  startedAt: z.string(),
  warnAt: z.string(),
  dueAt: z.string(),
  warnedAt: z.string().nullable(),
  breachedAt: z.string().nullable(),
  /** The breach was noticed only afterwards. */
  late: z.boolean(),
  stoppedAt: z.string().nullable(),
  outcome: z.enum(clockOutcomes).nullable(),
  forecastAt: z.string().nullable(),
  forecastBreach: z.boolean(),
});
export type ClockView = z.infer<typeof clockViewSchema>;

const longestS = 7 * 86_400;
const targetS = z.number().int().min(10).max(longestS);
const warnS = z.number().int().min(0).max(longestS);

export const clockTargetSchema = z.object({
  kind: z.enum(clockKinds),
  /** Null: whatever the risk. */
  risk: riskSchema.nullable(),
  /** Seconds from the start; of `sameDay` from midnight in Shanghai. */
  targetS,
  /** How long before the due time somebody is warned, seconds. */
  warnS,
});
export type ClockTargetView = z.infer<typeof clockTargetSchema>;
export const clockTargetBodySchema = clockTargetSchema
  .extend({ reason: z.string().trim().min(4).max(500) })
  .refine(({ kind, risk }) => (kind === 'meeting') === (risk !== null), {
    path: ['risk'],
    message: 'expected a risk for the meeting, and null for every other kind',
  })
  .refine(({ kind, targetS: seconds }) => kind !== 'sameDay' || seconds < 86_400, {
    path: ['targetS'],
    message: 'expected a time of the day, in seconds from midnight',
  })
  .refine(each => each.warnS <= each.targetS, {
    path: ['warnS'],
    message: 'expected at most the target',
  });
export type ClockTargetBody = z.infer<typeof clockTargetBodySchema>;
