/** The three lines of an incident on the wire: who answers for them, who was asked for her trace, how she was called. */
import { z } from 'zod';
import { riskSchema, scamTypeSchema } from './alert.ts';
import { idSchema, instantSchema } from './common.ts';
import { incidentOutcomes } from './incident.ts';
import {
  callReasons,
  contactChannels,
  contactOutcomes,
  lines,
  requestStates,
  smsStates,
  traceSources,
} from './kinds.ts';

const note = z.string().trim().max(2000);

export const lineBodySchema = z.object({ line: z.enum(lines), take: z.boolean() });
export type LineBody = z.infer<typeof lineBodySchema>;

export const traceRequestBodySchema = z.object({
  askedOf: z.enum(traceSources),
  what: z.string().trim().min(1).max(500),
});
export type TraceRequestBody = z.infer<typeof traceRequestBodySchema>;
export const requestReplySchema = z.object({ requestId: z.string(), state: z.enum(requestStates) });
export type RequestReply = z.infer<typeof requestReplySchema>;
export const askReplySchema = z.object({
  authorityId: z.string().nullable(),
  requestIds: z.array(z.string()),
});
export type AskReply = z.infer<typeof askReplySchema>;
export const noteBodySchema = z.object({ note: note.optional() }).default({});
export type NoteBody = z.infer<typeof noteBodySchema>;

export const traceRequestViewSchema = z.object({
  id: z.string(),
  askedOf: z.enum(traceSources),
  state: z.enum(requestStates),
  what: z.string().nullable(),
  /** Why it failed or was withdrawn. What an answer says belongs into the trace and is not told here. */
  note: z.string().nullable(),
  authorityId: z.string().nullable(),
  madeAt: z.string(),
  askedAt: z.string().nullable(),
  sentAt: z.string().nullable(),
  endedAt: z.string().nullable(),
});
export type TraceRequestView = z.infer<typeof traceRequestViewSchema>;

export const contactBodySchema = z.object({
  channel: z.enum(contactChannels),
  outcome: z.enum(contactOutcomes),
  /** When; absent: now. */
  at: instantSchema.optional(),
  note: note.optional(),
});
export type ContactBody = z.infer<typeof contactBodySchema>;
export const contactReplySchema = z.object({
  contactId: z.string(),
  /** The risk that it now has, when this was one attempt in vain too many. */
  raisedTo: riskSchema.nullable(),
});
export type ContactReply = z.infer<typeof contactReplySchema>;

export const contactViewSchema = z.object({
  id: z.string(),
  channel: z.enum(contactChannels),
  outcome: z.enum(contactOutcomes),
  at: z.string(),
  note: z.string().nullable(),
});
export type ContactView = z.infer<typeof contactViewSchema>;

export const smsRecipients = ['subject', 'family'] as const;
/** A text of the templates, one of the desk's own, or what a script's template says for her kind of scam. */
export const smsTemplates = ['byScam', 'callBack', 'family', 'own'] as const;
export type SmsTemplate = (typeof smsTemplates)[number];
export const smsBodySchema = z
  .object({
    recipient: z.enum(smsRecipients),
    /** Whose number: needed for the family, never for her. */
    phone: z
      .string()
      .trim()
      .regex(/^\+?[0-9][0-9 -]{4,19}$/, 'expected a phone number: digits, with an optional leading +')
      .optional(),
    template: z.enum(smsTemplates),
    /** Instead of the template's words; needed for `own`. */
    text: z.string().trim().min(4).max(300).optional(),
  })
  .refine(({ recipient, phone }) => (recipient === 'family') === (phone !== undefined), {
    path: ['phone'],
    message: 'expected a number for the family and none for the subject, whose own is known',
  })
  .refine(({ template, text }) => template !== 'own' || text !== undefined, {
    path: ['text'],
    message: 'expected the words of the message',
  });
export type SmsBody = z.infer<typeof smsBodySchema>;
export const smsReplySchema = z.object({ messageId: z.string(), state: z.enum(smsStates) });
export type SmsReply = z.infer<typeof smsReplySchema>;
export const smsStatusSchema = z.object({
  /** Whether messages can be sent at all. */
  gateway: z.boolean(),
});

/** What the gateway says of one message; it knows both its own name and ours. */
const smsReceiptSchema = z.object({
  messageId: idSchema,
  state: z.enum(['delivered', 'failed']),
  at: instantSchema,
});
export type SmsReceipt = z.infer<typeof smsReceiptSchema>;
export const smsReceiptsBodySchema = z.object({ receipts: z.array(smsReceiptSchema).min(1).max(1000) });
export const smsReceiptsReplySchema = z.object({
  accepted: z.number(),
  /** Told before, or overtaken by what is known already. */
  duplicates: z.number(),
  /** No message of ours. */
  unknown: z.number(),
});
export type SmsReceiptsReply = z.infer<typeof smsReceiptsReplySchema>;

export const leaderCallReplySchema = z.object({ callId: z.string(), because: z.enum(callReasons) });
export type LeaderCallReply = z.infer<typeof leaderCallReplySchema>;

/** One earlier incident of the same person. */
export const earlierIncidentSchema = z.object({
  incidentId: z.string(),
  number: z.number(),
  openedAt: z.string(),
  state: z.enum(['open', 'closed']),
  risk: riskSchema,
  scamType: scamTypeSchema,
  outcome: z.enum(incidentOutcomes).nullable(),
  transferredAfterAlert: z.boolean().nullable(),
  lossAmount: z.number().nullable(),
});
export type EarlierIncident = z.infer<typeof earlierIncidentSchema>;
export const historySchema = z.object({ items: z.array(earlierIncidentSchema) });

export const knownBodySchema = z.object({
  phone: z
    .string()
    .trim()
    .regex(/^\+?[0-9][0-9 -]{4,19}$/),
});
export const knownReplySchema = z.object({
  /** Null: nobody with this number was ever warned. */
  nameMasked: z.string().nullable(),
  items: z.array(earlierIncidentSchema),
});
export type KnownReply = z.infer<typeof knownReplySchema>;
