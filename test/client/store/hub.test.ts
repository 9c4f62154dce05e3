import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { apply, type Fact } from '#domain/apply.ts';
import { emptyWorld, type World } from '#domain/world.ts';
import { Hub } from '../../../client/store/hub.ts';
import type { FromHub, HubPort } from '../../../client/store/messages.ts';
import { createLiveStore } from '../../../client/store/store.ts';
import { FakeServer, settle } from './fake-server.ts';

/** A window: its port clones what it is sent, as a real one does, and its store takes it in. */
function openWindow(hub: Hub, userId = 'leader') {
  const live = createLiveStore();
  const heard: FromHub[] = [];
  const port: HubPort = {
    postMessage: message => {
      const clone = structuredClone(message);
      heard.push(clone);
      live.receive(clone);
    },
  };
  hub.receive(port, { type: 'hello', userId });
  return { ...live, port, heard, world: () => live.store.getState().world };
}

const at = (second: number) => new Date(Date.parse('2026-11-22T01:35:00Z') + second * 1000).toISOString();
const head = (seq: number) => ({ seq, actor: 'user:x', observedAt: at(seq), receivedAt: at(seq) });

const opened = (seq: number, id: string): Fact => ({
  ...head(seq),
  kind: 'incidentOpened',
  incidentId: id,
  payload: {
    incidentId: id,
    number: seq,
    subjectId: 's',
    risk: 'high',
    scamType: 'loan',
    stationId: null,
    stationBasis: 'none',
    openedAt: at(seq),
  },
});
const unit = (seq: number, unitId: string, slot: number): Fact => ({
  ...head(seq),
  kind: 'unitCreated',
  incidentId: null,
  payload: {
    unitId,
    slot,
    callsign: unitId,
    stationId: null,
    kind: 'car',
    crew: { sworn: 1, auxiliary: 1 },
    state: 'available',
  },
});
const sighted = (seq: number, incidentId: string, sightingId: string): Fact => ({
  ...head(seq),
  kind: 'sightingRecorded',
  incidentId,
  payload: { incidentId, sightingId, kind: 'fix', observedAt: at(seq) },
});
const view = (id: string) => ({
  id,
  observedAt: at(1),
  receivedAt: at(2),
  source: 'carrier',
  detail: { kind: 'fix' as const, position: { lng: 103.3, lat: 24.8 }, accuracyM: 50 },
});
const record = (slot: number, lng: number, ageS: number) => ({
  slot,
  lng,
  lat: 24.8,
  ageS,
  speedMps: 10,
  courseDeg: 90,
});
const worldOf = (...facts: Fact[]): World => facts.reduce(apply, emptyWorld);

async function start(userId?: string) {
  const server = new FakeServer();
  const hub = new Hub(server.deps);
  const first = openWindow(hub, userId);
  await settle();
  return { server, hub, first };
}

