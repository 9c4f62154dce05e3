import { beforeEach, describe, expect, it } from 'vitest';
import type { PingMessage, ResyncMessage, SnapshotMessage } from '#contract/stream.ts';
import type { DomainEvent, NewDomainEvent } from '#domain/event/event.ts';
import type { Viewer } from '../../server/stream/scope.ts';
import { startMs } from './facts.ts';
import { LiveStage, viewer } from './live-stage.ts';
import { messagesIn, settle, StreamReader } from './stream-client.ts';

const operator = viewer('operator', 'usr-1');
const look = { incidentId: 'inc-1', authorityId: 'aut-1' };
const authorityMs = 60_000;

let stage: LiveStage;
let seq: number;
beforeEach(() => {
  stage = new LiveStage();
  seq = 0;
});

const instant = (ms: number) => new Date(ms).toISOString();

/** Commits facts about incident inc-1, or what their payload names. */
async function commit(...facts: Pick<NewDomainEvent, 'kind' | 'payload'>[]): Promise<void> {
  await stage.commit(
    facts.map(
      fact =>
        ({
          ...fact,
          seq: ++seq,
          actor: 'system:test',
          observedAt: instant(stage.nowMs),
          receivedAt: instant(stage.nowMs),
          incidentId: 'incidentId' in fact.payload ? fact.payload.incidentId : null,
        }) as DomainEvent,
    ),
  );
}

const opened = (incidentId = 'inc-1', stationId: string | null = 'st-1') =>
  ({
    kind: 'incidentOpened',
    payload: {
      incidentId,
      number: 1,
      subjectId: 'sub-1',
      risk: 'high',
      scamType: 'loan',
      stationId,
      stationBasis: 'jurisdiction',
      openedAt: instant(startMs),
    },
  }) as const;
const member = (userId = 'usr-1', incidentId = 'inc-1') =>
  ({ kind: 'memberAdded', payload: { incidentId, userId } }) as const;
const sighting = (sightingId: string, incidentId = 'inc-1') =>
  ({
    kind: 'sightingRecorded',
    payload: { incidentId, sightingId, kind: 'camera', observedAt: instant(startMs) },
  }) as const;
const authorised = (authorityId = 'aut-1') =>
  [
    {
      kind: 'authorityRequested',
      payload: {
        incidentId: 'inc-1',
        authorityId,
        requestedBy: 'usr-1',
        expiresAt: instant(startMs + authorityMs),
      },
    },
    { kind: 'authorityApproved', payload: { incidentId: 'inc-1', authorityId, approvedBy: 'usr-leader' } },
  ] as const;

async function connect(who: Viewer, since?: number): Promise<StreamReader> {
  const reader = new StreamReader(await stage.hub.open(who, since));
  await settle();
  return reader;
}
const names = (reader: StreamReader) => messagesIn(reader.text).map(({ name }) => name);
const viewsOf = (reader: StreamReader, incidentId = 'inc-1') =>
  Object.values(reader.model().world.incidents[incidentId]?.sightings ?? {}).flatMap(({ id, view }) =>
    view ? [id] : [],
  );

