/**
 * The log's closed union: every kind of domain event with its payload. Payloads hold ids, classes and times;
 * names, numbers, positions of a subject and free text stay in the vault, so the log can be kept for ever.
 */
import { z } from 'zod';
import { riskSchema, scamTypeSchema } from '#contract/alert.ts';
import { idSchema, instantSchema } from '#contract/common.ts';
import { incidentOutcomes } from '#contract/incident.ts';
import { glassVerdicts, pinParts } from '#contract/kinds.ts';
import { beliefReasons } from '#contract/posterior.ts';
import { searchMethods, sightingKinds } from '#contract/sighting.ts';
import { closureDirections } from '#contract/closure.ts';
import { crewSchema, unitKindSchema, unitStateSchema } from '#contract/unit.ts';
import { taskAnswers, taskOutcomes } from '../task.ts';
import { loopPayloads } from './loop.ts';

const incidentId = idSchema;
const shiftFacts = {
  shiftId: idSchema,
  unitId: idSchema,
  startsAt: instantSchema,
  endsAt: instantSchema,
  crew: crewSchema,
};

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
    /** How many accounts it names. */
    accounts: z.number().int().optional(),
    joined: z.boolean(),
  }),
  /** By an alert that joined, or because nobody reaches her. */
  riskRaised: z.object({
    incidentId,
    risk: riskSchema,
    because: z.enum(['alert', 'unanswered']).optional(),
  }),
  /** Nobody knew whose incident it was until an alert named the home, or its station handed it to another. */
  stationAssigned: z.object({
    incidentId,
    stationId: idSchema,
    stationBasis: z.enum(['jurisdiction', 'nearest', 'handedOver']),
  }),
  /** Where she lives was read from her address, or set by hand; the place itself is in the vault. */
  homeResolved: z.object({
    incidentId,
    basis: z.enum(['address', 'pinned']),
    confidenceClass: z.enum(['sure', 'likely', 'unsure']),
  }),
  /** She lives in another county: its bureau is to meet her. */
  handedOver: z.object({ incidentId, withinCounty: z.literal(false) }),
  handOverUndone: z.object({ incidentId }),
  memberAdded: z.object({ incidentId, userId: idSchema }),
  authorityRequested: z.object({
    incidentId,
    authorityId: idSchema,
    requestedBy: idSchema,
    expiresAt: instantSchema,
  }),
  authorityApproved: z.object({ incidentId, authorityId: idSchema, approvedBy: idSchema }),
  authorityRevoked: z.object({ incidentId, authorityId: idSchema }),
  /** A leader opened the trace before anybody could approve it; for that leader alone, and to be reviewed. */
  glassBroken: z.object({
    incidentId,
    authorityId: idSchema,
    openedBy: idSchema,
    expiresAt: instantSchema,
    reviewDueAt: instantSchema,
  }),
  glassReviewed: z.object({
    incidentId,
    authorityId: idSchema,
    reviewedBy: idSchema,
    verdict: z.enum(glassVerdicts),
  }),
  /** The wall shows a redacted view of the incident, as long as the authority holds. */
  wallPinned: z.object({
    incidentId,
    authorityId: idSchema,
    show: z.array(z.enum(pinParts)),
    untilAt: instantSchema,
  }),
  wallUnpinned: z.object({ incidentId }),
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
  /** Where she may be was worked out anew, with all facts up to `ofSeq`: what came of it is in the vault. */
  beliefComputed: z.object({ incidentId, ofSeq: z.number().int(), because: z.enum(beliefReasons) }),
  incidentClosed: z.object({ incidentId, outcome: z.enum(incidentOutcomes), closedAt: instantSchema }),
  /** Closed for some days: it leaves the screens. Whose it was is told, for the world that could say so no longer holds it. */
  incidentArchived: z.object({
    incidentId,
    stationId: idSchema.nullable(),
    orderStationIds: z.array(idSchema).optional(),
  }),
  taskOrdered: z.object({
    incidentId,
    taskId: idSchema,
    unitId: idSchema,
    placeId: idSchema.nullable(),
    segmentId: idSchema.nullable(),
    method: z.enum(searchMethods),
    needsSworn: z.boolean(),
  }),
  taskAnswered: z.object({ incidentId, taskId: idSchema, answer: z.enum(taskAnswers) }),
  taskResult: z.object({
    incidentId,
    taskId: idSchema,
    outcome: z.enum(taskOutcomes),
    method: z.enum(searchMethods),
    /** The search that it wrote into the trace; none when she was found. */
    sightingId: idSchema.nullable(),
  }),
  /** The result was a mistake: the task goes on from where it was. */
  taskUndone: z.object({ incidentId, taskId: idSchema }),
  shiftPlanned: z.object(shiftFacts),
  shiftChanged: z.object(shiftFacts),
  shiftCancelled: z.object({ shiftId: idSchema, unitId: idSchema }),
  roadClosed: z.object({
    closureId: idSchema,
    /** The closed stretch, [lng, lat] in order; `forward` closes it only in this order. */
    line: z.array(z.tuple([z.number(), z.number()])).min(2),
    direction: z.enum(closureDirections),
    untilAt: instantSchema.nullable(),
  }),
  roadOpened: z.object({ closureId: idSchema }),
  /** Somebody, or a table, says that a camera is down or works again. */
  cameraStateChanged: z.object({ cameraId: idSchema, working: z.boolean() }),
  /** A leader set how likely the kinds of places are for a kind of script, or went back to the defaults. */
  priorsSet: z.object({ scamType: scamTypeSchema, reset: z.boolean() }),
  /** Somebody wrote a note; what it says is in the vault. */
  noteWritten: z.object({ incidentId, noteId: idSchema, writtenBy: idSchema }),
  /** The leader who goes signs for what is open; it waits for the one who comes. */
  handoverSigned: z.object({
    handoverId: idSchema,
    signedBy: idSchema,
    openIncidents: z.number().int(),
    promised: z.number().int(),
    overdue: z.number().int(),
  }),
  handoverTaken: z.object({ handoverId: idSchema, takenBy: idSchema }),
  ...loopPayloads,
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
