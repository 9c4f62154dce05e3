/** Calls to the leader on duty that nobody has answered. Pure. */
import type { CallReason } from '#contract/kinds.ts';
import type { WorldIncident } from '#domain/world.ts';

/** All that wait for an answer about one incident: whoever knows of it knows of all of them. */
export interface OpenCalls {
  incidentId: string;
  number: number;
  callIds: string[];
  reasons: CallReason[];
  /** Of the oldest, ISO 8601. */
  calledAt: string;
}

/** One entry an open incident, the one that has waited longest first. */
export function openCalls(incidents: Readonly<Record<string, WorldIncident>>): OpenCalls[] {
  return Object.values(incidents)
    .filter(({ state }) => state === 'open')
    .flatMap(({ id: incidentId, number, loop }) => {
      const calls = Object.values(loop.calls)
        .filter(({ answeredAt }) => answeredAt === null)
        .toSorted((a, b) => a.calledAt.localeCompare(b.calledAt) || a.id.localeCompare(b.id));
      const [oldest] = calls;
      if (!oldest) return [];
      const reasons = [...new Set(calls.map(({ because }) => because))];
      return [{ incidentId, number, callIds: calls.map(({ id }) => id), reasons, calledAt: oldest.calledAt }];
    })
    .toSorted((a, b) => a.calledAt.localeCompare(b.calledAt) || a.number - b.number);
}
