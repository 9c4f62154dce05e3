/** The closed loop: three lines, clocks, stop-payments, dispatch orders, meetings, feedback, outcomes. */
import { boolean, date, integer, pgTable, primaryKey, text, unique } from 'drizzle-orm/pg-core';
import type { AnyPgColumn } from 'drizzle-orm/pg-core';
import type { Risk } from '#contract/alert.ts';
import type {
  CallReason,
  ClockKind,
  ClockOutcome,
  ContactChannel,
  ContactOutcome,
  DocumentKind,
  Line,
  OrderBasis,
  OrderState,
  RequestState,
  RevisitState,
  SmsState,
  SpotVerdict,
  StepRefusal,
  StopState,
  traceSources,
  UpwardState,
} from '#contract/kinds.ts';
import { bytes, instant, money } from '../columns.ts';
import { accountPrivate, alert, authority, incident, textPrivate } from './incident.ts';
import { appUser } from './people.ts';

const incidentId = () =>
  text()
    .notNull()
    .references(() => incident.id);
const words = () => text().references(() => textPrivate.id, { onDelete: 'set null' });
const userId = () => text().references(() => appUser.id);

export const lineOwner = pgTable(
  'line_owner',
  {
    incidentId: incidentId(),
    line: text().$type<Line>().notNull(),
    userId: userId().notNull(),
    at: instant().notNull(),
  },
  table => [primaryKey({ columns: [table.incidentId, table.line] })],
);

export const traceRequest = pgTable('trace_request', {
  id: text().primaryKey(),
  incidentId: incidentId(),
  askedOf: text().$type<(typeof traceSources)[number]>().notNull(),
  whatId: words(),
  state: text().$type<RequestState>().notNull(),
  authorityId: text().references(() => authority.id),
  madeBy: text().notNull(),
  madeAt: instant().notNull(),
  askedBy: text(),
  askedAt: instant(),
  sentBy: text(),
  sentAt: instant(),
  endedBy: text(),
  endedAt: instant(),
  answerId: words(),
});

export const contact = pgTable('contact', {
  id: text().primaryKey(),
  incidentId: incidentId(),
  channel: text().$type<ContactChannel>().notNull(),
  outcome: text().$type<ContactOutcome>().notNull(),
  at: instant().notNull(),
  recordedBy: text().notNull(),
  recordedAt: instant().notNull(),
  noteId: words(),
});

/** A message is delivered when its receipt says so, not before. */
export const smsMessage = pgTable('sms_message', {
  id: text().primaryKey(),
  incidentId: incidentId(),
  recipient: text().$type<'subject' | 'family'>().notNull(),
  /** A relative's number; the subject's own is in `subject_private`. */
  phoneId: words(),
  template: text().notNull(),
  bodyId: words(),
  state: text().$type<SmsState>().notNull(),
  attempts: integer().notNull().default(0),
  nextTryAt: instant(),
  /** What the gateway calls it. */
  gatewayId: text().unique(),
  queuedBy: text().notNull(),
  queuedAt: instant().notNull(),
  acceptedAt: instant(),
  endedAt: instant(),
  trouble: text(),
});

export const leaderCall = pgTable('leader_call', {
  id: text().primaryKey(),
  incidentId: incidentId(),
  because: text().$type<CallReason>().notNull(),
  clockId: text(),
  calledAt: instant().notNull(),
  answeredBy: userId(),
  answeredAt: instant(),
  noteId: words(),
});

export const clock = pgTable('clock', {
  id: text().primaryKey(),
  incidentId: incidentId(),
  kind: text().$type<ClockKind>().notNull(),
  refId: text(),
  startedAt: instant().notNull(),
  warnAt: instant().notNull(),
  dueAt: instant().notNull(),
  warnedAt: instant(),
  breachedAt: instant(),
  /** The breach was noticed only afterwards. */
  late: boolean().notNull().default(false),
  stoppedAt: instant(),
  outcome: text().$type<ClockOutcome>(),
  forecastAt: instant(),
  forecastBreach: boolean().notNull().default(false),
});

/** What a leader set; a kind without a row has the target that the code says. Risk null: whatever the risk. */
export const clockTarget = pgTable('clock_target', {
  kind: text().$type<ClockKind>().notNull(),
  risk: text().$type<Risk>(),
  targetS: integer().notNull(),
  warnS: integer().notNull(),
  reason: text().notNull(),
  setBy: userId().notNull(),
  setAt: instant().notNull(),
});

export const stopPayment = pgTable('stop_payment', {
  id: text().primaryKey(),
  incidentId: incidentId(),
  accountId: text().references(() => accountPrivate.id, { onDelete: 'set null' }),
  bank: text().notNull(),
  amount: money(),
  state: text().$type<StopState>().notNull(),
  requestedBy: text().notNull(),
  requestedAt: instant().notNull(),
  answeredBy: text(),
  answeredAt: instant(),
  amountHeld: money(),
  noteId: words(),
});

export const bankContact = pgTable(
  'bank_contact',
  {
    id: text().primaryKey(),
    bank: text().notNull(),
    branch: text().notNull(),
    phone: text().notNull(),
    person: text(),
    hours: text(),
    note: text(),
    changedBy: text().notNull(),
    changedAt: instant().notNull(),
  },
  table => [unique().on(table.bank, table.branch)],
);

