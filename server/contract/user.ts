import { z } from 'zod';
import { idSchema } from './common.ts';
import { roles } from './incident.ts';

export const userBodySchema = z
  .object({
    username: z
      .string()
      .trim()
      .regex(/^[a-zA-Z0-9._-]{2,32}$/, 'expected 2 to 32 letters, digits, dots, hyphens or underscores'),
    displayName: z.string().trim().min(1).max(64),
    role: z.enum(roles),
    stationId: idSchema.nullish(),
    password: z.string().min(12, 'expected at least 12 characters').max(200),
  })
  .refine(user => user.stationId || (user.role !== 'station' && user.role !== 'field'), {
    path: ['stationId'],
    message: 'expected the station of a station or field officer',
  });