describe('an open look', () => {
  beforeEach(() => commit(opened(), member(), sighting('s1'), ...authorised()));

  it('shows the sightings to its own session only, from the moment that it is opened', async () => {
    const mine = await connect(operator);
    const others = await connect(viewer('operator', 'usr-2'));
    const myOtherSession = await connect({ ...operator, sessionId: 'ses-other' });
    expect(viewsOf(mine)).toEqual([]);
    await stage.look(operator.sessionId, look);
    await settle();
    expect(viewsOf(mine)).toEqual(['s1']);
    await commit(sighting('s2'));
    await settle();
    expect(viewsOf(mine)).toEqual(['s1', 's2']);
    for (const reader of [others, myOtherSession]) {
      expect(reader.text).not.toContain('"position"');
      expect(Object.keys(reader.model().world.incidents['inc-1']!.sightings)).toEqual(['s1', 's2']);
    }
  });

  it('is there again when the session opens another stream', async () => {
    await connect(operator);
    await stage.look(operator.sessionId, look);
    expect(viewsOf(await connect(operator))).toEqual(['s1']);
    // A resume too: what the client missed of the trace is not in the facts.
    expect(viewsOf(await connect(operator, seq))).toEqual(['s1']);
  });

  it('S7 break-glass opens it to the leader alone who broke it, and ends by itself', async () => {
    const expiresAt = instant(startMs + 30_000);
    const broken = { incidentId: 'inc-1', authorityId: 'aut-glass', openedBy: 'usr-1', expiresAt };
    const leader = viewer('leader', 'usr-1');
    const other = viewer('leader', 'usr-2');
    await commit(member('usr-2'), { kind: 'glassBroken', payload: { ...broken, reviewDueAt: expiresAt } });
    const [reader, theirs] = [await connect(leader), await connect(other)];
    for (const { sessionId } of [leader, other])
      await stage.look(sessionId, { incidentId: 'inc-1', authorityId: 'aut-glass' });
    await settle();
    expect(viewsOf(reader)).toEqual(['s1']);
    expect(viewsOf(theirs)).toEqual([]);
    stage.nowMs = startMs + 30_000;
    stage.hub.tick();
    await settle();
    expect(names(reader)).toContain('revoked');
    expect(viewsOf(reader)).toEqual([]);
  });

  it.each([
    [
      'the incident closes',
      () =>
        commit({
          kind: 'incidentClosed',
          payload: { incidentId: 'inc-1', outcome: 'met', closedAt: instant(stage.nowMs) },
        }),
    ],
    [
      'the authority is revoked',
      () => commit({ kind: 'authorityRevoked', payload: { incidentId: 'inc-1', authorityId: 'aut-1' } }),
    ],
    [
      'the authority expires',
      () => {
        stage.nowMs = startMs + authorityMs;
        stage.hub.tick();
        return Promise.resolve();
      },
    ],
  ])('S2 ends at once when %s', async (_, end) => {
    const reader = await connect(operator);
    await stage.look(operator.sessionId, look);
    await settle();
    expect(viewsOf(reader)).toEqual(['s1']);
    await end();
    await settle();
    expect(names(reader)).toContain('revoked');
    expect(viewsOf(reader)).toEqual([]);
    await commit(sighting('s9'));
    await settle();
    expect(viewsOf(reader)).toEqual([]);
    expect(names(reader).filter(name => name === 'revoked')).toHaveLength(1);
    // A new stream has none of it, and a client that resumes is told to forget it.
    expect(viewsOf(await connect(operator))).toEqual([]);
    expect(names(await connect(operator, seq))).toContain('revoked');
  });

  it('S2 ends for a fact that comes after the expiry, before any tick', async () => {
    const reader = await connect(operator);
    await stage.look(operator.sessionId, look);
    stage.nowMs = startMs + authorityMs;
    await commit(sighting('late'));
    await settle();
    expect(reader.text).not.toContain('"id":"late","observedAt"');
    expect(viewsOf(reader)).toEqual([]);
  });

  it('rests on its own authority: another one does not carry it on', async () => {
    const reader = await connect(operator);
    await stage.look(operator.sessionId, look);
    await commit(...authorised('aut-2'), {
      kind: 'authorityRevoked',
      payload: { incidentId: 'inc-1', authorityId: 'aut-1' },
    });
    await settle();
    expect(names(reader)).toContain('revoked');
    expect(viewsOf(reader)).toEqual([]);
  });

  it.each([
    ['who is not on the incident', viewer('operator', 'usr-9')],
    ['whose role never looks', viewer('wall', 'usr-1')],
  ])('S1 shows nothing to somebody %s, whatever the table of looks says', async (_, who) => {
    const reader = await connect(who);
    await stage.look(who.sessionId, look);
    await settle();
    expect(viewsOf(await connect(who))).toEqual([]);
    expect(names(reader)).toEqual(['snapshot']);
  });

  it('S1 shows nothing before the authority is approved', async () => {
    await commit(
      {
        kind: 'incidentClosed',
        payload: { incidentId: 'inc-1', outcome: 'met', closedAt: instant(startMs) },
      },
      opened('inc-2'),
      member('usr-1', 'inc-2'),
      sighting('s5', 'inc-2'),
      {
        kind: 'authorityRequested',
        payload: {
          incidentId: 'inc-2',
          authorityId: 'aut-5',
          requestedBy: 'usr-1',
          expiresAt: instant(startMs + authorityMs),
        },
      },
    );
    const reader = await connect(operator);
    await stage.look(operator.sessionId, { incidentId: 'inc-2', authorityId: 'aut-5' });
    await settle();
    expect(viewsOf(reader, 'inc-2')).toEqual([]);
  });

  it('misses no sighting that is recorded while the look is being opened, nor one that is being read', async () => {
    const reader = await connect(operator);
    stage.meanwhile = () => commit(sighting('s2'));
    await stage.look(operator.sessionId, look);
    await settle();
    expect(viewsOf(reader)).toEqual(['s1', 's2']);
  });

  it('shows a sighting that nobody watched when it was committed, but somebody does when it is sent', async () => {
    const reader = await connect(operator);
    // The directory is read between the question who watches and the sending.
    stage.meanwhile = async () => {
      await stage.look(operator.sessionId, look);
      await settle();
    };
    await commit(
      { kind: 'deviceRegistered', payload: { deviceId: 'd', unitId: null, protocol: 'gateway' } },
      sighting('s2'),
    );
    await settle();
    expect(viewsOf(reader)).toEqual(['s1', 's2']);
  });
});

