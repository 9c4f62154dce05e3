/** Tables of alerts: what was understood of them, row by row. */
import { z } from 'zod';
import { positionSchema } from './common.ts';
import { riskSchema, scamTypeSchema } from './alert.ts';

export const alertColumns = [
  'externalId',
  'source',
  'receivedAt',
  'risk',
  'scamType',
  'name',
  'phone',
  'idNumber',
  'address',
  'vehicle',
  'bank',
  'account',
  'amount',
  'note',
] as const;
export type AlertColumn = (typeof alertColumns)[number];

const intakeProblemSchema = z.object({
  /** As the spreadsheet counts: its header is row 1. */
  row: z.number(),
  /** Null when it is about the row as a whole. */
  column: z.enum(alertColumns).nullable(),
  code: z.enum([
    'missing',
    'notTime',
    'notRisk',
    'notScamType',
    'notPhone',
    'notAmount',
    'tooLong',
    'refused',
  ]),
  /** What stands there, numbers masked; null for an empty cell. */
  value: z.string().nullable(),
  message: z.string(),
});
export type IntakeProblem = z.infer<typeof intakeProblemSchema>;

export const intakePreviewSchema = z.object({
  rows: z.number(),
  problems: z.array(intakeProblemSchema),
  /** Columns of the file that mean nothing here. */
  ignored: z.array(z.string()),
  alerts: z.array(
    z.object({
      row: z.number(),
      source: z.string(),
      receivedAt: z.string().nullable(),
      risk: riskSchema,
      scamType: scamTypeSchema,
      nameMasked: z.string(),
      phoneMasked: z.string(),
      address: z.string().nullable(),
      /** Where that would be: taken over when `given` or `found`, else the desk is to look. Null: no address, or no map to read it by. */
      home: z
        .object({
          how: z.enum(['given', 'found', 'area', 'unsure', 'notFound', 'elsewhere']),
          position: positionSchema.nullable(),
          name: z.string().nullable(),
        })
        .nullable(),
      amount: z.number().nullable(),
      /** Taken in before: it would change nothing. */
      repeated: z.boolean(),
      /** The open incident that it would join. */
      joins: z.object({ incidentId: z.string(), number: z.number() }).nullable(),
      /** Another row of this table, above, about the same person. */
      joinsRow: z.number().nullable(),
      /** How many closed incidents this person has. */
      earlier: z.number(),
    }),
  ),
});
export type IntakePreview = z.infer<typeof intakePreviewSchema>;

export const intakeReplySchema = z.object({
  rows: z.number(),
  /** Alerts that were not there before. */
  taken: z.number(),
  /** Of these, those that joined an open incident. */
  joined: z.number(),
  /** Rows that were there already, and changed nothing. */
  repeated: z.number(),
  problems: z.array(intakeProblemSchema),
  alerts: z.array(
    z.object({ row: z.number(), alertId: z.string(), incidentId: z.string(), joined: z.boolean() }),
  ),
});
export type IntakeReply = z.infer<typeof intakeReplySchema>;
