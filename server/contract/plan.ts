/** Who should look where, in which order, and what that is worth. */
import { z } from 'zod';
import { positionSchema } from './common.ts';
import { placeKinds } from './place.ts';
import { posteriorQuerySchema } from './posterior.ts';
import { searchMethods } from './sighting.ts';

export const planQuerySchema = posteriorQuerySchema.extend({
  /** How far the curve goes. */
  horizonMin: z.coerce.number().int().min(5).max(120).default(30),
});

const probability = z.number().min(0).max(1);
const path = z.array(z.array(z.number()));

export const plannedTaskSchema = z.object({
  /** The search task's id once it is ordered; before, what names the suggestion within this plan. */
  taskRef: z.string(),
  /** Suggested: nobody is sent yet. */
  state: z.enum(['suggested', 'ordered', 'accepted', 'arrived']),
  place: z.object({
    placeId: z.string(),
    kind: z.enum(placeKinds),
    name: z.string(),
    nameEn: z.string().nullable(),
    position: positionSchema,
    path: path.nullable(),
  }),
  /** When the unit is there: one in ten sooner than p10, one in ten later than p90. */
  etaAt: z.object({ p10: z.string(), p50: z.string(), p90: z.string() }),
  travelTimeS: z.number(),
  serviceS: z.number(),
  method: z.enum(searchMethods),
  /** Probability of finding her if she is there. */
  pod: probability,
  /** Probability that she is there when the unit looks. */
  poa: probability,
  /** Probability that this look finds her, after all that come before it. */
  pos: probability,
  /** Whoever knocks must bring a sworn officer along. */
  needsSworn: z.boolean(),
  /** The unit that brings the sworn officer, where this one has none. */
  swornFrom: z.string().nullable(),
  /** One sentence with its numbers. */
  why: z.string(),
});
export type PlannedTask = z.infer<typeof plannedTaskSchema>;

export const planRouteSchema = z.object({
  unitId: z.string(),
  tasks: z.array(plannedTaskSchema),
  /** The way to the first task by road, [lng, lat]; then on to the others. */
  path,
});

/** What to ask whom. `gain`: expected minutes earlier that she is met; `intrusion` 0 (none) to 3 (of many people). */
export const questionSchema = z.object({
  ask: z.enum(['ping', 'camera', 'hotelRegister', 'usualPlaces', 'bankAlert', 'vehicle']),
  /** Camera, place or bank that it is about; empty where it is about herself. */
  targetIds: z.array(z.string()),
  gain: z.number(),
  takesMin: z.number(),
  intrusion: z.number().int().min(0).max(3),
  text: z.string(),
});
export type Question = z.infer<typeof questionSchema>;

/** A unit to stand at a point before she drives through it. */
export const interceptSchema = z.object({
  unitId: z.string(),
  position: positionSchema,
  arriveAt: z.string(),
  /** Share of her possible ways that pass there after the unit is there. */
  share: probability,
  why: z.string(),
});

/** A unit for each way out of where she is. */
export const containmentSchema = z.object({
  unitId: z.string(),
  exit: z.object({ position: positionSchema, name: z.string().nullable() }),
  arriveAt: z.string(),
});

export const planViewSchema = z.object({
  seq: z.number(),
  at: z.string(),
  routes: z.array(planRouteSchema),
  /** Probability that she is found by then; never falls. */
  pFoundBy: z.array(z.object({ minute: z.number(), p: probability })),
  /** What no plan can exceed, in the units of `value`. */
  bound: z.number(),
  value: z.number(),
  /** (bound − value) ÷ bound. */
  gap: z.number(),
  nearest: z.array(
    z.object({ unitId: z.string(), travelTimeS: z.number(), distanceM: z.number(), etaAt: z.string() }),
  ),
  questions: z.array(questionSchema),
  unavailable: z.array(z.object({ unitId: z.string(), code: z.string(), why: z.string() })),
  /** While she drives; empty otherwise. */
  intercept: z.array(interceptSchema),
  containment: z.array(containmentSchema),
});
export type PlanView = z.infer<typeof planViewSchema>;
