/** S6 on the stream: whatever happens, nobody is sent a foreign station's things, be it in a snapshot or in a fact. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Fact } from '#domain/apply.ts';
import type { SnapshotMessage } from '#contract/stream.ts';
import type { World, WorldIncident } from '#domain/world.ts';
import { can } from '../../server/auth/policy.ts';
import type { Viewer } from '../../server/stream/scope.ts';
import { logs } from './facts.ts';
import { LiveStage, viewer } from './live-stage.ts';
import { messagesIn, settle, StreamReader } from './stream-client.ts';

const viewers: Viewer[] = [
  viewer('wall', 'usr-wall'),
  viewer('admin', 'usr-admin'),
  viewer('station', 'usr-1', 'st-1'),
  viewer('station', 'usr-9', 'st-2'),
  viewer('field', 'usr-2', 'st-1'),
  viewer('field', 'usr-9', null),
];

/** Stations that hold an order for it. */
const holding = ({ loop }: WorldIncident): string[] =>
  Object.values(loop.orders).flatMap(({ state, stationId }) =>
    state === 'handedOver' || state === 'cancelled' ? [] : [stationId],
  );

/** Ids of what the policy lets somebody know of at one moment. */
function known(who: Viewer, world: World) {
  const incidents = Object.values(world.incidents).filter(
    each => can(who, 'incident.read', { ...each, orderStationIds: holding(each) }) === 'allow',
  );
  const units = Object.values(world.units).filter(
    each => can(who, 'unit.list', { stationId: each.stationId }) === 'allow',
  );
  const ids = {
    incidents: new Set(incidents.map(({ id }) => id)),
    units: new Set(units.map(({ id }) => id)),
  };
  const tasks = Object.values(world.tasks).filter(
    ({ incidentId, unitId }) =>
      can(who, 'task.read') === 'allow' && (ids.incidents.has(incidentId) || ids.units.has(unitId)),
  );
  return { ...ids, tasks: new Set(tasks.map(({ id }) => id)) };
}

/** What a message tells of: ids of incidents (those that a task merely belongs to aside), units and tasks, and persons. */
function told(name: string, data: string) {
  if (name === 'snapshot') {
    const { world } = JSON.parse(data) as SnapshotMessage;
    return {
      incidents: Object.keys(world.incidents),
      units: Object.keys(world.units),
      tasks: Object.keys(world.tasks),
    };
  }
  if (name !== 'fact') return { incidents: [], units: [], tasks: [] };
  const { payload } = JSON.parse(data) as Fact;
  if ('taskId' in payload) return { incidents: [], units: [], tasks: [payload.taskId] };
  return {
    incidents: 'incidentId' in payload ? [payload.incidentId] : [],
    units: 'unitId' in payload && payload.unitId !== null ? [payload.unitId] : [],
    tasks: [],
  };
}

describe('S6 what a stream tells', () => {
  it.each(viewers.map(who => [`${who.role} ${who.userId} of ${who.stationId}`, who] as const))(
    'to %s is what the policy lets them know, in every frame of any log',
    async (_, who) => {
      await fc.assert(
        fc.asyncProperty(logs(50), fc.nat(50), async (log, joinAt) => {
          const stage = new LiveStage();
          await stage.commit(log.slice(0, joinAt));
          const allowed = known(who, stage.world.current);
          const reader = new StreamReader(await stage.hub.open(who));
          await settle();
          for (const fact of log.slice(joinAt)) {
            await stage.commit([fact]);
            await settle();
            const now = known(who, stage.world.current);
            for (const kind of ['incidents', 'units', 'tasks'] as const)
              for (const id of now[kind]) allowed[kind].add(id);
          }
          await settle();
          for (const { name, data } of messagesIn(reader.text)) {
            const said = told(name, data);
            for (const kind of ['incidents', 'units', 'tasks'] as const)
              for (const id of said[kind]) expect(allowed[kind], `${name} tells of ${id}`).toContain(id);
            // The stage names each subject after her incident.
            for (const [, incidentId] of data.matchAll(/"nameMasked":"([^"]*)\*\*"/g)) {
              expect(can(who, 'incident.readSubject'), `${name} shows a person`).toBe('allow');
              expect(allowed.incidents).toContain(incidentId);
            }
            expect(data).not.toContain('"view":{');
          }
          await reader.leave();
        }),
        { numRuns: 60 },
      );
    },
  );
});