describe('Hub', () => {
  it('holds one stream for all windows, and a window that comes later gets the current world', async () => {
    const { server, hub, first } = await start();
    server.snapshot(worldOf(unit(1, 'u1', 4)), [record(4, 103.1, 2)]);
    server.fact(opened(2, 'i1'));
    await settle();
    const second = openWindow(hub);
    await settle();
    expect(server.streams).toHaveLength(1);
    expect(second.world()).toEqual(first.world());
    expect(second.world().incidents['i1']).toBeDefined();
    for (const { slots } of [first, second]) {
      expect(slots.shown(4)).toBe(true);
      expect(slots.lngLat[8]).toBeCloseTo(103.1, 6);
      // Ages count from the server's clock, which is a minute ahead of this machine's.
      expect(slots.fixAt[4]).toBeCloseTo(server.nowMs + 60_000 - 2000, -2);
    }
  });

  it('moves units by position frames, never backwards in time', async () => {
    const { server, first } = await start();
    server.snapshot(worldOf(unit(1, 'u1', 0)), [record(0, 103.1, 1)]);
    server.positions([record(0, 103.2, 0)]);
    server.positions([record(0, 103.05, 30)]);
    await settle();
    expect(first.slots.lngLat[0]).toBeCloseTo(103.2, 6);
  });

  it('R5: cut anywhere, the resumed world is the one of an uncut stream', async () => {
    const facts = [
      opened(1, 'i1'),
      unit(2, 'u1', 0),
      opened(3, 'i2'),
      sighted(4, 'i1', 's1'),
      sighted(5, 'i2', 's2'),
      unit(6, 'u2', 1),
    ];
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(facts.length), { maxLength: 5 }), fc.nat(3), async (cuts, overlap) => {
        const { server, first } = await start();
        server.snapshot(emptyWorld);
        let sent = 0;
        for (const cut of [...cuts.toSorted((a, b) => a - b), facts.length]) {
          // A server may send again what the client already has.
          for (const fact of facts.slice(Math.max(0, sent - overlap), cut)) server.fact(fact);
          sent = Math.max(sent, cut);
          await settle();
          const before = server.streams.length;
          server.last.end();
          while (server.streams.length === before) await server.pass(500);
          expect(server.last.lastEventId).toBe(String(first.world().seq));
        }
        expect(first.world()).toEqual(worldOf(...facts));
      }),
      { numRuns: 30 },
    );
  });

  it('shares an opened trace with every window, and drops it everywhere when it is revoked', async () => {
    const { server, hub, first } = await start();
    const second = openWindow(hub);
    server.snapshot(worldOf(opened(1, 'i1'), sighted(2, 'i1', 's1')));
    await settle();
    hub.receive(first.port, {
      type: 'trace',
      incidentId: 'i1',
      reason: 'looking for her',
      sightings: [view('s1')],
    });
    const third = openWindow(hub);
    for (const { store, world } of [first, second, third]) {
      expect(world().incidents['i1']?.sightings['s1']?.view?.source).toBe('carrier');
      expect(store.getState().traceReasons).toEqual({ i1: 'looking for her' });
    }
    server.last.send('revoked', { incidentId: 'i1' });
    await settle();
    const fourth = openWindow(hub);
    for (const { store, world } of [first, second, third, fourth]) {
      expect(JSON.stringify(store.getState())).not.toContain('carrier');
      expect(world().incidents['i1']?.sightings['s1']).toBeDefined();
      expect(store.getState().traceReasons).toEqual({});
    }
  });

  it('forgets the reason of a look that a new snapshot no longer carries', async () => {
    const { server, hub, first } = await start();
    server.snapshot(worldOf(opened(1, 'i1'), sighted(2, 'i1', 's1')));
    await settle();
    hub.receive(first.port, {
      type: 'trace',
      incidentId: 'i1',
      reason: 'looking for her',
      sightings: [view('s1')],
    });
    server.snapshot(worldOf(opened(1, 'i1'), sighted(2, 'i1', 's1')));
    await settle();
    expect(first.store.getState().traceReasons).toEqual({});
  });

  it('gives another user nothing of what the one before saw', async () => {
    const { server, hub, first } = await start('leader');
    server.snapshot(worldOf(opened(1, 'i1')));
    await settle();
    const other = openWindow(hub, 'station');
    await settle();
    expect(other.world()).toEqual(emptyWorld);
    expect(first.world()).toEqual(emptyWorld);
    expect(server.streams).toHaveLength(2);
    expect(server.streams[0]?.signal.aborted).toBe(true);
    expect(server.last.lastEventId).toBeNull();
  });

  it('drops the world when the session ends, and starts again when somebody signs in', async () => {
    const { server, hub, first } = await start();
    server.snapshot(worldOf(opened(1, 'i1')));
    await settle();
    server.answers = [401];
    server.last.end();
    await server.pass(1000);
    expect(first.store.getState()).toMatchObject({ world: emptyWorld, link: { state: 'signedOut' } });
    hub.receive(first.port, { type: 'hello', userId: 'leader' });
    await settle();
    server.snapshot(worldOf(opened(1, 'i1')));
    await settle();
    expect(first.world().incidents['i1']).toBeDefined();
  });

  it('tells windows of another protocol instead of showing half a world', async () => {
    const { server, first } = await start();
    server.snapshot(worldOf(opened(1, 'i1')), [], 99);
    await settle();
    expect(first.store.getState()).toMatchObject({ world: emptyWorld, link: { state: 'incompatible' } });
  });

  it('lets the stream go with the last window, and takes a silent one back when it speaks', async () => {
    const { server, hub, first } = await start();
    server.snapshot(worldOf(opened(1, 'i1')));
    await settle();
    hub.receive(first.port, { type: 'bye' });
    expect(server.last.signal.aborted).toBe(true);
    hub.receive(first.port, { type: 'alive', userId: 'leader' });
    await settle();
    server.snapshot(worldOf(opened(1, 'i1')));
    await settle();
    expect(first.world().incidents['i1']).toBeDefined();
  });

  it('stops sending to a window that has said nothing for five minutes', async () => {
    const { server, hub, first } = await start();
    server.snapshot(emptyWorld);
    for (let i = 0; i < 31; i++) {
      await server.pass(10_000);
      server.ping(1);
    }
    openWindow(hub);
    const before = first.heard.length;
    server.fact(opened(1, 'i1'));
    await settle();
    expect(first.heard).toHaveLength(before);
  });

  it('shares what did not change between worlds', async () => {
    const { server, first } = await start();
    server.snapshot(worldOf(opened(1, 'i1'), opened(2, 'i2')));
    await settle();
    const before = first.world();
    server.fact(sighted(3, 'i1', 's1'));
    await settle();
    expect(first.world().incidents['i2']).toBe(before.incidents['i2']);
    expect(first.world().units).toBe(before.units);
    expect(first.world().incidents['i1']).not.toBe(before.incidents['i1']);
  });
});
