/** Random logs that the services could have written: every fact refers to what is there. */
import fc from 'fast-check';
import type { DomainEvent, NewDomainEvent } from '#domain/event/event.ts';
import { orderStates } from '#contract/kinds.ts';
import { taskAnswers, taskOutcomes } from '#domain/task.ts';

const stations = ['st-1', 'st-2'] as const;
const users = ['usr-1', 'usr-2', 'usr-3'] as const;
export const startMs = Date.UTC(2026, 10, 22, 3);
/** Authorities of the random logs end this long after their request, in steps of one second a fact. */
const authorityMs = 3_600_000;

type IncidentKind = Exclude<
  Extract<DomainEvent, { payload: { incidentId: string } }>['kind'],
  'incidentOpened' | TaskKind
>;
type TaskKind = Extract<DomainEvent, { payload: { taskId: string } }>['kind'];

interface Step {
  kind: DomainEvent['kind'];
  /** Which of the things that are there is meant. */
  pick: number;
  other: number;
}

/** Few incidents with much happening to them: looks need a member, an approved authority and sightings together. */
const kinds: fc.WeightedArbitrary<DomainEvent['kind']>[] = [
  { weight: 2, arbitrary: fc.constant('incidentOpened') },
  { weight: 2, arbitrary: fc.constant('alertReceived') },
  { weight: 1, arbitrary: fc.constant('riskRaised') },
  { weight: 2, arbitrary: fc.constant('stationAssigned') },
  { weight: 1, arbitrary: fc.constant('homeResolved') },
  { weight: 1, arbitrary: fc.constant('handedOver') },
  { weight: 1, arbitrary: fc.constant('handOverUndone') },
  { weight: 4, arbitrary: fc.constant('memberAdded') },
  { weight: 3, arbitrary: fc.constant('authorityRequested') },
  { weight: 5, arbitrary: fc.constant('authorityApproved') },
  { weight: 2, arbitrary: fc.constant('authorityRevoked') },
  { weight: 2, arbitrary: fc.constant('glassBroken') },
  { weight: 1, arbitrary: fc.constant('glassReviewed') },
  { weight: 2, arbitrary: fc.constant('wallPinned') },
  { weight: 1, arbitrary: fc.constant('wallUnpinned') },
  { weight: 6, arbitrary: fc.constant('sightingRecorded') },
  { weight: 1, arbitrary: fc.constant('sightingCorrected') },
  { weight: 1, arbitrary: fc.constant('sightingWithdrawn') },
  { weight: 2, arbitrary: fc.constant('beliefComputed') },
  { weight: 1, arbitrary: fc.constant('priorsSet') },
  { weight: 1, arbitrary: fc.constant('noteWritten') },
  { weight: 1, arbitrary: fc.constant('handoverSigned') },
  { weight: 1, arbitrary: fc.constant('handoverTaken') },
  { weight: 1, arbitrary: fc.constant('incidentClosed') },
  { weight: 4, arbitrary: fc.constant('orderIssued') },
  { weight: 4, arbitrary: fc.constant('orderMoved') },
  { weight: 1, arbitrary: fc.constant('contactMade') },
  { weight: 2, arbitrary: fc.constant('clockStarted') },
  { weight: 1, arbitrary: fc.constant('clockStopped') },
  { weight: 1, arbitrary: fc.constant('lineTaken') },
  { weight: 1, arbitrary: fc.constant('outcomeReported') },
  { weight: 1, arbitrary: fc.constant('stationRemoved') },
  { weight: 2, arbitrary: fc.constant('unitCreated') },
  { weight: 2, arbitrary: fc.constant('unitStateChanged') },
  { weight: 1, arbitrary: fc.constant('deviceRegistered') },
  { weight: 2, arbitrary: fc.constant('shiftPlanned') },
  { weight: 1, arbitrary: fc.constant('shiftChanged') },
  { weight: 1, arbitrary: fc.constant('shiftCancelled') },
  { weight: 3, arbitrary: fc.constant('taskOrdered') },
  { weight: 3, arbitrary: fc.constant('taskAnswered') },
  { weight: 2, arbitrary: fc.constant('taskResult') },
  { weight: 1, arbitrary: fc.constant('taskUndone') },
  { weight: 1, arbitrary: fc.constant('roadClosed') },
  { weight: 1, arbitrary: fc.constant('roadOpened') },
  { weight: 2, arbitrary: fc.constant('cameraStateChanged') },
];

const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.oneof(...kinds),
  pick: fc.nat(1000),
  other: fc.nat(1000),
});

