/** Accounts as administrators keep them. */
import { z } from 'zod';
import { newPasswordSchema } from './account.ts';
import { idSchema, instantSchema } from './common.ts';
import { roles } from './incident.ts';

const displayName = z.string().trim().min(1).max(64);
/** The subject or serial number of a client certificate, as the reverse proxy writes it. */
const certificate = z
  .string()
  .trim()
  .regex(/^[\x20-\x7e]{4,512}$/, 'expected 4 to 512 visible ASCII characters, as the proxy sends them');

export const userBodySchema = z
  .object({
    username: z
      .string()
      .trim()
      .regex(/^[a-zA-Z0-9._-]{2,32}$/, 'expected 2 to 32 letters, digits, dots, hyphens or underscores'),
    displayName,
    role: z.enum(roles),
    stationId: idSchema.nullish(),
    /** Absent: one is made, answered once, and must be changed at the first sign-in. */
    password: newPasswordSchema.optional(),
  })
  .refine(user => user.stationId || (user.role !== 'station' && user.role !== 'field'), {
    path: ['stationId'],
    message: 'expected the station of a station or field officer',
  });
export type UserBody = z.input<typeof userBodySchema>;

/** `password`: shown once; null when the caller chose it, or asks again. */
export const userCreatedSchema = z.object({ userId: z.string(), password: z.string().nullable() });
export type UserCreated = z.infer<typeof userCreatedSchema>;

export const userPatchSchema = z
  .object({
    displayName,
    role: z.enum(roles),
    stationId: idSchema.nullable(),
    active: z.boolean(),
    certificate: certificate.nullable(),
  })
  .partial()
  .refine(patch => Object.keys(patch).length > 0, 'expected something to change');
export type UserPatch = z.infer<typeof userPatchSchema>;

/** `password`: shown once; null when a repeated request asks again. */
export const passwordResetSchema = z.object({ password: z.string().nullable() });

export const accountRowSchema = z.object({
  id: z.string(),
  username: z.string(),
  displayName: z.string(),
  role: z.enum(roles),
  stationId: z.string().nullable(),
  active: z.boolean(),
  createdAt: instantSchema,
  /** Newest sign of life of a session; null: never signed in. */
  lastSeenAt: instantSchema.nullable(),
  sessions: z.number().int(),
  totp: z.boolean(),
  passkeys: z.number().int(),
  certificate: z.string().nullable(),
  mustChangePassword: z.boolean(),
  /** Too many failed sign-ins: until when the name is locked. */
  lockedUntil: instantSchema.nullable(),
});
export type AccountRow = z.infer<typeof accountRowSchema>;
