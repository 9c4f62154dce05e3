/** Who looked at whom, and what of it is unusual: what an auditor reads. Ids and incident numbers, no name of a subject. */
import { z } from 'zod';
import { dayMs, shanghaiMs } from '#domain/shanghai.ts';
import { idSchema, instantSchema, pageQuerySchema } from './common.ts';
import { incidentNameSchema } from './retention.ts';

export const auditFilterSchema = z.object({
  /** A user's id. */
  user: idSchema.optional(),
  /** An incident's id, or its day and number: `2026-11-22/3`. */
  incident: z.string().trim().max(64).optional(),
  /** One kind of act. */
  action: z.string().max(40).optional(),
  /** Only looks at people. */
  looks: z.stringbool().optional(),
  from: instantSchema.optional(),
  to: instantSchema.optional(),
});
export type AuditFilter = z.infer<typeof auditFilterSchema>;
export const auditQuerySchema = pageQuerySchema.extend(auditFilterSchema.shape);
/** The same as a body, where an export is asked for. */
export const auditExportBodySchema = auditFilterSchema.extend({ looks: z.boolean().optional() });

const whoSchema = z.object({ id: z.string(), name: z.string(), role: z.string() });
export type AuditPerson = z.infer<typeof whoSchema>;
const authoritySchema = z.object({ id: z.string(), number: z.string(), legalBasis: z.string() });

export const auditItemSchema = z.object({
  seq: z.number(),
  at: z.string(),
  /** `user:…`, `device:…`, `system:…`. */
  actor: z.string(),
  /** The account, when a person did it. */
  person: whoSchema.nullable(),
  action: z.string(),
  resource: z.string(),
  incident: incidentNameSchema.nullable(),
  authority: authoritySchema.nullable(),
  reason: z.string().nullable(),
  detail: z.record(z.string(), z.unknown()),
});
export type AuditItem = z.infer<typeof auditItemSchema>;
export const auditListSchema = z.object({
  items: z.array(auditItemSchema),
  nextCursor: z.string().nullable(),
});

export const lookersQuerySchema = z.object({ incident: z.string().trim().min(1).max(64) });
const lookerSchema = z.object({
  person: whoSchema,
  /** Looks at the trace, at the full name and number, and exports. */
  looks: z.number(),
  refused: z.number(),
  firstAt: z.string(),
  lastAt: z.string(),
  authorities: z.array(authoritySchema),
  incidents: z.array(incidentNameSchema),
});
export type Looker = z.infer<typeof lookerSchema>;
/** Everybody who ever looked at the subject of an incident, over all of her incidents. */
export const lookersSchema = z.object({
  incidents: z.array(incidentNameSchema),
  items: z.array(lookerSchema),
});
export type Lookers = z.infer<typeof lookersSchema>;

export const peopleSchema = z.object({ items: z.array(whoSchema), nextCursor: z.null() });

/** One day of the audit as it was anchored. */
export const auditDaySchema = z.object({
  version: z.literal(1),
  day: z.string(),
  at: z.string(),
  /** The audit's last row then, and its hash. */
  seq: z.number(),
  hash: z.string(),
  rows: z.number(),
  looks: z.number(),
  refusals: z.number(),
  exports: z.number(),
  openFindings: z.number(),
});
export type AuditDay = z.infer<typeof auditDaySchema>;
export const auditDaysSchema = z.object({ items: z.array(auditDaySchema), nextCursor: z.null() });

export const findingKinds = [
  'manySubjects',
  'offDuty',
  'noFollowUp',
  'colleague',
  'refused',
  'night',
] as const;
export type FindingKind = (typeof findingKinds)[number];
export const findingStates = ['open', 'explained', 'reported'] as const;
export type FindingState = (typeof findingStates)[number];
/** The numbers that made a look unusual. */
export type FindingNumbers = Record<string, number>;

const weekPattern = /^(\d{4})-W(\d{2})$/;
export const unusualQuerySchema = z.object({
  /** ISO week, e.g. `2026-W47`. */
  week: z.string().regex(weekPattern, 'expected a week such as 2026-W47'),
});
export const reviewBodySchema = z.object({
  state: z.enum(findingStates),
  note: z.string().trim().min(4, 'expected a note of at least 4 characters').max(1000),
});
const findingSchema = z.object({
  id: z.string(),
  kind: z.enum(findingKinds),
  person: whoSchema,
  incident: incidentNameSchema.nullable(),
  numbers: z.record(z.string(), z.number()),
  foundAt: z.string(),
  state: z.enum(findingStates),
  note: z.string().nullable(),
  reviewedBy: z.string().nullable(),
  reviewedAt: z.string().nullable(),
});
export type Finding = z.infer<typeof findingSchema>;
export const unusualSchema = z.object({
  week: z.string(),
  /** From Monday 00:00 to the next, in Shanghai. */
  from: z.string(),
  to: z.string(),
  /** Looks of the week and people who made them. */
  looks: z.number(),
  people: z.number(),
  /** Those of them whom no officer of the roster could be told to be: whether they were on duty nobody can say. */
  unmatched: z.number(),
  items: z.array(findingSchema),
  nextCursor: z.null(),
});
export type Unusual = z.infer<typeof unusualSchema>;

/** Monday 00:00 in Shanghai of an ISO week, ms since 1970; undefined when the year has no such week. */
export function weekStartMs(week: string): number | undefined {
  const parts = weekPattern.exec(week);
  if (!parts) return undefined;
  // The week of 4 January is the first.
  const fourth = Date.UTC(Number(parts[1]), 0, 4);
  const monday =
    fourth - ((new Date(fourth).getUTCDay() + 6) % 7) * dayMs + (Number(parts[2]) - 1) * 7 * dayMs;
  const startMs = monday - shanghaiMs;
  return weekOf(startMs) === week ? startMs : undefined;
}

/** The ISO week in Shanghai of an instant, e.g. `2026-W47`. */
export function weekOf(atMs: number): string {
  const local = atMs + shanghaiMs;
  const day = new Date(local).getUTCDay() || 7;
  // The year of a week is that of its Thursday.
  const thursday = Math.floor(local / dayMs) * dayMs + (4 - day) * dayMs;
  const year = new Date(thursday).getUTCFullYear();
  const number = Math.floor((thursday - Date.UTC(year, 0, 1)) / (7 * dayMs)) + 1;
  return `${year}-W${String(number).padStart(2, '0')}`;
}