describe('scope', () => {
  const officer = viewer('station', 'usr-5', 'st-1');

  it('S6 keeps what belongs to another station out of every frame', async () => {
    await commit(opened('inc-1', 'st-1'), opened('inc-2', 'st-2'));
    const reader = await connect(officer);
    await commit(opened('inc-3', 'st-2'), sighting('s3', 'inc-3'), sighting('s1', 'inc-1'));
    await commit({
      kind: 'unitCreated',
      payload: {
        unitId: 'unt-2',
        slot: 2,
        callsign: 'B',
        stationId: 'st-2',
        kind: 'car',
        crew: { sworn: 1, auxiliary: 0 },
        state: 'available',
      },
    });
    stage.fleet.offer({ ...at(2, 'st-2'), observedAtMs: stage.nowMs });
    stage.fleet.offer({ ...at(1, 'st-1'), observedAtMs: stage.nowMs });
    stage.hub.tick();
    await settle();
    for (const secret of ['inc-2', 'inc-3', 's3', 'unt-2', 'st-2']) expect(reader.text).not.toContain(secret);
    expect([...reader.model().positions.keys()]).toEqual([1]);
    expect(Object.keys(reader.model().world.incidents)).toEqual(['inc-1']);
  });

  it('shows an incident of another station from the moment that the viewer is on it', async () => {
    await commit(opened('inc-2', 'st-2'), sighting('s1', 'inc-2'));
    const reader = await connect(officer);
    const resumeFrom = seq;
    expect(Object.keys(reader.model().world.incidents)).toEqual([]);
    await commit(member('usr-5', 'inc-2'), sighting('s2', 'inc-2'));
    await settle();
    expect(Object.keys(reader.model().world.incidents['inc-2']!.sightings)).toEqual(['s1', 's2']);
    const resumed = await connect(officer, resumeFrom);
    expect(Object.keys(resumed.model().world.incidents['inc-2']!.sightings)).toEqual(['s1', 's2']);
  });

  it('shows an incident from the moment that it is given to the viewer’s station, until that station is gone', async () => {
    await commit(opened('inc-1', null), sighting('s1'));
    const reader = await connect(officer);
    const resumeFrom = seq;
    const shown = ({ world }: ReturnType<StreamReader['model']>) => Object.values(world.incidents);
    expect(shown(reader.model())).toEqual([]);
    await commit({
      kind: 'stationAssigned',
      payload: { incidentId: 'inc-1', stationId: 'st-1', stationBasis: 'nearest' },
    });
    await settle();
    for (const each of [reader, await connect(officer, resumeFrom)])
      expect(shown(each.model())).toMatchObject([
        { id: 'inc-1', stationId: 'st-1', sightings: { s1: {} }, subject: { phoneMasked: '138****0001' } },
      ]);
    const resumeFromAssigned = seq;
    await commit({ kind: 'stationRemoved', payload: { stationId: 'st-1' } });
    await settle();
    for (const each of [reader, await connect(officer, resumeFromAssigned)])
      expect(shown(each.model())).toEqual([]);
    expect(shown((await connect(operator)).model())).toMatchObject([
      { stationId: null, stationBasis: 'none' },
    ]);
  });

  it('shows an incident that no station has to a member who has none either', async () => {
    const roaming = viewer('field', 'usr-6', null);
    const reader = await connect(roaming);
    await commit(opened('inc-1', null), member('usr-6'));
    await settle();
    for (const each of [reader, await connect(roaming)])
      expect(Object.keys(each.model().world.incidents)).toEqual(['inc-1']);
  });

  it('shows the wall no subject', async () => {
    const wall = await connect(viewer('wall', 'usr-wall'));
    const desk = await connect(operator);
    await commit(opened());
    await settle();
    expect(desk.model().world.incidents['inc-1']?.subject?.phoneMasked).toBe('138****0001');
    expect(wall.text).toContain('inc-1');
    expect(wall.text + (await connect(viewer('wall', 'usr-wall'))).text).not.toContain('138****0001');
  });

  it('has a client begin anew when its role or station changed, and ends the streams of ended sessions', async () => {
    const still = await connect(operator);
    const moved = await connect(officer);
    const gone = await connect(viewer('leader', 'usr-3'));
    const state = { lastSeenAt: stage.nowMs, expiresAt: stage.nowMs + 1000 };
    stage.sessions.set(operator.sessionId, {
      sessionId: operator.sessionId,
      role: 'operator',
      stationId: null,
      ...state,
    });
    stage.sessions.set(officer.sessionId, {
      sessionId: officer.sessionId,
      role: 'station',
      stationId: 'st-2',
      ...state,
    });
    await stage.hub.checkSessions();
    await settle();
    expect([still.ended, moved.ended, gone.ended]).toEqual([false, true, true]);
    const last = messagesIn(moved.text).at(-1)!;
    expect([last.name, JSON.parse(last.data) as ResyncMessage]).toEqual([
      'resync',
      { reason: 'scopeChanged' },
    ]);
    stage.nowMs += 1000;
    await stage.hub.checkSessions();
    await settle();
    expect(still.ended).toBe(true);
    expect(stage.hub.size).toBe(0);
  });

  it('ends the streams of a session that is closed, at once', async () => {
    const reader = await connect(operator);
    stage.hub.sessionEnded(operator.sessionId);
    await settle();
    expect(reader.ended).toBe(true);
  });
});