export const dispatchOrder = pgTable('dispatch_order', {
  id: text().primaryKey(),
  incidentId: incidentId(),
  /** Stays when another region does not have the station any more: who was ordered is history. */
  stationId: text().notNull(),
  basis: text().$type<OrderBasis>().notNull(),
  replaces: text().references((): AnyPgColumn => dispatchOrder.id),
  state: text().$type<OrderState>().notNull(),
  issuedBy: text().notNull(),
  issuedAt: instant().notNull(),
  /** By when she is to be met, as it stood when the order was issued. */
  meetDueAt: instant(),
  acknowledgedBy: text(),
  acknowledgedAt: instant(),
  assignedAt: instant(),
  underWayAt: instant(),
  metAt: instant(),
  fedBackBy: text(),
  fedBackAt: instant(),
  endedAt: instant(),
  reasonId: words(),
  noteId: words(),
});

/** The officer's id of the roster; he may have left it since. */
const officers = { officerId: text().notNull(), sworn: boolean().notNull() };

export const orderOfficer = pgTable(
  'order_officer',
  {
    orderId: text()
      .notNull()
      .references(() => dispatchOrder.id),
    ...officers,
  },
  table => [primaryKey({ columns: [table.orderId, table.officerId] })],
);

export const meeting = pgTable('meeting', {
  id: text().primaryKey(),
  incidentId: incidentId(),
  orderId: text().references(() => dispatchOrder.id),
  at: instant().notNull(),
  placeId: text(),
  whereId: words(),
  consent: boolean(),
  appInstalled: boolean(),
  miniProgram: boolean(),
  recordedBy: text().notNull(),
  recordedAt: instant().notNull(),
});

const meetingId = () =>
  text()
    .notNull()
    .references(() => meeting.id);

export const meetingOfficer = pgTable('meeting_officer', { meetingId: meetingId(), ...officers }, table => [
  primaryKey({ columns: [table.meetingId, table.officerId] }),
]);

export const meetingStep = pgTable(
  'meeting_step',
  {
    meetingId: meetingId(),
    step: integer().notNull(),
    done: boolean().notNull(),
    refusal: text().$type<StepRefusal>(),
    at: instant().notNull(),
    doneBy: text().notNull(),
    noteId: words(),
  },
  table => [primaryKey({ columns: [table.meetingId, table.step] })],
);

/** Pledges, photographs; of a recording its reference alone. Part of the vault. */
export const documentPrivate = pgTable('document_private', {
  id: text().primaryKey(),
  incidentId: incidentId(),
  meetingId: text().references(() => meeting.id),
  kind: text().$type<DocumentKind>().notNull(),
  mime: text().notNull(),
  bytes: bytes().notNull(),
  reference: text(),
  addedBy: text().notNull(),
  addedAt: instant().notNull(),
});

/** Said by the centre to the family, and by the officer at the door: who does not know it is not the police. */
export const trustPhrase = pgTable('trust_phrase', {
  id: text().primaryKey(),
  incidentId: incidentId(),
  phraseId: words(),
  madeBy: text().notNull(),
  madeAt: instant().notNull(),
  toldAt: instant(),
});

export const revisit = pgTable('revisit', {
  id: text().primaryKey(),
  incidentId: incidentId(),
  meetingId: meetingId(),
  dueAt: instant().notNull(),
  state: text().$type<RevisitState>().notNull(),
  plannedBy: text().notNull(),
  plannedAt: instant().notNull(),
  endedBy: text(),
  endedAt: instant(),
  noteId: words(),
});

/** A meeting whose recording a leader is to listen to in this week. */
export const spotCheck = pgTable('spot_check', {
  meetingId: text()
    .primaryKey()
    .references(() => meeting.id),
  incidentId: incidentId(),
  week: date().notNull(),
  drawnAt: instant().notNull(),
  verdict: text().$type<SpotVerdict>(),
  checkedBy: userId(),
  checkedAt: instant(),
  noteId: words(),
});

/** Feedback to the platform that sent the alert. */
export const upwardMessage = pgTable('upward_message', {
  id: text().primaryKey(),
  incidentId: incidentId(),
  alertId: text()
    .notNull()
    .references(() => alert.id),
  state: text().$type<UpwardState>().notNull(),
  bodyId: words(),
  attempts: integer().notNull().default(0),
  nextTryAt: instant(),
  queuedAt: instant().notNull(),
  deliveredAt: instant(),
  acknowledgedAt: instant(),
  trouble: text(),
});

/** Not cleared on its day: who answers for it. */
export const dayCarried = pgTable(
  'day_carried',
  {
    incidentId: incidentId(),
    day: date().notNull(),
    ownerId: userId().notNull(),
    whyId: words(),
    at: instant().notNull(),
  },
  table => [primaryKey({ columns: [table.incidentId, table.day] })],
);

export const outcomeReport = pgTable('outcome_report', {
  id: text().primaryKey(),
  incidentId: incidentId(),
  reportedAt: instant().notNull(),
  transferred: boolean().notNull(),
  lossAmount: money(),
  caseFiled: boolean().notNull(),
  caseNumberId: words(),
  arrests: integer().notNull().default(0),
  noteId: words(),
  recordedBy: text().notNull(),
  recordedAt: instant().notNull(),
});
