/** The bureau's directory of banks: whom to telephone for a stop-payment, day and night. */
import { z } from 'zod';

const optional = (most: number) => z.string().trim().max(most).nullish();

export const bankBodySchema = z.object({
  /** However it is written: a known bank is kept under its full name. */
  bank: z.string().trim().min(1).max(64),
  /** Empty: the whole bank. */
  branch: z.string().trim().max(64).default(''),
  phone: z
    .string()
    .trim()
    .regex(/^[+\d(（][\d \-()（）转]{2,31}$/, 'expected a telephone number such as 0871-67796123 or 95599'),
  person: optional(64),
  /** When somebody answers, such as 24小时. */
  hours: optional(64),
  note: optional(300),
});
export type BankBody = z.infer<typeof bankBodySchema>;

export const bankViewSchema = z.object({
  id: z.string(),
  bank: z.string(),
  branch: z.string(),
  phone: z.string(),
  person: z.string().nullable(),
  hours: z.string().nullable(),
  note: z.string().nullable(),
});
export type BankView = z.infer<typeof bankViewSchema>;

export const bankReplySchema = z.object({ bankId: z.string() });

export const bankColumns = ['bank', 'branch', 'phone', 'person', 'hours', 'note'] as const;
export type BankColumn = (typeof bankColumns)[number];
export const bankProblemCodes = ['missing', 'notPhone', 'tooLong', 'twice'] as const;

/** What is wrong with one cell of a table. */
export const bankProblemSchema = z.object({
  /** Its line in the spreadsheet. */
  row: z.number(),
  column: z.enum(bankColumns),
  code: z.enum(bankProblemCodes),
  value: z.string().nullable(),
  message: z.string(),
});
export type BankProblem = z.infer<typeof bankProblemSchema>;

export const bankImportSchema = z.object({
  rows: z.number(),
  problems: z.array(bankProblemSchema),
  banks: z.array(
    z.object({
      row: z.number(),
      bank: z.string(),
      branch: z.string(),
      phone: z.string(),
      /** What the directory said before: nothing, something else, the same. */
      was: z.enum(['new', 'changed', 'same']),
    }),
  ),
  /** All of it was written down; else nothing. */
  applied: z.boolean(),
});
export type BankImport = z.infer<typeof bankImportSchema>;
