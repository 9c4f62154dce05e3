import type { FactPrivate } from '#contract/fact.ts';
import { risks } from '#contract/alert.ts';
import type { DomainEvent } from './event/event.ts';
import { applyLoop } from './loop/apply.ts';
import { emptyLoop } from './loop/world.ts';
import { withShift, withoutShift } from './roster.ts';
import { moveTask, newTask, type TaskMove } from './task.ts';
import type { World, WorldIncident, WorldSighting, WorldUnit } from './world.ts';

/** A domain event with what this viewer may know beyond it. */
export type Fact = DomainEvent & { private?: FactPrivate };

/**
 * The world after one more fact. Pure; shared by server, browser and replay. A fact that is already in (seq not
 * above the world's) changes nothing, so overlapping deliveries are harmless. A fact about an incident or unit
 * that this world does not hold (outside the viewer's scope) only moves seq.
 */
export function apply(world: World, fact: Fact): World {
  if (fact.seq <= world.seq) return world;
  return { ...change(world, fact), seq: fact.seq };
}

function change(world: World, fact: Fact): World {
  switch (fact.kind) {
    case 'regionInstalled':
      return {
        ...world,
        region: { id: fact.payload.regionId, name: fact.payload.name, fictional: fact.payload.fictional },
      };
    case 'stationRemoved':
      return withoutStation(world, fact.payload.stationId);
    case 'unitCreated': {
      const { unitId, ...rest } = fact.payload;
      return { ...world, units: { ...world.units, [unitId]: { id: unitId, ...rest, shifts: [] } } };
    }
    case 'unitStateChanged': {
      const { unitId, state } = fact.payload;
      return withUnit(world, unitId, unit => ({ ...unit, state }));
    }
    case 'shiftPlanned':
    case 'shiftChanged': {
      const { shiftId: id, unitId, ...rest } = fact.payload;
      return withUnit(world, unitId, unit => ({
        ...unit,
        shifts: withShift(unit.shifts, { id, ...rest }, Date.parse(fact.receivedAt)),
      }));
    }
    case 'shiftCancelled': {
      const { unitId, shiftId } = fact.payload;
      return withUnit(world, unitId, unit => ({ ...unit, shifts: withoutShift(unit.shifts, shiftId) }));
    }
    case 'taskOrdered':
      return withOrderedTask(world, fact);
    case 'taskAnswered':
      return withMovedTask(world, fact, { kind: fact.payload.answer, at: fact.observedAt });
    case 'taskResult':
      return withMovedTask(world, fact, { kind: 'result', outcome: fact.payload.outcome });
    case 'taskUndone':
      return withMovedTask(world, fact, { kind: 'undo' });
    case 'roadClosed': {
      const { closureId: id, ...rest } = fact.payload;
      const closure = { id, ...rest, closedAt: fact.observedAt };
      return { ...world, closures: { ...world.closures, [id]: closure } };
    }
    case 'roadOpened': {
      const { [fact.payload.closureId]: _, ...closures } = world.closures;
      return { ...world, closures };
    }
    case 'cameraStateChanged': {
      const { cameraId, working } = fact.payload;
      const { [cameraId]: _, ...downCameras } = world.downCameras;
      if (!working) downCameras[cameraId] = fact.observedAt;
      return { ...world, downCameras };
    }
    case 'deviceRegistered':
    case 'priorsSet':
      return world;
    case 'handoverSigned': {
      const { handoverId: id, signedBy } = fact.payload;
      return { ...world, handover: { id, signedBy, signedAt: fact.observedAt, takenBy: null } };
    }
    case 'handoverTaken': {
      const { handoverId, takenBy } = fact.payload;
      return world.handover?.id === handoverId
        ? { ...world, handover: { ...world.handover, takenBy } }
        : world;
    }
    case 'incidentOpened':
      return withIncident(world, openedIncident(fact));
    case 'incidentArchived':
      return withoutIncident(world, fact.payload.incidentId);
    default: {
      const incident = world.incidents[fact.payload.incidentId];
      return incident ? withIncident(world, changedIncident(incident, fact)) : world;
    }
  }
}

function withUnit(world: World, unitId: string, changed: (unit: WorldUnit) => WorldUnit): World {
  const unit = world.units[unitId];
  return unit ? { ...world, units: { ...world.units, [unitId]: changed(unit) } } : world;
}

type TaskFact = Extract<Fact, { payload: { taskId: string } }>;

