/** What a leader on duty hands over at the end of the shift. */
import { z } from 'zod';

export const matterKinds = [
  'call',
  'clock',
  'authority',
  'glassReview',
  'request',
  'contact',
  'task',
  'stop',
  'order',
  'revisit',
] as const;
export type MatterKind = (typeof matterKinds)[number];

/** One thing that somebody has still to do, or that an answer is still due to. Ids, kinds and times alone. */
export const matterSchema = z.object({
  kind: z.enum(matterKinds),
  incidentId: z.string(),
  refId: z.string(),
  /** More exactly: the kind of clock, whom a request was sent to, the state of a task or order. */
  of: z.string(),
  /** Who promised it; null: nobody yet. */
  by: z.object({ kind: z.enum(['user', 'unit', 'station']), id: z.string() }).nullable(),
  since: z.string().nullable(),
  dueAt: z.string().nullable(),
});
export type Matter = z.infer<typeof matterSchema>;

export const handoverViewSchema = z.object({
  id: z.string(),
  openIncidents: z.number(),
  promised: z.number(),
  overdue: z.number(),
  signedBy: z.string(),
  signedByName: z.string(),
  signedAt: z.string(),
  takenBy: z.string().nullable(),
  takenByName: z.string().nullable(),
  takenAt: z.string().nullable(),
});
export type HandoverView = z.infer<typeof handoverViewSchema>;
/** With what was signed. */
export const handoverDetailSchema = handoverViewSchema.extend({ matters: z.array(matterSchema) });
export type HandoverDetail = z.infer<typeof handoverDetailSchema>;
