/** The stream behind the whole application: services write, the tail follows, screens see. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Live, startLive } from '../../server/live/live.ts';
import type { Viewer } from '../../server/stream/scope.ts';
import { alertBody, fromNow, openTrace, reasonHeader, testApp, type TestApp } from '../builders/app.ts';
import { describeEachDatabase } from '../builders/database.ts';
import { messagesIn, settle, StreamReader } from './stream-client.ts';

describeEachDatabase('the stream of the application', makeDatabase => {
  let app: TestApp;
  let live: Live;

  beforeEach(async () => {
    app = await testApp(await makeDatabase());
    live = app.deps.live;
  });
  afterEach(() => app.close());

  const viewer = (role: Viewer['role'], stationId: string | null = null): Viewer => ({
    kind: 'user',
    userId: role,
    username: role,
    role,
    stationId,
    sessionId: `ses-${role}`,
  });
  const connect = async (who: Viewer, since?: number) => {
    const reader = new StreamReader(await live.stream.open(who, since));
    await settle();
    return reader;
  };
  const followed = async () => {
    await app.settled();
    // A snapshot with a trace waits for the database.
    await live.caughtUp();
    await settle();
  };
  const until = async (holds: () => boolean) => {
    while (!holds()) await new Promise(resolve => setTimeout(resolve, 5));
  };
  const fix = (lng: number) => ({
    kind: 'fix',
    observedAt: fromNow(app.clock, -60_000),
    source: 'carrier',
    position: { lng, lat: 24.8 },
    accuracyM: 50,
  });
  const record = (incidentId: string, lng: number) =>
    app.as('operator')('POST', `/api/incidents/${incidentId}/sightings`, fix(lng));
  const viewsOf = (reader: StreamReader, incidentId: string) =>
    Object.values(reader.model().world.incidents[incidentId]?.sightings ?? {}).flatMap(
      ({ view }) => view ?? [],
    );

  it('S1 S2 S3 carries a trace only inside an open look, after its audit row, until the authority ends', async () => {
    const { incidentId, authorityId } = await openTrace(app);
    await record(incidentId, 103.31);
    await followed();
    const mine = await connect(viewer('trace'));
    const other = await connect(viewer('operator'));
    expect(viewsOf(mine, incidentId)).toEqual([]);

    const opened = await app.as('trace')(
      'POST',
      `/api/incidents/${incidentId}/looks`,
      undefined,
      reasonHeader,
    );
    expect(opened.status).toBeLessThan(300);
    await until(() => viewsOf(mine, incidentId).length === 1);
    const { rows } = await app.database.pool.query(`select 1 from audit_entry where action = 'trace.open'`);
    expect(rows).toHaveLength(1);
    expect(viewsOf(mine, incidentId)[0]).toMatchObject({
      source: 'carrier',
      detail: { position: { lng: 103.31 } },
    });

    await record(incidentId, 103.32);
    await until(() => viewsOf(mine, incidentId).length === 2);
    expect(mine.text.match(/event: snapshot/g)).toHaveLength(2);
    expect(other.text).not.toContain('103.3');

    await app.as('leader')('POST', `/api/authorities/${authorityId}/revoke`);
    await until(() => mine.text.includes('event: revoked'));
    await record(incidentId, 103.33);
    await followed();
    expect(viewsOf(mine, incidentId)).toEqual([]);
    expect(mine.text).not.toContain('103.33');
  });

  it('S2 ends a look within a second of its authority expiring', async () => {
    const { incidentId } = await openTrace(app);
    await record(incidentId, 103.31);
    await followed();
    const reader = await connect(viewer('trace'));
    await app.as('trace')('POST', `/api/incidents/${incidentId}/looks`, undefined, reasonHeader);
    await until(() => viewsOf(reader, incidentId).length === 1);
    app.clock.advance(3_600_000);
    // The hub's own pulse notices; nobody commits anything.
    await until(() => reader.text.includes('event: revoked'));
    expect(viewsOf(reader, incidentId)).toEqual([]);
  });

  it('ends with its session', async () => {
    const reader = await connect(viewer('operator'));
    await app.as('operator')('DELETE', '/api/session');
    await until(() => reader.ended);
  });

  it('R5 shows live what a fresh snapshot shows, and what a restarted server shows', async () => {
    const roles = [
      viewer('operator'),
      viewer('wall'),
      viewer('station', 'st-east'),
      viewer('field', 'st-east'),
    ];
    const readers = await Promise.all(roles.map(who => connect(who)));
    await app.as('leader')('POST', '/api/units', {
      callsign: 'A1',
      stationId: 'st-east',
      kind: 'car',
      crew: { sworn: 1, auxiliary: 1 },
    });
    const first = await app.as('operator')(
      'POST',
      '/api/alerts',
      alertBody({ amount: 500 }, { home: { lng: 103.3, lat: 24.8 } }),
    );
    await app.as('operator')('POST', '/api/alerts', alertBody({ risk: 'extraHigh', amount: 900 }));
    const { incidentId } = await openTrace(app, ['trace', 'field']);
    const sighting = await record(incidentId, 103.34);
    await app.as('leader')('POST', `/api/sightings/${sighting.body.sightingId}/withdraw`, {
      reason: 'wrong phone',
    });
    await app.as('leader')('POST', `/api/incidents/${first.body.incidentId}/close`, { outcome: 'met' });
    await followed();

    const again = await startLive({ clock: app.clock, database: app.database, log: app.deps.log });
    try {
      expect(again.world()).toEqual(live.world());
      for (const [index, who] of roles.entries()) {
        const [fresh, restarted] = [await connect(who), new StreamReader(await again.stream.open(who))];
        await settle();
        const { seq: _, ...shown } = readers[index]!.model().world;
        expect(fresh.model().world).toMatchObject(shown);
        expect(restarted.model().world).toEqual(fresh.model().world);
      }
    } finally {
      await again.stop();
    }
    const desk = readers[0]!.model().world.incidents[first.body.incidentId as string];
    expect(desk).toMatchObject({ state: 'closed', alertCount: 2, amount: 900, risk: 'extraHigh' });
    expect(desk?.subject?.phoneMasked).toBe('138****0001');
    expect(readers[1]!.text).not.toContain('138****0001');
  });

  it('S12 lets no phone number or name into any frame', async () => {
    const readers = await Promise.all([connect(viewer('leader')), connect(viewer('wall'))]);
    await app.as('operator')('POST', '/api/alerts', alertBody({}, { phone: '13987654321', name: '钱小明' }));
    await followed();
    for (const text of [...readers.map(({ text: all }) => all), (await connect(viewer('leader'))).text]) {
      expect(text).not.toMatch(/13987654321|钱小明/);
    }
    expect(messagesIn(readers[0]!.text).some(({ data }) => data.includes('139****4321'))).toBe(true);
  });
});