function withOrderedTask(world: World, fact: Extract<TaskFact, { kind: 'taskOrdered' }>): World {
  const { taskId: id, ...rest } = fact.payload;
  const at = fact.observedAt;
  const task = {
    id,
    ...rest,
    ...newTask,
    resultMethod: null,
    sightingId: null,
    orderedAt: at,
    changedAt: at,
  };
  return { ...world, tasks: { ...world.tasks, [id]: task } };
}

function withMovedTask(
  world: World,
  fact: Exclude<TaskFact, { kind: 'taskOrdered' }>,
  move: TaskMove,
): World {
  const task = world.tasks[fact.payload.taskId];
  const moved = task && moveTask(task, move);
  if (!moved) return world;
  const { method: resultMethod, sightingId } =
    fact.kind === 'taskResult' ? fact.payload : { method: null, sightingId: null };
  const changedAt = moved.state === task.state ? task.changedAt : fact.observedAt;
  return {
    ...world,
    tasks: { ...world.tasks, [task.id]: { ...task, ...moved, resultMethod, sightingId, changedAt } },
  };
}

function withIncident(world: World, incident: WorldIncident): World {
  return { ...world, incidents: { ...world.incidents, [incident.id]: incident } };
}

function withoutIncident(world: World, incidentId: string): World {
  if (!world.incidents[incidentId]) return world;
  const { [incidentId]: _, ...incidents } = world.incidents;
  const tasks = Object.fromEntries(
    Object.entries(world.tasks).filter(([, task]) => task.incidentId !== incidentId),
  );
  return { ...world, incidents, tasks };
}

function withoutStation(world: World, stationId: string): World {
  const freed = <T extends { stationId: string | null }>(all: Record<string, T>, without: Partial<T>) =>
    Object.fromEntries(
      Object.entries(all).map(([id, each]) => [
        id,
        each.stationId === stationId ? { ...each, ...without } : each,
      ]),
    );
  return {
    ...world,
    units: freed(world.units, { stationId: null }),
    incidents: freed(world.incidents, { stationId: null, stationBasis: 'none' }),
  };
}

function openedIncident(fact: Extract<Fact, { kind: 'incidentOpened' }>): WorldIncident {
  const { incidentId, subjectId: _, ...rest } = fact.payload;
  return {
    id: incidentId,
    ...rest,
    state: 'open',
    closedAt: null,
    outcome: null,
    amount: null,
    alertCount: 0,
    lastAlertAt: fact.receivedAt,
    members: [],
    authorities: {},
    sightings: {},
    loop: emptyLoop,
    ...(fact.private?.subject && { subject: fact.private.subject }),
  };
}

/** What happened to an incident that is there already. */
type IncidentFact = Exclude<
  Extract<Fact, { payload: { incidentId: string } }>,
  { kind: 'incidentOpened' | 'incidentArchived' } | TaskFact
>;

