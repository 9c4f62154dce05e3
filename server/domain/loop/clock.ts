/**
 * Clocks of the closed loop: what has to be done within a time. Which fact starts, stops or moves which clock is told here and
 * nowhere else; whoever writes a fact cannot forget its clock. Pure.
 */
import type { Risk } from '#contract/alert.ts';
import { type ClockKind, clockKinds, risks } from '#contract/kinds.ts';
import type { Role } from '#contract/incident.ts';
import type { NewDomainEvent } from '../event/event.ts';
import { dayMs, dayOf, dayStartMs } from '../shanghai.ts';
import { meetingTargetS } from './order.ts';
import { isGrave } from './request.ts';

/** From the start to the due time, and how long before it somebody is warned; seconds. Of `sameDay`: from midnight. */
export interface ClockTarget {
  targetS: number;
  warnS: number;
}

/** What a leader set in place of a default; risk null: whatever the risk. */
export interface SetTarget extends ClockTarget {
  kind: ClockKind;
  risk: Risk | null;
}

/** `docs/glossary.md`, `domain.md`: the bureau's rules. A leader may set others. */
const defaults: Record<Exclude<ClockKind, 'meeting'>, ClockTarget> = {
  traceSent: { targetS: 60, warnS: 20 },
  stopPayment: { targetS: 600, warnS: 180 },
  acknowledge: { targetS: 300, warnS: 120 },
  underWay: { targetS: 600, warnS: 180 },
  feedback: { targetS: 1800, warnS: 600 },
  sameDay: { targetS: 22 * 3600, warnS: 2 * 3600 },
};
const warnShare = 1 / 3;
/** An alert that comes so shortly before the hour of clearing is to be cleared on the next day. */
const clearAtLeastS = 2 * 3600;

/** The target in force. */
export function targetOf(kind: ClockKind, risk: Risk, set: readonly SetTarget[]): ClockTarget {
  const found =
    set.find(each => each.kind === kind && each.risk === risk) ??
    set.find(each => each.kind === kind && each.risk === null);
  if (found) return { targetS: found.targetS, warnS: Math.min(found.warnS, found.targetS) };
  if (kind !== 'meeting') return defaults[kind];
  const targetS = meetingTargetS[risk];
  return { targetS, warnS: targetS * warnShare };
}

/** Every target in force, one row a kind, and a risk where it matters. */
export const allTargets = (set: readonly SetTarget[]): SetTarget[] =>
  clockKinds.flatMap((kind): SetTarget[] =>
    kind === 'meeting'
      ? risks.map(risk => ({ kind, risk, ...targetOf(kind, risk, set) }))
      : [{ kind, risk: null, ...targetOf(kind, 'low', set) }],
  );

/** When a clock that starts at `startMs` warns and is due, ms. */
export function timesOf(
  kind: ClockKind,
  startMs: number,
  { targetS, warnS }: ClockTarget,
): { warnMs: number; dueMs: number } {
  let dueMs = startMs + targetS * 1000;
  if (kind === 'sameDay') {
    dueMs = dayStartMs(dayOf(startMs)) + targetS * 1000;
    if (dueMs - startMs < clearAtLeastS * 1000) dueMs += dayMs;
  }
  return { warnMs: Math.max(startMs, dueMs - warnS * 1000), dueMs };
}

export type ClockMove =
  /** `once`: not again after one of this kind has run. */
  | { move: 'start'; kind: ClockKind; refId: string | null; at: string; once?: boolean }
  /** `outcome` says that it no longer matters; else being in time decides. */
  | { move: 'stop'; kind: ClockKind; refId: string | null; at: string; outcome?: 'void' }
  /** Stops as soon as nothing of its kind waits any more; that the tables know. */
  | { move: 'settle'; kind: 'traceSent' | 'stopPayment'; at: string }
  | { move: 'retime'; kind: 'meeting'; risk: Risk }
  /** The incident is over: `met` says whether she was met. */
  | { move: 'end'; at: string; met: boolean };

const ofOrder = ['acknowledge', 'underWay', 'feedback'] as const;

