import { z } from 'zod';
import { instantSchema, positionInputSchema } from './common.ts';
import { risks, scamTypes } from './kinds.ts';

export { risks, scamTypes };
export const riskSchema = z.enum(risks);
export type Risk = z.infer<typeof riskSchema>;

export const scamTypeSchema = z.enum(scamTypes);
export type ScamType = z.infer<typeof scamTypeSchema>;

const amount = z.number().nonnegative().max(1e12);

export const alertBodySchema = z.object({
  externalId: z.string().min(1).max(128).optional(),
  source: z.string().min(1).max(64),
  receivedAt: instantSchema.optional(),
  risk: riskSchema,
  scamType: scamTypeSchema,
  subject: z.object({
    name: z.string().trim().min(1).max(64),
    phone: z
      .string()
      .trim()
      .regex(
        /^\+?[0-9][0-9 -]{4,19}$/,
        'expected a phone number: digits, with an optional leading + and spaces or hyphens',
      ),
    idNumber: z.string().max(32).optional(),
    address: z.string().max(300).optional(),
    home: positionInputSchema.optional(),
    vehicle: z.string().max(32).optional(),
  }),
  accounts: z
    .array(z.object({ bank: z.string().max(64), number: z.string().max(40), amount: amount.optional() }))
    .max(50)
    .optional(),
  amount: amount.optional(),
  note: z.string().max(4000).optional(),
});
export type AlertBody = z.infer<typeof alertBodySchema>;

export const alertReplySchema = z.object({
  alertId: z.string(),
  incidentId: z.string(),
  joined: z.boolean(),
});
export type AlertReply = z.infer<typeof alertReplySchema>;