function changedIncident(incident: WorldIncident, fact: IncidentFact): WorldIncident {
  switch (fact.kind) {
    case 'alertReceived': {
      const { amount } = fact.payload;
      return {
        ...incident,
        alertCount: incident.alertCount + 1,
        lastAlertAt: fact.receivedAt,
        amount: amount === null ? incident.amount : Math.max(amount, incident.amount ?? 0),
        ...(fact.private?.subject && { subject: fact.private.subject }),
      };
    }
    case 'riskRaised':
      return { ...incident, risk: higherRisk(incident.risk, fact.payload.risk) };
    case 'stationAssigned': {
      const { stationId, stationBasis } = fact.payload;
      return { ...incident, stationId, stationBasis };
    }
    case 'homeResolved':
      return withPrivate(incident, fact);
    case 'handedOver':
      return withPrivate({ ...incident, handedOverAt: fact.observedAt }, fact);
    case 'handOverUndone': {
      const { handedOverAt: _, ...kept } = incident;
      return withPrivate(kept, fact);
    }
    case 'memberAdded':
      return incident.members.includes(fact.payload.userId)
        ? incident
        : { ...incident, members: [...incident.members, fact.payload.userId] };
    case 'authorityRequested': {
      const { authorityId: id, requestedBy, expiresAt } = fact.payload;
      return withAuthority(incident, { id, requestedBy, approvedBy: null, expiresAt, revoked: false });
    }
    case 'authorityApproved': {
      const authority = incident.authorities[fact.payload.authorityId];
      return authority
        ? withAuthority(incident, { ...authority, approvedBy: fact.payload.approvedBy })
        : incident;
    }
    case 'authorityRevoked': {
      const { authorityId } = fact.payload;
      const authority = incident.authorities[authorityId];
      if (!authority) return incident;
      const revoked = withAuthority(incident, { ...authority, revoked: true });
      return incident.pin?.authorityId === authorityId ? withoutPin(revoked) : revoked;
    }
    case 'glassBroken': {
      const { authorityId: id, openedBy: requestedBy, expiresAt, reviewDueAt } = fact.payload;
      const breakGlass = { reviewDueAt, verdict: null };
      const authority = { id, requestedBy, approvedBy: null, expiresAt, revoked: false, breakGlass };
      return withAuthority(incident, authority);
    }
    case 'glassReviewed': {
      const { authorityId, verdict } = fact.payload;
      const authority = incident.authorities[authorityId];
      if (!authority?.breakGlass) return incident;
      return withAuthority(incident, { ...authority, breakGlass: { ...authority.breakGlass, verdict } });
    }
    case 'wallPinned': {
      const { authorityId, show, untilAt } = fact.payload;
      return { ...incident, pin: { authorityId, show, untilAt } };
    }
    case 'wallUnpinned':
      return withoutPin(incident);
    case 'sightingRecorded':
    case 'sightingCorrected':
      return withSighting(incident, fact);
    case 'sightingWithdrawn': {
      const sighting = incident.sightings[fact.payload.sightingId];
      if (!sighting) return incident;
      const withdrawn = { ...sighting, withdrawn: true };
      return { ...incident, sightings: { ...incident.sightings, [sighting.id]: withdrawn } };
    }
    case 'beliefComputed':
      return { ...incident, believedSeq: fact.payload.ofSeq };
    case 'noteWritten': {
      const note = { id: fact.payload.noteId, by: fact.payload.writtenBy, at: fact.observedAt };
      return { ...incident, notes: [...(incident.notes ?? []), note] };
    }
    case 'incidentClosed':
      return closedIncident(incident, fact.payload.closedAt, fact.payload.outcome);
    default:
      return { ...incident, loop: applyLoop(incident.loop, fact) };
  }
}

/** What the vault says of her now, for those who may see it. */
function withPrivate(incident: WorldIncident, fact: Fact): WorldIncident {
  return fact.private?.subject ? { ...incident, subject: fact.private.subject } : incident;
}

/** The higher of two risks. */
export function higherRisk(a: WorldIncident['risk'], b: WorldIncident['risk']): WorldIncident['risk'] {
  return risks.indexOf(a) <= risks.indexOf(b) ? a : b;
}

function withAuthority(
  incident: WorldIncident,
  authority: WorldIncident['authorities'][string],
): WorldIncident {
  return { ...incident, authorities: { ...incident.authorities, [authority.id]: authority } };
}

function withSighting(
  incident: WorldIncident,
  fact: Extract<Fact, { kind: 'sightingRecorded' | 'sightingCorrected' }>,
): WorldIncident {
  const { sightingId: id, kind, observedAt } = fact.payload;
  const sightings = { ...incident.sightings };
  if (fact.kind === 'sightingCorrected') {
    const old = sightings[fact.payload.replaces];
    if (old) sightings[old.id] = { ...old, replacedBy: id };
  }
  sightings[id] = {
    id,
    kind,
    observedAt,
    receivedAt: fact.receivedAt,
    withdrawn: false,
    replacedBy: null,
    ...(fact.private?.sighting && { view: fact.private.sighting }),
  };
  return { ...incident, sightings };
}

function closedIncident(
  incident: WorldIncident,
  closedAt: string,
  outcome: NonNullable<WorldIncident['outcome']>,
): WorldIncident {
  return { ...withoutPin(withoutTrace(incident)), state: 'closed', closedAt, outcome };
}

function withoutPin(incident: WorldIncident): WorldIncident {
  const { pin: _, ...rest } = incident;
  return rest;
}

/** The incident without what only an open look may show: when the authority ends, so does the trace. */
export function withoutTrace(incident: WorldIncident): WorldIncident {
  const sightings = Object.fromEntries(
    Object.values(incident.sightings).map(sighting => [sighting.id, withoutView(sighting)]),
  );
  return { ...incident, sightings };
}

function withoutView(sighting: WorldSighting): WorldSighting {
  const { view: _, ...rest } = sighting;
  return rest;
}
