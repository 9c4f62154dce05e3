import type { DomainEvent } from '../event/event.ts';
import type { loopPayloads } from '../event/loop.ts';
import type { WorldLoop } from './world.ts';

export type LoopFact = Extract<DomainEvent, { kind: keyof typeof loopPayloads }>;

/** The loop after one more fact about it. A fact about something that is not there changes nothing. */
export function applyLoop(loop: WorldLoop, fact: LoopFact): WorldLoop {
  const at = fact.observedAt;
  switch (fact.kind) {
    case 'lineTaken': {
      const { [fact.payload.line]: _, ...owners } = loop.owners;
      const { line, userId } = fact.payload;
      return { ...loop, owners: userId === null ? owners : { ...owners, [line]: userId } };
    }
    case 'traceRequested': {
      const { requestId: id, askedOf, state } = fact.payload;
      return put(loop, 'requests', { id, askedOf, state, madeAt: at, changedAt: at });
    }
    case 'traceRequestMoved':
      return change(loop, 'requests', fact.payload.requestId, { state: fact.payload.to, changedAt: at });
    case 'contactMade': {
      const { contactId: id, channel, outcome } = fact.payload;
      const contacts = [...loop.contacts, { id, channel, outcome, at }];
      return { ...loop, contacts: contacts.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at)) };
    }
    case 'smsMoved': {
      const { messageId: id, recipient, to: state } = fact.payload;
      const queuedAt = loop.messages[id]?.queuedAt ?? at;
      return put(loop, 'messages', { id, recipient, state, queuedAt, changedAt: at });
    }
    case 'leaderCalled': {
      const { callId: id, because, clockId } = fact.payload;
      return put(loop, 'calls', { id, because, clockId, calledAt: at, answeredAt: null, answeredBy: null });
    }
    case 'leaderAnswered':
      return change(loop, 'calls', fact.payload.callId, { answeredAt: at, answeredBy: fact.payload.userId });
    case 'stopRequested': {
      const { stopId: id, bank, amount } = fact.payload;
      const times = { requestedAt: at, changedAt: at };
      return put(loop, 'stops', { id, bank, amount, state: 'requested', amountHeld: null, ...times });
    }
    case 'stopMoved': {
      const { stopId, to: state, amountHeld } = fact.payload;
      return change(loop, 'stops', stopId, { state, amountHeld, changedAt: at });
    }
    case 'stopCorrected': {
      const { stopId, amountHeld, before } = fact.payload;
      const corrections = [...(loop.stops[stopId]?.corrections ?? []), { at, before }];
      return change(loop, 'stops', stopId, { amountHeld, corrections });
    }
    case 'upwardMoved': {
      const { messageId: id, to: state } = fact.payload;
      return { ...loop, upward: { id, state, changedAt: at } };
    }
    case 'dayCarried':
      return { ...loop, carried: { ...loop.carried, [fact.payload.day]: fact.payload.ownerId } };
    case 'outcomeReported': {
      const { incidentId: _, outcomeId: id, ...rest } = fact.payload;
      return put(loop, 'outcomes', { id, ...rest });
    }
    case 'clockStarted':
    case 'clockMoved':
    case 'clockWarned':
    case 'clockBreached':
    case 'clockStopped':
    case 'clockForecast':
      return applyClock(loop, fact);
    case 'orderIssued':
    case 'orderMoved':
    case 'orderAssigned':
      return applyOrder(loop, fact);
    default:
      return applyMeeting(loop, fact);
  }
}

type ClockFact = Extract<LoopFact, { payload: { clockId: string } }>;

function applyClock(loop: WorldLoop, fact: Exclude<ClockFact, { kind: 'leaderCalled' }>): WorldLoop {
  switch (fact.kind) {
    case 'clockStarted': {
      const { incidentId: _, clockId: id, ...rest } = fact.payload;
      const running = { warned: false, breached: false, stoppedAt: null, outcome: null };
      return put(loop, 'clocks', { id, ...rest, ...running });
    }
    case 'clockMoved': {
      const { clockId, warnAt, dueAt } = fact.payload;
      return change(loop, 'clocks', clockId, { warnAt, dueAt, warned: false, breached: false });
    }
    case 'clockWarned':
      return change(loop, 'clocks', fact.payload.clockId, { warned: true });
    case 'clockBreached':
      return change(loop, 'clocks', fact.payload.clockId, { warned: true, breached: true });
    case 'clockStopped': {
      const { clockId, outcome } = fact.payload;
      return change(loop, 'clocks', clockId, { stoppedAt: fact.observedAt, outcome });
    }
    case 'clockForecast': {
      const { clockId, doneAt, breach } = fact.payload;
      return change(loop, 'clocks', clockId, { forecast: { doneAt, breach } });
    }
  }
}

