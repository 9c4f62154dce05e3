/** The after-action report from the log of its incident. Pure. */
import type { AfterAction } from '#contract/after-action.ts';
import { apply } from '#domain/apply.ts';
import type { DomainEvent } from '#domain/event/event.ts';
import { dayOf } from '#domain/shanghai.ts';
import { emptyWorld } from '#domain/world.ts';
import { toldFacts } from '../cases.ts';

type FromLog = Pick<
  AfterAction,
  | 'incidentId'
  | 'day'
  | 'number'
  | 'risk'
  | 'scamType'
  | 'openedAt'
  | 'closedAt'
  | 'outcome'
  | 'amount'
  | 'heldAmount'
  | 'clocks'
  | 'timeline'
  | 'known'
  | 'stops'
> & { stationId: string | null };

/** `log`: all rows about the incident, in seq order. Undefined when it does not begin one. */
export function afterActionOf(
  log: readonly DomainEvent[],
  incidentId: string,
  nameOf: (stationId: string) => string | null,
): FromLog | undefined {
  // That it left the screens is no part of what happened.
  const facts = log.filter(({ kind }) => kind !== 'incidentArchived');
  const incident = facts.reduce(apply, emptyWorld).incidents[incidentId];
  if (!incident) return undefined;
  const { number, risk, scamType, openedAt, closedAt, outcome, stationId, loop } = incident;
  const clocks = Object.values(loop.clocks).toSorted(
    (a, b) => Date.parse(a.startedAt) - Date.parse(b.startedAt),
  );
  const stops = Object.values(loop.stops).toSorted(
    (a, b) => Date.parse(a.requestedAt) - Date.parse(b.requestedAt),
  );
  return {
    incidentId,
    day: dayOf(Date.parse(openedAt)),
    number,
    risk,
    scamType,
    stationId,
    openedAt,
    closedAt: closedAt ?? null,
    outcome: outcome ?? null,
    amount: amountOf(log),
    heldAmount: stops.reduce(
      (sum, { state, amountHeld }) => sum + (state === 'confirmed' ? (amountHeld ?? 0) : 0),
      0,
    ),
    clocks: clocks.map(({ kind, startedAt, dueAt, stoppedAt, outcome: how }) => ({
      kind,
      startedAt,
      dueAt,
      stoppedAt,
      outcome: how,
      lateS: stoppedAt === null ? null : (Date.parse(stoppedAt) - Date.parse(dueAt)) / 1000,
    })),
    timeline: toldFacts(log, nameOf),
    known: knownOf(log),
    stops: stops.map(({ bank, state, requestedAt, changedAt, amountHeld, corrections }) => ({
      bank,
      state,
      requestedAt,
      changedAt,
      amountHeld,
      corrections: corrections?.length ?? 0,
    })),
  };
}

/** The largest that an alert named, in yuan. */
function amountOf(log: readonly DomainEvent[]): number | null {
  const named = log.flatMap(fact => (fact.kind === 'alertReceived' ? (fact.payload.amount ?? []) : []));
  return named.length === 0 ? null : Math.max(...named);
}

/** Each sighting with the times of its happening and of the centre's knowing, and what became of it. */
function knownOf(log: readonly DomainEvent[]): AfterAction['known'] {
  const ended = new Map<string, { withdrawnAt?: string; correctedAt?: string }>();
  for (const fact of log) {
    if (fact.kind === 'sightingWithdrawn')
      ended.set(fact.payload.sightingId, { withdrawnAt: fact.receivedAt });
    if (fact.kind === 'sightingCorrected') ended.set(fact.payload.replaces, { correctedAt: fact.receivedAt });
  }
  return log.flatMap(fact => {
    if (fact.kind !== 'sightingRecorded' && fact.kind !== 'sightingCorrected') return [];
    const { observedAt, receivedAt, payload } = fact;
    const delayS = Math.max(0, (Date.parse(receivedAt) - Date.parse(observedAt)) / 1000);
    const { withdrawnAt = null, correctedAt = null } = ended.get(payload.sightingId) ?? {};
    return { kind: payload.kind, observedAt, receivedAt, delayS, withdrawnAt, correctedAt };
  });
}
