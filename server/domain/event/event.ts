/**
 * The log's closed union: every kind of domain event with its payload. Payloads hold ids, classes and times;
 * names, numbers, positions of a subject and free text stay in the vault, so the log can be kept for ever.
 */
import { z } from 'zod';
import { riskSchema, scamTypeSchema } from '#contract/alert.ts';
import { idSchema, instantSchema } from '#contract/common.ts';
import { incidentOutcomes } from '#contract/incident.ts';
import { sightingKinds } from '#contract/sighting.ts';
import { crewSchema, unitKindSchema, unitStateSchema } from '#contract/unit.ts';

const incidentId = idSchema;

export const payloadSchemas = {
  regionInstalled: z.object({ regionId: z.string(), name: z.string(), fictional: z.boolean() }),
  /** The new region does not have it: units and incidents of it are without a station. */
  stationRemoved: z.object({ stationId: idSchema }),
  unitCreated: z.object({
    unitId: idSchema,
    slot: z.number().int(),
    callsign: z.string(),
    stationId: idSchema.nullable(),
    kind: unitKindSchema,
    crew: crewSchema,
    state: unitStateSchema,
  }),
  unitStateChanged: z.object({ unitId: idSchema, state: unitStateSchema }),
  deviceRegistered: z.object({ deviceId: idSchema, unitId: idSchema.nullable(), protocol: z.string() }),
  incidentOpened: z.object({
    incidentId,
    /** Its place among those opened on the same day in Shanghai. */
    number: z.number().int().positive(),
    subjectId: idSchema,
    risk: riskSchema,
    scamType: scamTypeSchema,
    stationId: idSchema.nullable(),
    stationBasis: z.enum(['jurisdiction', 'nearest', 'none']),
    openedAt: instantSchema,
  }),
  alertReceived: z.object({
    incidentId,
    alertId: idSchema,
    source: z.string(),
    risk: riskSchema,
    scamType: scamTypeSchema,
    amount: z.number().nullable(),
    joined: z.boolean(),
  }),
  riskRaised: z.object({ incidentId, risk: riskSchema }),
  /** Nobody knew whose incident it was until an alert named the home. */
  stationAssigned: z.object({
    incidentId,
    stationId: idSchema,
    stationBasis: z.enum(['jurisdiction', 'nearest']),
  }),
  memberAdded: z.object({ incidentId, userId: idSchema }),
  authorityRequested: z.object({
    incidentId,
    authorityId: idSchema,
    requestedBy: idSchema,
    expiresAt: instantSchema,
  }),
  authorityApproved: z.object({ incidentId, authorityId: idSchema, approvedBy: idSchema }),
  authorityRevoked: z.object({ incidentId, authorityId: idSchema }),
  sightingRecorded: z.object({
    incidentId,
    sightingId: idSchema,
    kind: z.enum(sightingKinds),
    observedAt: instantSchema,
  }),
  sightingCorrected: z.object({
    incidentId,
    sightingId: idSchema,
    replaces: idSchema,
    kind: z.enum(sightingKinds),
    observedAt: instantSchema,
  }),
  sightingWithdrawn: z.object({ incidentId, sightingId: idSchema }),
  incidentClosed: z.object({ incidentId, outcome: z.enum(incidentOutcomes), closedAt: instantSchema }),
} as const;

export type EventKind = keyof typeof payloadSchemas;
export type EventPayload<K extends EventKind> = z.infer<(typeof payloadSchemas)[K]>;

/** One row of the log. Times are ISO 8601 UTC. */
export type DomainEvent = {
  [K in EventKind]: {
    seq: number;
    kind: K;
    incidentId: string | null;
    actor: string;
    observedAt: string;
    receivedAt: string;
    payload: EventPayload<K>;
  };
}[EventKind];

/** A domain event before it has its seq. */
export type NewDomainEvent = {
  [K in EventKind]: { kind: K; incidentId?: string; observedAt: string; payload: EventPayload<K> };
}[EventKind];
