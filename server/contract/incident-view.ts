/** Incidents as they are answered: lists and detail masked, the subject in full only at her own address. */
import { z } from 'zod';
import { homeBases } from './address.ts';
import { riskSchema, scamTypeSchema } from './alert.ts';
import { idSchema, instantSchema, pageQuerySchema, positionSchema } from './common.ts';
import { incidentOutcomes, roles } from './incident.ts';
import { sightingKinds } from './sighting.ts';

const maskedSubjectSchema = z.object({
  nameMasked: z.string(),
  phoneMasked: z.string(),
  address: z.string().optional(),
  vehicle: z.string().optional(),
  home: positionSchema.optional(),
  homeBasis: z.enum(homeBases).optional(),
  homeRadiusM: z.number().optional(),
  homeConfidence: z.number().optional(),
  /** Another part of the country that her address names. */
  elsewhere: z.string().optional(),
  handedOverTo: z.string().optional(),
});

export const incidentQuerySchema = pageQuerySchema.extend({
  state: z.enum(['open', 'closed']).optional(),
  station: idSchema.optional(),
  /** Opened at or after. */
  from: instantSchema.optional(),
  /** Opened before. */
  to: instantSchema.optional(),
});
export type IncidentQuery = z.infer<typeof incidentQuerySchema>;

export const incidentViewSchema = z.object({
  id: z.string(),
  /** Its place among those opened on the same day in Shanghai, from 1: how people speak of it. */
  number: z.number().int().positive(),
  state: z.enum(['open', 'closed']),
  risk: riskSchema,
  scamType: scamTypeSchema,
  stationId: z.string().nullable(),
  stationBasis: z.enum(['jurisdiction', 'nearest', 'handedOver', 'none']),
  openedAt: z.string(),
  closedAt: z.string().nullable(),
  outcome: z.enum(incidentOutcomes).nullable(),
  /** She lives elsewhere: since when another bureau is to meet her. */
  handedOverAt: z.string().nullable(),
  amount: z.number().nullable(),
  alertCount: z.number(),
  lastAlertAt: z.string(),
  members: z.array(z.string()),
  /** Left out for those who may not see people, such as the wall. */
  subject: maskedSubjectSchema.optional(),
});
export type IncidentView = z.infer<typeof incidentViewSchema>;

export const incidentDetailSchema = incidentViewSchema.omit({ members: true }).extend({
  alerts: z.array(
    z.object({
      id: z.string(),
      source: z.string(),
      risk: riskSchema,
      scamType: scamTypeSchema,
      amount: z.number().nullable(),
      observedAt: z.string(),
      receivedAt: z.string(),
    }),
  ),
  members: z.array(z.object({ userId: z.string(), displayName: z.string(), role: z.enum(roles) })),
  authorities: z.array(
    z.object({
      id: z.string(),
      number: z.string(),
      legalBasis: z.string(),
      reason: z.string(),
      requestedBy: z.string(),
      requestedAt: z.string(),
      approvedBy: z.string().nullable(),
      approvedAt: z.string().nullable(),
      expiresAt: z.string(),
      revokedAt: z.string().nullable(),
      /** Nobody approved it: a leader opened the trace at once, and it is reviewed. */
      breakGlass: z.boolean(),
    }),
  ),
  /** That they came in, not what they say: that is the trace. */
  sightings: z.array(
    z.object({
      id: z.string(),
      kind: z.enum(sightingKinds),
      observedAt: z.string(),
      receivedAt: z.string(),
      withdrawn: z.boolean(),
      replacedBy: z.string().nullable(),
    }),
  ),
});
export type IncidentDetail = z.infer<typeof incidentDetailSchema>;

export const fullSubjectSchema = z.object({
  name: z.string(),
  phone: z.string(),
  idNumber: z.string().nullable(),
  address: z.string().nullable(),
  vehicle: z.string().nullable(),
  home: positionSchema.nullable(),
  accounts: z.array(z.object({ bank: z.string(), number: z.string(), amount: z.number().nullable() })),
  notes: z.array(z.string()),
});

export const userViewSchema = z.object({
  id: z.string(),
  username: z.string(),
  displayName: z.string(),
  role: z.enum(roles),
  stationId: z.string().nullable(),
});
export type UserView = z.infer<typeof userViewSchema>;