const at = (slot: number, stationId: string | null = null) => ({
  unitId: `unt-${slot}`,
  slot,
  stationId,
  lng: 103 + slot / 1000,
  lat: 24.8,
  accuracyM: null,
  speedMps: 4,
  courseDeg: 90,
  batteryPct: null,
  future: false,
  key: '00',
});

describe('positions', () => {
  it('sends the newest fix of what moved, encoded once for a class', async () => {
    const readers = [await connect(operator), await connect(viewer('leader', 'usr-2'))];
    for (let round = 1; round <= 3; round++) {
      for (const slot of [1, 2])
        stage.fleet.offer({ ...at(slot), lng: 100 + round, observedAtMs: startMs + round });
    }
    stage.hub.tick();
    stage.hub.tick();
    await settle();
    for (const reader of readers) {
      expect(names(reader)).toEqual(['snapshot', 'positions']);
      expect([...reader.model().positions.values()].map(({ lng }) => lng)).toEqual([103, 103]);
    }
  });

  it('a slow reader skips what is outdated, misses no unit, and gets everything that moved meanwhile', async () => {
    const stream = await stage.hub.open(operator);
    for (let round = 1; round <= 500; round++) {
      stage.fleet.offer({ ...at(round % 7), lng: round / 10, observedAtMs: startMs + round });
      stage.hub.tick();
    }
    const reader = new StreamReader(stream);
    await settle();
    stage.hub.tick();
    await settle();
    expect(names(reader)).toEqual(['snapshot', 'positions']);
    expect(
      [...reader.model().positions].sort(([a], [b]) => a - b).map(([slot, { lng }]) => [slot, lng]),
    ).toEqual([0, 1, 2, 3, 4, 5, 6].map(slot => [slot, stage.fleet.at(slot)!.lng]));
  });

  it('a snapshot holds every position in view', async () => {
    for (const slot of [1, 2, 3])
      stage.fleet.offer({ ...at(slot, slot === 2 ? 'st-2' : 'st-1'), observedAtMs: startMs });
    expect([...(await connect(viewer('field', 'usr-7', 'st-1'))).model().positions.keys()]).toEqual([1, 3]);
  });
});

