/** Closed lists without their schemas: screens that check no input, such as the wall, load these and no schema library. */
export const risks = ['extraHigh', 'high', 'medium', 'low'] as const;

export const scamTypes = [
  'fakePolice',
  'investment',
  'rebate',
  'customerService',
  'loan',
  'romance',
  'acquaintance',
  'courier',
  'other',
] as const;

/** Of the kinds of places, those that are lines. */
export const lineKinds = ['industrialRoad', 'quietRoad', 'street'] as const;
export type LineKind = (typeof lineKinds)[number];

export const unitKinds = ['car', 'motorcycle', 'foot'] as const;
export const unitStates = ['available', 'dispatched', 'enRoute', 'onScene', 'outOfService'] as const;

export const roles = [
  'wall',
  'operator',
  'leader',
  'trace',
  'station',
  'field',
  'analyst',
  'auditor',
  'admin',
] as const;

/** What somebody else says of a use of break-glass. */
export const glassVerdicts = ['justified', 'notJustified'] as const;

/** What of an incident can be put on the wall. */
export const pinParts = ['regions', 'units', 'tasks'] as const;

/** Three lines are open on every incident at once. */
export const lines = ['trace', 'ground', 'contact'] as const;
export type Line = (typeof lines)[number];

/** Who is asked for her trace. */
export const traceSources = ['carrier', 'cameras', 'bank', 'hotel', 'family', 'other'] as const;
export const requestStates = ['prepared', 'asked', 'sent', 'answered', 'failed', 'withdrawn'] as const;
export type RequestState = (typeof requestStates)[number];

export const contactChannels = ['call', 'sms', 'family', 'visit'] as const;
export type ContactChannel = (typeof contactChannels)[number];
/** What came of an attempt. `sent`, `delivered` and `failed` are a message's; `denied`: she answered and believes nothing. */
export const contactOutcomes = [
  'answered',
  'denied',
  'noAnswer',
  'rejected',
  'busy',
  'poweredOff',
  'unreachable',
  'wrongNumber',
  'reached',
  'notReached',
  'sent',
  'delivered',
  'failed',
] as const;
export type ContactOutcome = (typeof contactOutcomes)[number];
/** `accepted` by the gateway; only a receipt makes it `delivered`. */
export const smsStates = ['queued', 'accepted', 'delivered', 'failed'] as const;
export type SmsState = (typeof smsStates)[number];

/** Why the bureau's leader on duty is called. */
export const callReasons = ['extraHigh', 'largeAmount', 'unanswered', 'breach'] as const;
export type CallReason = (typeof callReasons)[number];

/** What has to be done within a time; the targets are in the domain's table. */
export const clockKinds = [
  'traceSent',
  'stopPayment',
  'acknowledge',
  'underWay',
  'meeting',
  'feedback',
  'sameDay',
] as const;
export type ClockKind = (typeof clockKinds)[number];
/** `void`: it no longer mattered, as when the order was taken back. */
export const clockOutcomes = ['met', 'late', 'void'] as const;
export type ClockOutcome = (typeof clockOutcomes)[number];

export const stopStates = ['requested', 'confirmed', 'refused', 'withdrawn'] as const;
export type StopState = (typeof stopStates)[number];

export const orderStates = [
  'issued',
  'acknowledged',
  'underWay',
  'met',
  'fedBack',
  'handedOver',
  'cancelled',
] as const;
export type OrderState = (typeof orderStates)[number];
/** Why this station: her home, where she now is, a leader's choice, another station's hand-over. */
export const orderBases = ['home', 'whereNow', 'chosen', 'handedOver'] as const;
export type OrderBasis = (typeof orderBases)[number];

/** The five steps of a meeting, from 1. */
export const meetingSteps = ['identity', 'introduction', 'phoneCheck', 'persuasion', 'followUp'] as const;
/** Why a step was not done. */
export const stepRefusals = ['refused', 'denied', 'absent', 'noPhone', 'other'] as const;
export type StepRefusal = (typeof stepRefusals)[number];
export const documentKinds = ['pledge', 'photo', 'recording', 'other'] as const;
export type DocumentKind = (typeof documentKinds)[number];
export const revisitStates = ['planned', 'done', 'missed', 'cancelled'] as const;
export type RevisitState = (typeof revisitStates)[number];
export const spotVerdicts = ['good', 'lacking'] as const;
export type SpotVerdict = (typeof spotVerdicts)[number];

/** Feedback to the platform that sent the alert; `acknowledged` is the platform's own word. */
export const upwardStates = ['queued', 'delivered', 'acknowledged', 'failed'] as const;
export type UpwardState = (typeof upwardStates)[number];
