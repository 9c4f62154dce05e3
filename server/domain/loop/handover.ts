/** What is open and what was promised, by whom and since when: what one shift hands to the next. Pure. */
import type { Matter, MatterKind } from '#contract/handover.ts';
import { isOpenTask } from '../task.ts';
import type { World, WorldIncident, WorldTask } from '../world.ts';
import { linesOf } from './lines.ts';
import { isOpenOrder } from './order.ts';
import { isOpenRequest } from './request.ts';

/** All matters of a world at `nowMs`: those with a due time first, the earliest first; then the oldest. */
export function openMatters(world: World, nowMs: number): Matter[] {
  const tasks = Object.values(world.tasks);
  return Object.values(world.incidents)
    .flatMap(incident => mattersOf(incident, tasks, nowMs))
    .toSorted((a, b) => whenOf(a) - whenOf(b) || a.refId.localeCompare(b.refId));
}

/** How many of some matters are overdue at `nowMs`. */
export const overdueOf = (matters: readonly Matter[], nowMs: number): number =>
  matters.filter(({ dueAt }) => dueAt !== null && Date.parse(dueAt) < nowMs).length;

/** What has no due time comes after what has one. */
const whenOf = ({ dueAt, since }: Matter): number =>
  dueAt !== null ? Date.parse(dueAt) : (since === null ? 0 : Date.parse(since)) + 1e14;

function mattersOf(incident: WorldIncident, tasks: readonly WorldTask[], nowMs: number): Matter[] {
  const revisits = revisitsOf(incident);
  if (incident.state === 'closed') return revisits;
  const promised = [
    ...callsOf(incident),
    ...papersOf(incident, nowMs),
    ...requestsOf(incident),
    ...stopsOf(incident),
    ...ordersOf(incident),
  ];
  const named = new Set(promised.map(({ refId }) => refId));
  return [
    ...promised,
    ...clocksOf(incident, named),
    ...contactOf(incident, tasks, nowMs),
    ...tasksOf(incident, tasks),
    ...revisits,
  ];
}

type Rest = Pick<Matter, 'refId' | 'of'> & Partial<Matter>;
const matter = ({ id: incidentId }: WorldIncident, kind: MatterKind, rest: Rest): Matter => ({
  kind,
  incidentId,
  by: null,
  since: null,
  dueAt: null,
  ...rest,
});
const user = (id: string | null | undefined): Matter['by'] => (id ? { kind: 'user', id } : null);

/** When the first of the clocks that run about a thing is due. */
function dueOf({ loop }: WorldIncident, refId: string): string | null {
  const due = Object.values(loop.clocks)
    .filter(clock => clock.stoppedAt === null && clock.refId === refId)
    .map(({ dueAt }) => dueAt);
  return due.toSorted((a, b) => Date.parse(a) - Date.parse(b))[0] ?? null;
}

const callsOf = (incident: WorldIncident): Matter[] =>
  Object.values(incident.loop.calls)
    .filter(({ answeredAt }) => answeredAt === null)
    .map(({ id, because, calledAt }) =>
      matter(incident, 'call', { refId: id, of: because, since: calledAt, dueAt: calledAt }),
    );

/** Papers that wait for a decision, and break-glass looks that wait for their review. */
function papersOf(incident: WorldIncident, nowMs: number): Matter[] {
  return Object.values(incident.authorities).flatMap(
    ({ id, breakGlass, requestedBy, approvedBy, revoked, expiresAt }) => {
      const by = user(requestedBy);
      if (breakGlass)
        return breakGlass.verdict === null
          ? [matter(incident, 'glassReview', { refId: id, of: 'review', by, dueAt: breakGlass.reviewDueAt })]
          : [];
      const waits = approvedBy === null && !revoked && Date.parse(expiresAt) > nowMs;
      return waits ? [matter(incident, 'authority', { refId: id, of: 'pending', by, dueAt: expiresAt })] : [];
    },
  );
}

const requestsOf = (incident: WorldIncident): Matter[] =>
  Object.values(incident.loop.requests)
    .filter(isOpenRequest)
    .map(({ id, askedOf, changedAt }) =>
      matter(incident, 'request', {
        refId: id,
        of: askedOf,
        by: user(incident.loop.owners.trace),
        since: changedAt,
        dueAt: dueOf(incident, id),
      }),
    );

const stopsOf = (incident: WorldIncident): Matter[] =>
  Object.values(incident.loop.stops)
    .filter(({ state }) => state === 'requested')
    .map(({ id, bank, requestedAt }) =>
      matter(incident, 'stop', { refId: id, of: bank, since: requestedAt, dueAt: dueOf(incident, id) }),
    );

const ordersOf = (incident: WorldIncident): Matter[] =>
  Object.values(incident.loop.orders)
    .filter(isOpenOrder)
    .map(({ id, stationId, state, changedAt }) =>
      matter(incident, 'order', {
        refId: id,
        of: state,
        by: { kind: 'station', id: stationId },
        since: changedAt,
        dueAt: dueOf(incident, id),
      }),
    );

/** Clocks that run about nothing that is listed already. */
const clocksOf = (incident: WorldIncident, named: ReadonlySet<string>): Matter[] =>
  Object.values(incident.loop.clocks)
    .filter(({ stoppedAt, refId }) => stoppedAt === null && (refId === null || !named.has(refId)))
    .map(({ id, kind, startedAt, dueAt }) =>
      matter(incident, 'clock', { refId: id, of: kind, since: startedAt, dueAt }),
    );

function contactOf(incident: WorldIncident, tasks: readonly WorldTask[], nowMs: number): Matter[] {
  const { next, ownerId, newsAtMs } = linesOf(incident, tasks, nowMs).contact;
  if (!next) return [];
  return [
    matter(incident, 'contact', {
      refId: `${incident.id} contact`,
      of: next.action,
      by: user(ownerId),
      since: newsAtMs === null ? null : new Date(newsAtMs).toISOString(),
      dueAt: new Date(next.dueAtMs).toISOString(),
    }),
  ];
}

const tasksOf = (incident: WorldIncident, tasks: readonly WorldTask[]): Matter[] =>
  tasks
    .filter(task => task.incidentId === incident.id && isOpenTask(task))
    .map(({ id, unitId, state, orderedAt }) =>
      matter(incident, 'task', {
        refId: id,
        of: state,
        by: { kind: 'unit', id: unitId },
        since: orderedAt,
      }),
    );

const revisitsOf = (incident: WorldIncident): Matter[] =>
  Object.values(incident.loop.revisits)
    .filter(({ state }) => state === 'planned')
    .map(({ id, dueAt }) => matter(incident, 'revisit', { refId: id, of: 'planned', dueAt }));
