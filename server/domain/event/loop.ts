/** The closed loop's part of the log: three lines, clocks, stop-payments, orders, meetings, feedback, outcomes. */
import { z } from 'zod';
import { idSchema, instantSchema } from '#contract/common.ts';
import {
  callReasons,
  clockKinds,
  clockOutcomes,
  contactChannels,
  contactOutcomes,
  documentKinds,
  lines,
  orderBases,
  orderStates,
  requestStates,
  revisitStates,
  smsStates,
  spotVerdicts,
  stepRefusals,
  stopStates,
  traceSources,
  upwardStates,
} from '#contract/kinds.ts';

const incidentId = idSchema;
const yuan = z.number().nonnegative();
const day = z.iso.date();

export const loopPayloads = {
  /** Somebody answers for one of the three lines; null: nobody any more. */
  lineTaken: z.object({ incidentId, line: z.enum(lines), userId: idSchema.nullable() }),
  /** Somebody is to be asked for her trace; what exactly is in the vault. */
  traceRequested: z.object({
    incidentId,
    requestId: idSchema,
    askedOf: z.enum(traceSources),
    state: z.enum(requestStates),
  }),
  traceRequestMoved: z.object({ incidentId, requestId: idSchema, to: z.enum(requestStates) }),
  /** An attempt to reach her, her family, or her door; `observedAt` of the fact is when. */
  contactMade: z.object({
    incidentId,
    contactId: idSchema,
    channel: z.enum(contactChannels),
    outcome: z.enum(contactOutcomes),
  }),
  smsMoved: z.object({
    incidentId,
    messageId: idSchema,
    recipient: z.enum(['subject', 'family']),
    to: z.enum(smsStates),
  }),
  /** The bureau's leader on duty is called to the case. */
  leaderCalled: z.object({
    incidentId,
    callId: idSchema,
    because: z.enum(callReasons),
    clockId: idSchema.nullable(),
  }),
  leaderAnswered: z.object({ incidentId, callId: idSchema, userId: idSchema }),
  /** `refId`: the order, request or stop-payment that it is about. */
  clockStarted: z.object({
    incidentId,
    clockId: idSchema,
    kind: z.enum(clockKinds),
    refId: idSchema.nullable(),
    startedAt: instantSchema,
    warnAt: instantSchema,
    dueAt: instantSchema,
  }),
  /** Another risk, another target: the same clock, due at another time. */
  clockMoved: z.object({ incidentId, clockId: idSchema, warnAt: instantSchema, dueAt: instantSchema }),
  clockWarned: z.object({ incidentId, clockId: idSchema }),
  /** Its time is over. `late`: it was noticed only afterwards, as when nothing ran at that time. */
  clockBreached: z.object({ incidentId, clockId: idSchema, late: z.boolean() }),
  clockStopped: z.object({ incidentId, clockId: idSchema, outcome: z.enum(clockOutcomes) }),
  /** What remains to be done will take until `doneAt`: beyond the due time if `breach`. Told when that changes. */
  clockForecast: z.object({
    incidentId,
    clockId: idSchema,
    doneAt: instantSchema.nullable(),
    breach: z.boolean(),
  }),
  stopRequested: z.object({ incidentId, stopId: idSchema, bank: z.string(), amount: yuan.nullable() }),
  stopMoved: z.object({
    incidentId,
    stopId: idSchema,
    to: z.enum(stopStates),
    amountHeld: yuan.nullable(),
  }),
  /** What a bank was noted to hold was wrong; why is in the vault. */
  stopCorrected: z.object({
    incidentId,
    stopId: idSchema,
    amountHeld: yuan,
    before: yuan,
    reasonId: idSchema,
  }),
  orderIssued: z.object({
    incidentId,
    orderId: idSchema,
    stationId: idSchema,
    basis: z.enum(orderBases),
    /** The order that this one stands in for. */
    replaces: idSchema.nullable(),
  }),
  orderMoved: z.object({
    incidentId,
    orderId: idSchema,
    stationId: idSchema,
    to: z.enum(orderStates),
  }),
  /** Who goes, by their ids of the roster. */
  orderAssigned: z.object({
    incidentId,
    orderId: idSchema,
    officerIds: z.array(idSchema),
    sworn: z.number().int().nonnegative(),
  }),
  meetingHeld: z.object({
    incidentId,
    meetingId: idSchema,
    orderId: idSchema.nullable(),
    at: instantSchema,
    officers: z.number().int().nonnegative(),
    sworn: z.number().int().nonnegative(),
  }),
  meetingStepDone: z.object({
    incidentId,
    meetingId: idSchema,
    step: z.number().int().min(1).max(5),
    done: z.boolean(),
    refusal: z.enum(stepRefusals).nullable(),
  }),
  /** Consent to look at the phone, and what was installed on it, as it now stands. */
  meetingNoted: z.object({
    incidentId,
    meetingId: idSchema,
    consent: z.boolean().nullable(),
    appInstalled: z.boolean().nullable(),
    miniProgram: z.boolean().nullable(),
  }),
  documentKept: z.object({
    incidentId,
    documentId: idSchema,
    meetingId: idSchema.nullable(),
    kind: z.enum(documentKinds),
  }),
  revisitPlanned: z.object({
    incidentId,
    revisitId: idSchema,
    meetingId: idSchema,
    dueAt: instantSchema,
  }),
  revisitMoved: z.object({ incidentId, revisitId: idSchema, to: z.enum(revisitStates) }),
  spotChecked: z.object({ incidentId, meetingId: idSchema, verdict: z.enum(spotVerdicts) }),
  upwardMoved: z.object({ incidentId, messageId: idSchema, to: z.enum(upwardStates) }),
  /** Not cleared on its day: somebody answers for it, and why is in the vault. */
  dayCarried: z.object({ incidentId, day, ownerId: idSchema }),
  /** What became of her money after the alert; often only known days after the closing. */
  outcomeReported: z.object({
    incidentId,
    outcomeId: idSchema,
    reportedAt: instantSchema,
    transferredAfterAlert: z.boolean(),
    lossAmount: yuan.nullable(),
    caseFiled: z.boolean(),
    arrests: z.number().int().nonnegative(),
  }),
} as const;
