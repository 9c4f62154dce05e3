import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { World } from '#domain/world.ts';
import type { DomainEvent } from '#domain/event/event.ts';
import { lookHolds } from '../../server/stream/looks.ts';
import type { Viewer } from '../../server/stream/scope.ts';
import { logs } from './facts.ts';
import { LiveStage, viewer } from './live-stage.ts';
import { ClientModel, messagesIn, settle, StreamReader } from './stream-client.ts';

const viewers: Viewer[] = [
  viewer('operator', 'usr-1'),
  viewer('leader', 'usr-2'),
  viewer('wall', 'usr-wall'),
  viewer('station', 'usr-1', 'st-1'),
  viewer('station', 'usr-2', 'st-2'),
  viewer('field', 'usr-3', 'st-1'),
  viewer('field', 'usr-3', null),
];

/** The client's seq is that of the last fact it was told; the world's own may be one that it does not see. */
const content = ({ region, units, incidents }: World) => ({ region, units, incidents });

async function freshWorld(stage: LiveStage, who: Viewer): Promise<World> {
  const reader = new StreamReader(await stage.hub.open(who));
  await settle();
  const { world } = reader.model();
  await reader.leave();
  return world;
}

/** Opens looks wherever the viewer may, as somebody who opens every trace that he can. */
async function openLooks(stage: LiveStage, who: Viewer): Promise<void> {
  for (const incident of Object.values(stage.world.current.incidents)) {
    for (const { id } of Object.values(incident.authorities)) {
      const look = { incidentId: incident.id, authorityId: id };
      const known = stage.looks.get(who.sessionId)?.some(held => held.authorityId === id);
      if (!known && lookHolds(who, look, stage.world.current, stage.nowMs))
        await stage.look(who.sessionId, look);
    }
  }
}

/** Connected for some facts, of whose bytes a part arrives, then away for some more. */
const cuts = fc.array(
  fc.record({ facts: fc.nat(20), bytes: fc.double({ min: 0, max: 1, noNaN: true }), away: fc.nat(8) }),
  { minLength: 1, maxLength: 5 },
);

describe('a stream that is cut and resumed', () => {
  it.each(viewers.map(who => [`${who.role} ${who.userId} of ${who.stationId}`, who] as const))(
    'R5 shows %s what a fresh snapshot shows, wherever it was cut',
    async (_, who) => {
      await fc.assert(
        fc.asyncProperty(
          logs(60),
          cuts,
          fc.boolean(),
          fc.integer({ min: 5, max: 100 }),
          async (log, parts, looks, recent) => {
            const stage = new LiveStage({ recent });
            const model = new ClientModel();
            let rest: DomainEvent[] = log;
            for (const { facts, bytes, away } of parts) {
              const since = model.lastId === undefined ? undefined : Number(model.lastId);
              const reader = new StreamReader(await stage.hub.open(who, since));
              for (const fact of rest.slice(0, facts)) {
                await stage.commit([fact]);
                if (looks) await openLooks(stage, who);
              }
              await settle();
              for (const message of messagesIn(reader.text.slice(0, Math.round(reader.text.length * bytes))))
                model.take(message);
              await reader.leave();
              await stage.commit(rest.slice(facts, facts + away));
              rest = rest.slice(facts + away);
            }
            await stage.commit(rest);
            const since = model.lastId === undefined ? undefined : Number(model.lastId);
            const reader = new StreamReader(await stage.hub.open(who, since));
            await settle();
            reader.model(model);
            expect(content(model.world)).toEqual(content(await freshWorld(stage, who)));
            expect(stage.warnings).toEqual([]);
          },
        ),
        { numRuns: 60 },
      );
    },
  );

  it.each(viewers.map(who => [`${who.role} ${who.userId} of ${who.stationId}`, who] as const))(
    'sends %s each fact in view once, in order',
    async (_, who) => {
      await fc.assert(
        fc.asyncProperty(logs(60), fc.array(fc.nat(15), { maxLength: 4 }), async (log, parts) => {
          const stage = new LiveStage();
          const model = new ClientModel();
          const reader = new StreamReader(await stage.hub.open(who));
          for (const [index, fact] of log.entries()) {
            await stage.commit([fact]);
            // The same facts again: a tail that lost its place.
            if (parts.includes(index)) await stage.commit(log.slice(Math.max(0, index - 3), index + 1));
          }
          await settle();
          reader.model(model);
          const snapshots = model.seen.filter(name => name === 'snapshot').length;
          expect(model.facts).toEqual([...new Set(model.facts)].sort((a, b) => a - b));
          if (who.role === 'operator' || who.role === 'wall') {
            // The wall is told of no tasks, nor of whose shift it is.
            const hidden = (kind: string) =>
              ['deviceRegistered', 'priorsSet'].includes(kind) ||
              (who.role === 'wall' && (kind.startsWith('task') || kind.startsWith('handover')));
            const visible = log.filter(fact => !hidden(fact.kind)).map(fact => fact.seq);
            expect(model.facts).toEqual(visible);
            expect(snapshots).toBe(1);
          }
        }),
        { numRuns: 25 },
      );
    },
  );
});
