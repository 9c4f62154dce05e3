/** What the world knows of the closed loop around one incident. Plain data; instants are ISO 8601. */
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

export interface WorldRequest {
  id: string;
  askedOf: (typeof traceSources)[number];
  state: RequestState;
  madeAt: string;
  changedAt: string;
}

export interface WorldContact {
  id: string;
  channel: ContactChannel;
  outcome: ContactOutcome;
  at: string;
}

export interface WorldSms {
  id: string;
  recipient: 'subject' | 'family';
  state: SmsState;
  queuedAt: string;
  changedAt: string;
}

export interface WorldCall {
  id: string;
  because: CallReason;
  clockId: string | null;
  calledAt: string;
  answeredAt: string | null;
  answeredBy: string | null;
}

export interface WorldClock {
  id: string;
  kind: ClockKind;
  /** The order, request or stop-payment that it is about. */
  refId: string | null;
  startedAt: string;
  warnAt: string;
  dueAt: string;
  warned: boolean;
  breached: boolean;
  /** Null while it runs. */
  stoppedAt: string | null;
  outcome: ClockOutcome | null;
  /** When what remains will be done, and whether that is too late. */
  forecast?: { doneAt: string | null; breach: boolean };
}

export interface WorldStop {
  id: string;
  bank: string;
  amount: number | null;
  state: StopState;
  amountHeld: number | null;
  requestedAt: string;
  changedAt: string;
  /** What was noted to be held before it was put right, oldest first. */
  corrections?: readonly { at: string; before: number }[];
}

export interface WorldOrder {
  id: string;
  stationId: string;
  basis: OrderBasis;
  replaces: string | null;
  state: OrderState;
  issuedAt: string;
  changedAt: string;
  /** When it first came to each state. */
  at: Partial<Record<OrderState, string>>;
  officerIds: readonly string[];
  sworn: number;
}

export interface WorldMeeting {
  id: string;
  orderId: string | null;
  at: string;
  officers: number;
  sworn: number;
  /** By step, 1 to 5. */
  steps: Readonly<Record<number, { done: boolean; refusal: StepRefusal | null; at: string }>>;
  /** Absent until somebody says. */
  noted?: { consent: boolean | null; appInstalled: boolean | null; miniProgram: boolean | null };
  checked: SpotVerdict | null;
}

export interface WorldRevisit {
  id: string;
  meetingId: string;
  dueAt: string;
  state: RevisitState;
}

export interface WorldOutcome {
  id: string;
  reportedAt: string;
  transferredAfterAlert: boolean;
  lossAmount: number | null;
  caseFiled: boolean;
  arrests: number;
}

export interface WorldLoop {
  owners: Partial<Record<Line, string>>;
  requests: Record<string, WorldRequest>;
  contacts: readonly WorldContact[];
  messages: Record<string, WorldSms>;
  calls: Record<string, WorldCall>;
  clocks: Record<string, WorldClock>;
  stops: Record<string, WorldStop>;
  orders: Record<string, WorldOrder>;
  meetings: Record<string, WorldMeeting>;
  documents: Record<string, { id: string; meetingId: string | null; kind: DocumentKind; at: string }>;
  revisits: Record<string, WorldRevisit>;
  /** The newest feedback to the platform. */
  upward: { id: string; state: UpwardState; changedAt: string } | null;
  /** Days at whose end it was still open, and who answers for it. */
  carried: Record<string, string>;
  outcomes: Record<string, WorldOutcome>;
}

export const emptyLoop: WorldLoop = {
  owners: {},
  requests: {},
  contacts: [],
  messages: {},
  calls: {},
  clocks: {},
  stops: {},
  orders: {},
  meetings: {},
  documents: {},
  revisits: {},
  upward: null,
  carried: {},
  outcomes: {},
};
