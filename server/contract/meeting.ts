/** Meetings with the subject: their five steps, documents, revisits, spot checks, and the one-time phrase. */
import { z } from 'zod';
import { riskSchema, scamTypeSchema } from './alert.ts';
import { idSchema, instantSchema, pageQuerySchema, positionInputSchema, positionSchema } from './common.ts';
import { documentKinds, revisitStates, spotVerdicts, stepRefusals } from './kinds.ts';

const note = z.string().trim().max(1000);

/** Where she was met: in words, a place of the map, or a position. */
const whereSchema = z.union([
  z.string().trim().min(1).max(200),
  z.object({ placeId: idSchema }).strict(),
  positionInputSchema,
]);
export type Where = z.infer<typeof whereSchema>;

export const meetingBodySchema = z.object({
  at: instantSchema,
  place: whereSchema,
  /** By their ids of the roster; a sworn one among them. */
  officers: z
    .array(idSchema)
    .min(1)
    .max(20)
    .transform(ids => [...new Set(ids)]),
});
export type MeetingBody = z.infer<typeof meetingBodySchema>;
export const meetingReplySchema = z.object({ meetingId: z.string(), seq: z.number() });

export const meetingPatchSchema = z.object({
  /** Whether she let the officers look at her phone. */
  consent: z.boolean().nullish(),
  appInstalled: z.boolean().nullish(),
  miniProgram: z.boolean().nullish(),
});
export type MeetingPatch = z.infer<typeof meetingPatchSchema>;

export const stepBodySchema = z
  .object({
    done: z.boolean(),
    note: note.optional(),
    refusal: z.enum(stepRefusals).optional(),
    at: instantSchema.optional(),
  })
  .refine(({ done, refusal }) => !done || refusal === undefined, {
    path: ['refusal'],
    message: 'expected no refusal for a step that was done',
  });
export type StepBody = z.infer<typeof stepBodySchema>;
export const stepParamsSchema = z.object({ id: idSchema, n: z.coerce.number().int().min(1).max(5) });

export const documentQuerySchema = z.object({ kind: z.enum(['pledge', 'photo', 'recording']) });
export const documentReplySchema = z.object({
  documentId: z.string(),
  /** SHA-256 of its bytes, hexadecimal; null for a recording, of which the reference alone is kept. */
  sha256: z.string().nullable(),
  seq: z.number(),
});

const personSchema = z.object({
  id: z.string(),
  /** Null: no longer on the roster. */
  name: z.string().nullable(),
  badgeNumber: z.string().nullable(),
  sworn: z.boolean(),
});
const documentViewSchema = z.object({
  id: z.string(),
  kind: z.enum(documentKinds),
  mime: z.string(),
  sizeBytes: z.number(),
  addedAt: z.string(),
});
const revisitViewSchema = z.object({
  id: z.string(),
  dueAt: z.string(),
  state: z.enum(revisitStates),
  endedAt: z.string().nullable(),
  note: z.string().nullable(),
});

/** A meeting as it stands. Words (`text`, `note`) are null for who does not work at the door or the desk. */
export const meetingViewSchema = z.object({
  id: z.string(),
  incidentId: z.string(),
  orderId: z.string().nullable(),
  at: z.string(),
  place: z.object({
    placeId: z.string().nullable(),
    name: z.string().nullable(),
    text: z.string().nullable(),
    position: positionSchema.nullable(),
  }),
  officers: z.array(personSchema),
  consent: z.boolean().nullable(),
  appInstalled: z.boolean().nullable(),
  miniProgram: z.boolean().nullable(),
  steps: z.array(
    z.object({
      step: z.number(),
      done: z.boolean(),
      refusal: z.enum(stepRefusals).nullable(),
      at: z.string(),
      note: z.string().nullable(),
    }),
  ),
  documents: z.array(documentViewSchema),
  revisits: z.array(revisitViewSchema),
});
export type MeetingView = z.infer<typeof meetingViewSchema>;

export const revisitBodySchema = z.object({ dueAt: instantSchema });
export const revisitReplySchema = z.object({ revisitId: z.string(), seq: z.number() });
export const revisitEndBodySchema = z.object({ note: note.optional() });
export const revisitQuerySchema = pageQuerySchema.extend({
  /** Due on or before this day in Shanghai: YYYY-MM-DD. */
  due: z.iso.date().optional(),
  state: z.enum(revisitStates).default('planned'),
  stationId: idSchema.optional(),
});
export const revisitItemSchema = z.object({
  id: z.string(),
  incidentId: z.string(),
  incidentNumber: z.number(),
  incidentState: z.enum(['open', 'closed']),
  meetingId: z.string(),
  /** Whose officers met her; else the incident's. */
  stationId: z.string().nullable(),
  risk: riskSchema,
  scamType: scamTypeSchema,
  nameMasked: z.string().nullable(),
  metAt: z.string(),
  dueAt: z.string(),
  state: z.enum(revisitStates),
});
export type RevisitItem = z.infer<typeof revisitItemSchema>;

export const phraseMadeSchema = z.object({ phraseId: z.string() });
export const phraseViewSchema = z.object({
  phrase: z.string(),
  madeAt: z.string(),
  /** When the family was told. */
  toldAt: z.string().nullable(),
});
export type PhraseView = z.infer<typeof phraseViewSchema>;

export const checkBodySchema = z.object({ verdict: z.enum(spotVerdicts), note: note.min(2) });
export const checkQuerySchema = pageQuerySchema.extend({
  /** Monday of the week in which they are to be listened to. */
  week: z.iso.date().optional(),
  state: z.enum(['due', 'checked']).optional(),
});
const checkItemSchema = z.object({
  /** The meeting's. */
  id: z.string(),
  incidentId: z.string(),
  incidentNumber: z.number(),
  stationId: z.string().nullable(),
  week: z.string(),
  metAt: z.string(),
  stepsDone: z.number(),
  refusals: z.array(z.enum(stepRefusals)),
  /** Where the recordings are kept. */
  recordings: z.array(z.string()),
  verdict: z.enum(spotVerdicts).nullable(),
  checkedByName: z.string().nullable(),
  checkedAt: z.string().nullable(),
  note: z.string().nullable(),
});
export type CheckItem = z.infer<typeof checkItemSchema>;
export const checkListSchema = z.object({
  items: z.array(checkItemSchema),
  nextCursor: z.string().nullable(),
  counts: z.object({ drawn: z.number(), good: z.number(), lacking: z.number() }),
});
export type CheckList = z.infer<typeof checkListSchema>;
