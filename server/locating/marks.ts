import type { BeliefReason } from '#contract/posterior.ts';
import type { DomainEvent } from '#domain/event/event.ts';

type Row = Pick<DomainEvent, 'kind' | 'payload'>;

/** Which incident a fact makes work for, and why; `everything`: roads, units or priors are others now. Null: no work. */
export function markOf(row: Row): { incidentId: string; because: BeliefReason } | 'everything' | null {
  const fact = row as DomainEvent;
  switch (fact.kind) {
    case 'incidentOpened':
    case 'alertReceived':
    case 'homeResolved':
      return mark(fact, 'opened');
    case 'sightingRecorded':
      return mark(fact, fact.payload.kind === 'search' ? 'search' : 'sighting');
    case 'sightingCorrected':
      return mark(fact, 'correction');
    case 'sightingWithdrawn':
      return mark(fact, 'withdrawal');
    case 'taskOrdered':
    case 'taskAnswered':
    case 'taskResult':
    case 'taskUndone':
      return mark(fact, 'task');
    case 'roadClosed':
    case 'roadOpened':
    case 'cameraStateChanged':
    case 'unitCreated':
    case 'unitStateChanged':
    case 'shiftPlanned':
    case 'shiftChanged':
    case 'shiftCancelled':
    case 'regionInstalled':
    case 'priorsSet':
      return 'everything';
    default:
      return null;
  }
}

const mark = (fact: { payload: { incidentId: string } }, because: BeliefReason) => ({
  incidentId: fact.payload.incidentId,
  because,
});

const weights: Record<BeliefReason, number> = {
  time: 0,
  task: 1,
  opened: 2,
  search: 3,
  withdrawal: 4,
  correction: 5,
  sighting: 6,
};

/** Of several reasons the one that says most of why a belief is another; `time` when there is none. */
export function weightiest(rows: readonly Row[]): BeliefReason {
  let most: BeliefReason = 'time';
  for (const row of rows) {
    const mark = markOf(row);
    if (mark && mark !== 'everything' && weights[mark.because] > weights[most]) most = mark.because;
  }
  return most;
}