/** An incident with all users on it and an approved authority: by chance alone a trace would seldom open. */
const prologue: Step[] = [
  { kind: 'incidentOpened', pick: 0, other: 0 },
  ...users.map((_, other) => ({ kind: 'memberAdded', pick: 0, other }) as const),
  { kind: 'authorityRequested', pick: 0, other: 0 },
  { kind: 'authorityApproved', pick: 0, other: 0 },
];

/** A log of up to `maxLength` facts with seq from 1; half of them begin with an incident whose trace can be opened. */
export const logs = (maxLength: number): fc.Arbitrary<DomainEvent[]> =>
  fc.tuple(fc.boolean(), fc.array(step, { minLength: 1, maxLength, size: 'max' })).map(([ready, steps]) => {
    const writer = new LogWriter();
    for (const each of [...(ready ? prologue : []), ...steps].slice(0, maxLength)) writer.take(each);
    return writer.log;
  });

class LogWriter {
  readonly log: DomainEvent[] = [];
  readonly #incidents: string[] = [];
  readonly #stationed = new Set<string>();
  readonly #authorities: { id: string; incidentId: string }[] = [];
  readonly #orders: { id: string; incidentId: string; stationId: string }[] = [];
  readonly #handovers: string[] = [];
  readonly #clocks: { id: string; incidentId: string }[] = [];
  readonly #sightings: { id: string; incidentId: string }[] = [];
  readonly #units: string[] = [];
  readonly #closures: string[] = [];
  readonly #tasks: { id: string; incidentId: string }[] = [];
  readonly #shifts: { shiftId: string; unitId: string }[] = [];

  take({ kind, pick, other }: Step): void {
    const fact = this.#fact(kind, pick, other);
    if (!fact) return;
    const seq = this.log.length + 1;
    const receivedAt = new Date(startMs + seq * 1000).toISOString();
    const incidentId = 'incidentId' in fact.payload ? fact.payload.incidentId : null;
    this.log.push({ ...fact, seq, actor: 'system:test', receivedAt, incidentId } as DomainEvent);
  }

