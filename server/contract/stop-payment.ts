/** Stop-payments: requests to banks to hold the money of accounts. Accounts are masked everywhere but in the letter. */
import { z } from 'zod';
import { instantSchema } from './common.ts';
import { stopStates } from './kinds.ts';

/** Yuan, to the cent. */
const yuan = z
  .number()
  .nonnegative()
  .max(1e11)
  .refine(
    value => Math.abs(value * 100 - Math.round(value * 100)) < 1e-3,
    'expected an amount in yuan with at most two decimals',
  );

export const stopBodySchema = z.object({
  /** The id of one of the incident's accounts, or a number that joins them. */
  account: z.string().trim().min(4).max(64),
  /** Of a number that is new. */
  bank: z.string().trim().max(64).optional(),
  /** Left out: what the alert said, or the whole balance. */
  amount: yuan.refine(value => value > 0, 'expected more than nothing').optional(),
});
export type StopBody = z.infer<typeof stopBodySchema>;

export const stopAnswerSchema = z.object({
  /** A confirmation has to say it. */
  amountHeld: yuan.optional(),
  /** When the bank answered; left out: now. */
  at: instantSchema.optional(),
  note: z.string().trim().max(2000).optional(),
});
export type StopAnswerBody = z.infer<typeof stopAnswerSchema>;

export const stopCorrectSchema = z.object({ amountHeld: yuan, reason: z.string().trim().min(2).max(500) });
export type StopCorrectBody = z.infer<typeof stopCorrectSchema>;

export const stopWithdrawSchema = z.object({ reason: z.string().trim().min(2).max(500) });

export const stopReplySchema = z.object({ stopId: z.string(), seq: z.number() });
export const stopAllReplySchema = z.object({ stopIds: z.array(z.string()), seq: z.number() });

/** Whom to telephone. `listed` false: not in the bureau's directory, it is the bank's public number. */
const numberSchema = z.object({
  bank: z.string(),
  branch: z.string(),
  phone: z.string(),
  person: z.string().nullable(),
  hours: z.string().nullable(),
  listed: z.boolean(),
});

export const stopViewSchema = z.object({
  id: z.string(),
  /** Null: it was erased. */
  accountId: z.string().nullable(),
  bank: z.string(),
  lastFour: z.string().nullable(),
  amount: z.number().nullable(),
  state: z.enum(stopStates),
  amountHeld: z.number().nullable(),
  requestedAt: z.string(),
  requestedBy: z.string(),
  answeredAt: z.string().nullable(),
  answeredBy: z.string().nullable(),
  /** Of the answer, or why it was taken back. */
  note: z.string().nullable(),
  /** What was noted to be held before, and why that was put right (null: erased); oldest first. */
  corrections: z.array(
    z.object({ at: z.string(), by: z.string(), before: z.number(), reason: z.string().nullable() }),
  ),
  number: numberSchema.nullable(),
});

/** An account of the incident, whether or not a bank was asked for it. */
export const stopAccountSchema = z.object({
  accountId: z.string(),
  bank: z.string(),
  lastFour: z.string(),
  amount: z.number().nullable(),
  /** Its newest stop-payment. */
  stopId: z.string().nullable(),
  /** No bank is asked for it at this moment. */
  requestable: z.boolean(),
  /** 'All' asks for it: never asked for, or taken back. */
  inAll: z.boolean(),
  number: numberSchema.nullable(),
});

export const stopListSchema = z.object({
  /** Oldest first. */
  items: z.array(stopViewSchema),
  accounts: z.array(stopAccountSchema),
  /** Yuan. */
  totals: z.object({ asked: z.number(), held: z.number(), refused: z.number(), waiting: z.number() }),
});
export type StopList = z.infer<typeof stopListSchema>;

/** What stands in the written request; the account in full. */
export const stopLetterSchema = z.object({
  stopId: z.string(),
  incidentId: z.string(),
  number: z.string(),
  state: z.enum(stopStates),
  bank: z.string(),
  account: z.string(),
  /** The subject: whom the protective stop-payment protects. Whoever prints it may write another holder. */
  holder: z.string(),
  amount: z.number().nullable(),
  requestedAt: z.string(),
  requestedBy: z.string(),
});
export type StopLetter = z.infer<typeof stopLetterSchema>;