/** What a fact does to the clocks of its incident, in order. */
export function clockMoves(fact: NewDomainEvent): ClockMove[] {
  const at = fact.observedAt;
  const start = (kind: ClockKind, refId: string | null = null): ClockMove => ({
    move: 'start',
    kind,
    refId,
    at,
  });
  const stop = (kind: ClockKind, refId: string | null = null, outcome?: 'void'): ClockMove => ({
    move: 'stop',
    kind,
    refId,
    at,
    ...(outcome && { outcome }),
  });
  switch (fact.kind) {
    case 'incidentOpened':
      return [start('sameDay'), start('meeting')];
    case 'alertReceived': {
      const { amount, accounts = 0 } = fact.payload;
      const money = (amount ?? 0) > 0 || accounts > 0;
      return money ? [{ move: 'start', kind: 'stopPayment', refId: null, at, once: true }] : [];
    }
    case 'riskRaised':
      return [{ move: 'retime', kind: 'meeting', risk: fact.payload.risk }];
    case 'traceRequested':
      return fact.payload.state === 'sent' ? [] : [start('traceSent')];
    case 'traceRequestMoved':
      return fact.payload.to === 'asked' ? [] : [{ move: 'settle', kind: 'traceSent', at }];
    case 'stopMoved':
      return [{ move: 'settle', kind: 'stopPayment', at }];
    case 'orderIssued':
      return [start('acknowledge', fact.payload.orderId), start('underWay', fact.payload.orderId)];
    case 'orderMoved':
      return orderMoves(fact.payload, start, stop);
    case 'meetingHeld':
      return [{ move: 'stop', kind: 'meeting', refId: null, at: fact.payload.at }];
    case 'handedOver':
      return (['meeting', 'sameDay', 'stopPayment'] as const).map(kind => stop(kind, null, 'void'));
    case 'handOverUndone':
      return [start('sameDay'), start('meeting')];
    case 'incidentClosed': {
      const { outcome, closedAt } = fact.payload;
      return [{ move: 'end', at: closedAt, met: outcome === 'met' || outcome === 'metTooLate' }];
    }
    default:
      return [];
  }
}

type Moving = (kind: ClockKind, refId?: string | null, outcome?: 'void') => ClockMove;

function orderMoves(
  { orderId, to }: Extract<NewDomainEvent, { kind: 'orderMoved' }>['payload'],
  start: Moving,
  stop: Moving,
): ClockMove[] {
  switch (to) {
    case 'acknowledged':
      return [stop('acknowledge', orderId)];
    case 'underWay':
      return [stop('acknowledge', orderId), stop('underWay', orderId)];
    case 'met':
      return [
        stop('acknowledge', orderId),
        stop('underWay', orderId),
        stop('meeting'),
        start('feedback', orderId),
      ];
    case 'fedBack':
      return ofOrder.map(kind => stop(kind, orderId));
    case 'handedOver':
    case 'cancelled':
      return ofOrder.map(kind => stop(kind, orderId, 'void'));
    case 'issued':
      return [];
  }
}

/** Who is told. `leader`: a breach at a grave risk also calls the bureau's leader on duty. */
export const escalation: Record<
  ClockKind,
  { warning: readonly Role[]; breach: readonly Role[]; leader: boolean }
> = {
  traceSent: {
    warning: ['operator', 'leader', 'trace'],
    breach: ['operator', 'leader', 'trace'],
    leader: true,
  },
  stopPayment: { warning: ['operator', 'trace'], breach: ['operator', 'leader', 'trace'], leader: true },
  acknowledge: { warning: ['station'], breach: ['operator', 'leader', 'station'], leader: false },
  underWay: { warning: ['station'], breach: ['operator', 'leader', 'station'], leader: false },
  meeting: {
    warning: ['operator', 'leader', 'station'],
    breach: ['operator', 'leader', 'station'],
    leader: true,
  },
  feedback: { warning: ['station'], breach: ['operator', 'station'], leader: false },
  sameDay: { warning: ['operator', 'station'], breach: ['operator', 'leader', 'station'], leader: false },
};

/** Whether a breach calls the bureau's leader. */
export const callsLeader = (kind: ClockKind, risk: Risk): boolean => escalation[kind].leader && isGrave(risk);
