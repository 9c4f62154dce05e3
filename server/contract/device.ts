/** Devices as those see them who hand out their tokens. */
import { z } from 'zod';
import { crsSchema, idSchema, instantSchema } from './common.ts';
import { deviceProtocols } from './unit.ts';

export const deviceRowSchema = z.object({
  id: z.string(),
  protocol: z.string(),
  identifier: z.string(),
  crs: crsSchema,
  unitId: z.string().nullable(),
  callsign: z.string().nullable(),
  createdAt: instantSchema,
  rotatedAt: instantSchema.nullable(),
  /** Until when the token before the last change is still taken; null: it is not. */
  previousTokenUntil: instantSchema.nullable(),
  lastUsedAt: instantSchema.nullable(),
  revokedAt: instantSchema.nullable(),
});
export type DeviceRow = z.infer<typeof deviceRowSchema>;

/** Somebody who tried to report and is nobody that we know. */
export const unknownDeviceSchema = z.object({
  id: z.string(),
  protocol: z.string(),
  /** Null: only a token was shown, no name. */
  identifierMasked: z.string().nullable(),
  /** The gateway that spoke for it; null: it came itself, with a token that nobody has. */
  gateway: z.string().nullable(),
  address: z.string().nullable(),
  attempts: z.number().int(),
  firstAt: instantSchema,
  lastAt: instantSchema,
});
export type UnknownDevice = z.infer<typeof unknownDeviceSchema>;

/** A new token; null when a repeated request asks again. `previousUntil`: how long the old one is still taken. */
export const tokenRotatedSchema = z.object({
  token: z.string().nullable(),
  previousUntil: instantSchema,
});

/** Makes an unknown device a known one. `identifier`: only when it gave none. */
export const admitBodySchema = z.object({
  unitId: idSchema,
  protocol: z.enum(deviceProtocols).exclude(['gateway', 'field']),
  identifier: z.string().trim().min(1).max(128).optional(),
  crs: crsSchema.default('wgs84'),
});
export type AdmitBody = z.input<typeof admitBodySchema>;
