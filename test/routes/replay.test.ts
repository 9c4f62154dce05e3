import { sql } from 'drizzle-orm';
import { afterEach, expect, it } from 'vitest';
import type { EndMessage, TrackMessage } from '#contract/replay.ts';
import type { SnapshotMessage } from '#contract/stream.ts';
import { apply, type Fact } from '#domain/apply.ts';
import { decodeChunk } from '#domain/track/chunk.ts';
import { fixAt } from '#domain/track/track.ts';
import type { World } from '#domain/world.ts';
import { alertBody, openTrace, type TestApp, testApp } from '../builders/app.ts';
import { inWest } from '../builders/county.ts';
import { describeEachDatabase } from '../builders/database.ts';
import { messagesIn } from '../stream/stream-client.ts';

const car = { callsign: '鹿鸣-1', stationId: 'st-west', kind: 'car', crew: { sworn: 1, auxiliary: 2 } };
const report = { kind: 'report', source: '110接警', credibility: 1, text: '他往车站去了' };

describeEachDatabase('GET /api/replay', makeDatabase => {
  let app: TestApp;
  afterEach(() => app?.close());

  /** What a recording says: the world after each of its facts, and the rest. */
  async function replay(role: Parameters<TestApp['as']>[0], path: string) {
    const { status, body, headers } = await app.as(role)('GET', `/api/replay${path}`);
    if (status !== 200) return { status, text: JSON.stringify(body) };
    expect(headers.get('content-type')).toContain('text/event-stream');
    const messages = messagesIn(body as string);
    const of = (name: string) =>
      messages.filter(each => each.name === name).map(({ data }) => JSON.parse(data));
    const [snapshot] = of('snapshot') as [SnapshotMessage];
    const facts = of('fact') as Fact[];
    const worlds = new Map<number, World>([[snapshot.seq, snapshot.world]]);
    for (const fact of facts) worlds.set(fact.seq, apply([...worlds.values()].at(-1)!, fact));
    const tracks = of('track') as TrackMessage[];
    return { status, text: body as string, snapshot, facts, worlds, tracks, end: of('end')[0] as EndMessage };
  }

  it('says what the live world was at each seq, where the cars were, and that somebody looked', async () => {
    app = await testApp(await makeDatabase());
    const leader = app.as('leader');
    const { id: unitId } = (await leader('POST', '/api/units', car)).body as { id: string };
    const { token } = (
      await leader('POST', '/api/devices', { unitId, protocol: 'osmand', identifier: 'c', crs: 'wgs84' })
    ).body as { token: string };
    const live = new Map<number, World>();
    const note = async () => {
      await app.settled();
      const world = app.deps.live.world();
      live.set(world.seq, world);
    };
    const { incidentId } = (await app.as('operator')('POST', '/api/alerts', alertBody())).body as {
      incidentId: string;
    };
    await note();
    await leader('POST', `/api/incidents/${incidentId}/members`, { userId: 'analyst' });
    await note();
    const observedAt = new Date(app.clock.now()).toISOString();
    const fix = [{ unitId, observedAt, ...inWest, speedMps: 3 }];
    const sent = await app.anonymous('POST', '/feeds/positions', fix, { authorization: `Bearer ${token}` });
    expect(sent.body).toMatchObject({ accepted: 1 });
    await leader('PATCH', `/api/units/${unitId}`, { state: 'enRoute' });
    await note();
    const taken = await app.as('operator')('POST', `/api/incidents/${incidentId}/sightings`, {
      ...report,
      position: inWest,
      observedAt,
    });
    expect(taken.status).toBe(201);
    await note();
    await leader('POST', `/api/incidents/${incidentId}/close`, { outcome: 'falseAlarm' });
    await note();

    const seen = await replay('analyst', `/${incidentId}`);
    expect(live.size).toBeGreaterThan(3);
    for (const [seq, world] of live) {
      const { incidents, units } = seen.worlds!.get(seq)!;
      expect({ incidents, units }).toEqual({ incidents: world.incidents, units: world.units });
    }
    expect(seen.snapshot!.world.incidents).toEqual({});
    const [track] = seen.tracks!.filter(each => each.unitId === unitId);
    const { lng, lat } = fixAt(decodeChunk(Buffer.from(track!.chunk, 'base64')), 0);
    expect(lng).toBeCloseTo(inWest.lng, 6);
    expect(lat).toBeCloseTo(inWest.lat, 6);
    expect(Date.parse(seen.end!.to)).toBeGreaterThanOrEqual(Date.parse(seen.end!.from));
    const [, last] = [...live.keys()].slice(-2) as [number, number];
    const later = await replay('analyst', `/${incidentId}?seq=${last - 1}`);
    expect(later.snapshot!.seq).toBe(last - 1);
    expect(later.facts!.map(({ seq }) => seq)).toContain(last);
    const rows = await app.database.maintain(
      async tx =>
        (
          await tx.execute(
            sql`select actor from audit_entry where action = 'replay.open' and incident_id = ${incidentId}`,
          )
        ).rows,
    );
    expect(rows.map(({ actor }) => actor)).toEqual(['user:analyst', 'user:analyst']);
  });

  it('shows no trace, even to those who may look, and nobody what he may not see today', async () => {
    app = await testApp(await makeDatabase());
    const { incidentId } = await openTrace(app, ['trace']);
    const observedAt = new Date(app.clock.now()).toISOString();
    const words = { ...report, position: inWest, observedAt };
    await app.as('trace')('POST', `/api/incidents/${incidentId}/sightings`, words);
    await app.settled();
    const seen = await replay('trace', `/${incidentId}`);
    expect(seen.facts!.map(({ kind }) => kind)).toContain('sightingRecorded');
    for (const secret of [report.text, String(inWest.lng)]) expect(seen.text).not.toContain(secret);
    for (const [role, status] of [
      ['wall', 403],
      ['admin', 403],
      ['auditor', 403],
      ['field', 403],
    ] as const)
      expect((await replay(role, `/${incidentId}`)).status).toBe(status);
    expect((await replay('analyst', '/inc_none')).status).toBe(404);
    expect((await replay('analyst', `/${incidentId}?seq=1&at=2026-11-22T00:00:00Z`)).status).toBe(400);
    const day = '?from=2026-11-22T00:00:00Z&to=2026-11-24T00:00:00Z';
    expect((await replay('analyst', day)).status).toBe(400);
    const span = `?from=${fromHours(-1)}&to=${fromHours(1)}`;
    expect((await replay('analyst', span)).facts!.length).toBeGreaterThan(0);
    expect((await replay('station', span)).status).toBe(403);
  });

  const fromHours = (hours: number) => new Date(app.clock.now() + hours * 3_600_000).toISOString();
});