describe('a reader that stopped', () => {
  it('R6 holds no more than the bound, is told to begin anew, and delays nobody', async () => {
    stage = new LiveStage({ maxWaitingBytes: 50_000 });
    const stopped = await stage.hub.open(operator);
    const healthy = await connect(viewer('leader', 'usr-2'));
    await commit(opened());
    for (let count = 0; count < 800; count++) {
      await commit(sighting(`s${count}`));
      stage.fleet.offer({ ...at(count % 50), observedAtMs: startMs + count });
      stage.hub.tick();
      await settle();
      expect(stage.hub.waitingBytes).toBeLessThan(50_000 + 1000);
    }
    await settle();
    expect(healthy.model().facts).toHaveLength(801);
    const late = new StreamReader(stopped);
    await settle();
    expect(late.text.length).toBeLessThan(1000);
    expect(messagesIn(late.text).map(({ data }) => data)).toEqual(['{"reason":"tooFarBehind"}']);
    expect(late.ended).toBe(true);
  });

  it('is cut off after a minute in which it took nothing', async () => {
    const stream = await stage.hub.open(operator);
    stage.hub.tick();
    stage.nowMs += 61_000;
    stage.hub.tick();
    const reader = new StreamReader(stream);
    await settle();
    expect(reader.failed).toBe(true);
    expect(stage.hub.size).toBe(0);
  });
});

describe('the rest of the protocol', () => {
  it('pings every 5 s with the seq from which nothing is lost', async () => {
    await commit(opened('inc-1', 'st-2'));
    const reader = await connect(viewer('field', 'usr-4', 'st-1'));
    await commit(sighting('s1'));
    stage.nowMs += 5000;
    stage.hub.tick();
    stage.hub.tick();
    await settle();
    const pings = messagesIn(reader.text).filter(({ name }) => name === 'ping');
    expect(pings).toHaveLength(1);
    expect(JSON.parse(pings[0]!.data) as PingMessage).toEqual({
      serverTime: instant(stage.nowMs),
      seq: 2,
      dataAgeS: 0,
    });
    expect(pings[0]!.id).toBe('2');
  });

  it('names the protocol in the snapshot', async () => {
    const [first] = messagesIn((await connect(operator)).text);
    expect(JSON.parse(first!.data) as SnapshotMessage).toMatchObject({
      protocol: 5,
      seq: 0,
      world: { seq: 0 },
    });
  });

  it.each([-1, 99, Number.NaN, 1.5])(
    'gives a snapshot to a client with an impossible seq (%s)',
    async since => {
      await commit(opened());
      expect(names(await connect(operator, since))).toEqual(['snapshot']);
    },
  );

  it('has everybody begin anew with a new region', async () => {
    const reader = await connect(operator);
    await commit({ kind: 'regionInstalled', payload: { regionId: 'r2', name: 'R', fictional: true } });
    await settle();
    expect(messagesIn(reader.text).at(-1)?.data).toBe('{"reason":"regionChanged"}');
    expect(reader.ended).toBe(true);
  });

  it('forgets a client that leaves', async () => {
    const reader = await connect(operator);
    expect(stage.hub.size).toBe(1);
    await reader.leave();
    expect(stage.hub.size).toBe(0);
  });
});