  #fact(kind: DomainEvent['kind'], pick: number, other: number): NewDomainEvent | undefined {
    const number = this.log.length + 1;
    const observedAt = new Date(startMs + number * 1000 - (other % 300) * 1000).toISOString();
    const station = stations[pick % 3] ?? null;
    const userId = users[other % users.length]!;
    switch (kind) {
      case 'incidentOpened': {
        const incidentId = `inc-${number}`;
        this.#incidents.push(incidentId);
        if (station) this.#stationed.add(incidentId);
        const where = { stationId: station, stationBasis: station ? 'jurisdiction' : 'none' } as const;
        const what = { subjectId: `sub-${number}`, risk: 'medium', scamType: 'fakePolice' } as const;
        return {
          kind,
          observedAt,
          payload: { incidentId, number: this.#incidents.length, ...what, ...where, openedAt: observedAt },
        };
      }
      case 'unitCreated': {
        const unitId = `unt-${number}`;
        this.#units.push(unitId);
        const unit = {
          slot: number,
          callsign: `C${number}`,
          stationId: station,
          kind: 'car',
          state: 'available',
        } as const;
        return { kind, observedAt, payload: { unitId, ...unit, crew: { sworn: 1, auxiliary: 1 } } };
      }
      case 'unitStateChanged': {
        const unitId = from(this.#units, pick);
        return unitId === undefined ? undefined : { kind, observedAt, payload: { unitId, state: 'enRoute' } };
      }
      case 'shiftPlanned':
      case 'shiftChanged': {
        const unitId = from(this.#units, pick);
        const planned = unitId === undefined ? undefined : { shiftId: `shf-${number}`, unitId };
        const shift = kind === 'shiftPlanned' ? planned : from(this.#shifts, pick);
        if (!shift) return undefined;
        this.#shifts.push(shift);
        const startsAt = new Date(startMs + (other % 100) * 3_600_000).toISOString();
        const endsAt = new Date(startMs + ((other % 100) + 8) * 3_600_000).toISOString();
        return {
          kind,
          observedAt,
          payload: { ...shift, startsAt, endsAt, crew: { sworn: 1, auxiliary: 2 } },
        };
      }
      case 'roadClosed': {
        const closureId = `clo-${number}`;
        this.#closures.push(closureId);
        const line: [number, number][] = [
          [103.1, 24.6],
          [103.11, 24.6],
        ];
        return { kind, observedAt, payload: { closureId, line, direction: 'both', untilAt: null } };
      }
      case 'roadOpened': {
        const closureId = from(this.#closures, pick);
        return closureId === undefined ? undefined : { kind, observedAt, payload: { closureId } };
      }
      case 'cameraStateChanged':
        return { kind, observedAt, payload: { cameraId: `cam-${pick % 3}`, working: other % 2 === 0 } };
      case 'shiftCancelled': {
        const shift = from(this.#shifts, pick);
        return shift && { kind, observedAt, payload: shift };
      }
      case 'taskOrdered':
      case 'taskAnswered':
      case 'taskResult':
      case 'taskUndone':
        return this.#taskFact(kind, { pick, other, number, observedAt });
      case 'deviceRegistered':
        return {
          kind,
          observedAt,
          payload: { deviceId: `dev-${number}`, unitId: null, protocol: 'gateway' },
        };
      case 'priorsSet':
        return { kind, observedAt, payload: { scamType: 'loan', reset: pick % 2 === 0 } };
      case 'handoverSigned': {
        const counts = { openIncidents: pick, promised: other, overdue: 0 };
        const signed = { handoverId: `hov-${number}`, signedBy: userId, ...counts };
        this.#handovers.push(signed.handoverId);
        return { kind, observedAt, payload: signed };
      }
      case 'handoverTaken': {
        const handoverId = from(this.#handovers, pick);
        return handoverId === undefined
          ? undefined
          : { kind, observedAt, payload: { handoverId, takenBy: userId } };
      }
      case 'stationRemoved':
        return { kind, observedAt, payload: { stationId: stations[pick % 2]! } };
      case 'regionInstalled':
        return undefined;
      default:
        return this.#incidentFact(kind, { pick, other, number, observedAt, userId });
    }
  }

  #taskFact(
    kind: TaskKind,
    { pick, other, number, observedAt }: { pick: number; other: number; number: number; observedAt: string },
  ): NewDomainEvent | undefined {
    if (kind === 'taskOrdered') {
      const incidentId = from(this.#incidents, pick);
      const unitId = from(this.#units, other);
      if (incidentId === undefined || unitId === undefined) return undefined;
      const taskId = `tsk-${number}`;
      this.#tasks.push({ id: taskId, incidentId });
      const where = { placeId: 'p-1', segmentId: null, method: 'walkThrough' } as const;
      return { kind, observedAt, payload: { incidentId, taskId, unitId, ...where, needsSworn: false } };
    }
    const task = from(this.#tasks, pick);
    if (!task) return undefined;
    const ids = { incidentId: task.incidentId, taskId: task.id };
    switch (kind) {
      case 'taskAnswered':
        return { kind, observedAt, payload: { ...ids, answer: taskAnswers[other % taskAnswers.length]! } };
      case 'taskResult': {
        const outcome = taskOutcomes[other % taskOutcomes.length]!;
        return { kind, observedAt, payload: { ...ids, outcome, method: 'walkThrough', sightingId: null } };
      }
      case 'taskUndone':
        return { kind, observedAt, payload: ids };
    }
  }

  #incidentFact(
    kind: IncidentKind,
    {
      pick,
      other,
      number,
      observedAt,
      userId,
    }: { pick: number; other: number; number: number; observedAt: string; userId: string },
  ): NewDomainEvent | undefined {
    const incidentId = from(this.#incidents, pick);
    if (incidentId === undefined) return undefined;
    switch (kind) {
      case 'alertReceived': {
        const alert = { alertId: `alt-${number}`, source: 'test', risk: 'high', scamType: 'loan' } as const;
        return { kind, observedAt, payload: { incidentId, ...alert, amount: pick, joined: true } };
      }
      case 'riskRaised':
        return { kind, observedAt, payload: { incidentId, risk: 'extraHigh' } };
      case 'stationAssigned': {
        // Once: the services assign a station only where there is none.
        if (this.#stationed.has(incidentId)) return undefined;
        this.#stationed.add(incidentId);
        const stationId = stations[other % 2]!;
        return { kind, observedAt, payload: { incidentId, stationId, stationBasis: 'nearest' } };
      }
      case 'beliefComputed':
        return { kind, observedAt, payload: { incidentId, ofSeq: number, because: 'sighting' } };
      case 'homeResolved':
        return { kind, observedAt, payload: { incidentId, basis: 'pinned', confidenceClass: 'sure' } };
      case 'handedOver':
        return { kind, observedAt, payload: { incidentId, withinCounty: false } };
      case 'handOverUndone':
        return { kind, observedAt, payload: { incidentId } };
      case 'memberAdded':
        return { kind, observedAt, payload: { incidentId, userId } };
      case 'authorityRequested': {
        const authorityId = `aut-${number}`;
        this.#authorities.push({ id: authorityId, incidentId });
        const expiresAt = new Date(startMs + authorityMs + number * 1000).toISOString();
        return { kind, observedAt, payload: { incidentId, authorityId, requestedBy: userId, expiresAt } };
      }
      case 'authorityApproved':
      case 'authorityRevoked': {
        const authority = from(this.#authorities, pick);
        if (!authority) return undefined;
        const ids = { incidentId: authority.incidentId, authorityId: authority.id };
        return kind === 'authorityRevoked'
          ? { kind, observedAt, payload: ids }
          : { kind, observedAt, payload: { ...ids, approvedBy: 'usr-leader' } };
      }
      case 'glassBroken': {
        const authorityId = `aut-${number}`;
        this.#authorities.push({ id: authorityId, incidentId });
        const expiresAt = new Date(startMs + authorityMs / 2 + number * 1000).toISOString();
        const reviewDueAt = new Date(startMs + 24 * authorityMs).toISOString();
        return {
          kind,
          observedAt,
          payload: { incidentId, authorityId, openedBy: userId, expiresAt, reviewDueAt },
        };
      }
      case 'glassReviewed':
      case 'wallPinned': {
        const authority = from(this.#authorities, pick);
        if (!authority) return undefined;
        const ids = { incidentId: authority.incidentId, authorityId: authority.id };
        const untilAt = new Date(startMs + authorityMs).toISOString();
        return kind === 'wallPinned'
          ? { kind, observedAt, payload: { ...ids, show: ['regions', 'tasks'], untilAt } }
          : { kind, observedAt, payload: { ...ids, reviewedBy: 'usr-leader', verdict: 'justified' } };
      }
      case 'wallUnpinned':
        return { kind, observedAt, payload: { incidentId } };
      case 'sightingRecorded': {
        const sightingId = `sgt-${number}`;
        this.#sightings.push({ id: sightingId, incidentId });
        return { kind, observedAt, payload: { incidentId, sightingId, kind: 'camera', observedAt } };
      }
      case 'sightingCorrected': {
        const old = from(this.#sightings, pick);
        if (!old) return undefined;
        const sightingId = `sgt-${number}`;
        this.#sightings.push({ id: sightingId, incidentId: old.incidentId });
        const ids = { incidentId: old.incidentId, sightingId, replaces: old.id };
        return { kind, observedAt, payload: { ...ids, kind: 'camera', observedAt } };
      }
      case 'sightingWithdrawn': {
        const old = from(this.#sightings, pick);
        return old && { kind, observedAt, payload: { incidentId: old.incidentId, sightingId: old.id } };
      }
      case 'orderIssued': {
        const orderId = `ord-${number}`;
        const stationId = stations[other % 2]!;
        this.#orders.push({ id: orderId, incidentId, stationId });
        return {
          kind,
          observedAt,
          payload: { incidentId, orderId, stationId, basis: 'chosen', replaces: null },
        };
      }
      case 'orderMoved': {
        const order = from(this.#orders, pick);
        if (!order) return undefined;
        const { id: orderId, ...of } = order;
        const to = orderStates[1 + (other % (orderStates.length - 1))]!;
        return { kind, observedAt, payload: { ...of, orderId, to } };
      }
      case 'contactMade': {
        const made = { contactId: `con-${number}`, channel: 'call', outcome: 'noAnswer' } as const;
        return { kind, observedAt, payload: { incidentId, ...made } };
      }
      case 'clockStarted': {
        const clockId = `clk-${number}`;
        this.#clocks.push({ id: clockId, incidentId });
        const times = { startedAt: observedAt, warnAt: observedAt, dueAt: observedAt };
        return { kind, observedAt, payload: { incidentId, clockId, kind: 'meeting', refId: null, ...times } };
      }
      case 'clockStopped': {
        const clock = from(this.#clocks, pick);
        return (
          clock && {
            kind,
            observedAt,
            payload: { incidentId: clock.incidentId, clockId: clock.id, outcome: 'met' },
          }
        );
      }
      case 'noteWritten':
        return { kind, observedAt, payload: { incidentId, noteId: `not-${number}`, writtenBy: userId } };
      case 'lineTaken':
        return { kind, observedAt, payload: { incidentId, line: 'contact', userId } };
      case 'outcomeReported': {
        const became = { transferredAfterAlert: true, lossAmount: pick, caseFiled: false, arrests: 0 };
        return {
          kind,
          observedAt,
          payload: { incidentId, outcomeId: `out-${number}`, reportedAt: observedAt, ...became },
        };
      }
      case 'incidentClosed':
        return { kind, observedAt, payload: { incidentId, outcome: 'met', closedAt: observedAt } };
    }
  }
}

const from = <T>(items: readonly T[], pick: number): T | undefined => items[pick % Math.max(1, items.length)];