function applyOrder(
  loop: WorldLoop,
  fact: Extract<LoopFact, { kind: 'orderIssued' | 'orderMoved' | 'orderAssigned' }>,
): WorldLoop {
  const at = fact.observedAt;
  const { orderId: id } = fact.payload;
  switch (fact.kind) {
    case 'orderIssued': {
      const { stationId, basis, replaces } = fact.payload;
      const started = { state: 'issued', issuedAt: at, changedAt: at, at: { issued: at } } as const;
      return put(loop, 'orders', { id, stationId, basis, replaces, ...started, officerIds: [], sworn: 0 });
    }
    case 'orderMoved': {
      const { to: state } = fact.payload;
      const before = loop.orders[id];
      return before
        ? change(loop, 'orders', id, { state, changedAt: at, at: { [state]: at, ...before.at } })
        : loop;
    }
    case 'orderAssigned': {
      const { officerIds, sworn } = fact.payload;
      return change(loop, 'orders', id, { officerIds, sworn });
    }
  }
}

type MeetingFact = Extract<
  LoopFact,
  {
    kind:
      | 'meetingHeld'
      | 'meetingStepDone'
      | 'meetingNoted'
      | 'documentKept'
      | 'revisitPlanned'
      | 'revisitMoved'
      | 'spotChecked';
  }
>;

function applyMeeting(loop: WorldLoop, fact: MeetingFact): WorldLoop {
  switch (fact.kind) {
    case 'meetingHeld': {
      const { incidentId: _, meetingId: id, ...rest } = fact.payload;
      return put(loop, 'meetings', { id, ...rest, steps: {}, checked: null });
    }
    case 'meetingStepDone': {
      const { meetingId, step, done, refusal } = fact.payload;
      const before = loop.meetings[meetingId];
      if (!before) return loop;
      const steps = { ...before.steps, [step]: { done, refusal, at: fact.observedAt } };
      return change(loop, 'meetings', meetingId, { steps });
    }
    case 'meetingNoted': {
      const { meetingId, consent, appInstalled, miniProgram } = fact.payload;
      return change(loop, 'meetings', meetingId, { noted: { consent, appInstalled, miniProgram } });
    }
    case 'documentKept': {
      const { documentId: id, meetingId, kind } = fact.payload;
      return put(loop, 'documents', { id, meetingId, kind, at: fact.observedAt });
    }
    case 'revisitPlanned': {
      const { revisitId: id, meetingId, dueAt } = fact.payload;
      return put(loop, 'revisits', { id, meetingId, dueAt, state: 'planned' });
    }
    case 'revisitMoved':
      return change(loop, 'revisits', fact.payload.revisitId, { state: fact.payload.to });
    case 'spotChecked':
      return change(loop, 'meetings', fact.payload.meetingId, { checked: fact.payload.verdict });
  }
}

/** Those parts of the loop that hold things by their ids. */
type Shelf = {
  [K in keyof WorldLoop]: WorldLoop[K] extends Record<string, { id: string }> ? K : never;
}[keyof WorldLoop];
type On<S extends Shelf> = WorldLoop[S][string];

const put = <S extends Shelf>(loop: WorldLoop, shelf: S, thing: On<S>): WorldLoop => ({
  ...loop,
  [shelf]: { ...loop[shelf], [thing.id]: thing },
});

function change<S extends Shelf>(loop: WorldLoop, shelf: S, id: string, changed: Partial<On<S>>): WorldLoop {
  const before = loop[shelf][id];
  return before ? { ...loop, [shelf]: { ...loop[shelf], [id]: { ...before, ...changed } } } : loop;
}
