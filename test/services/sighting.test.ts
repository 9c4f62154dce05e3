import fc from 'fast-check';
import gcoord from 'gcoord';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { coordinateSystems } from '#contract/common.ts';
import { toWgs84 } from '../../server/ingest/coordinates.ts';
import { fromNow, openTrace, reasonHeader, type TestApp, testApp } from '../builders/app.ts';
import { bank, gravelRoad, inEast } from '../builders/county.ts';
import { describeEachDatabase } from '../builders/database.ts';

describeEachDatabase('sightings', makeDatabase => {
  let app: TestApp;
  let incidentId: string;
  beforeAll(async () => {
    app = await testApp(await makeDatabase());
    ({ incidentId } = await openTrace(app));
  });
  afterAll(() => app.close());
  const base = () => ({ observedAt: fromNow(app.clock, -60_000), source: 'desk' });
  const record = (body: Record<string, unknown>) =>
    app.as('trace')('POST', `/api/incidents/${incidentId}/sightings`, { ...base(), ...body });
  const look = async () => {
    const { body } = await app.as('trace')(
      'GET',
      `/api/incidents/${incidentId}/sightings`,
      undefined,
      reasonHeader,
    );
    return body.items as Record<string, never>[];
  };
  const viewOf = async (sightingId: string) => (await look()).find(({ id }) => id === sightingId);
  const gcj = { ...inEast, crs: 'gcj02' };
  const shifted = toWgs84({ ...inEast, crs: 'gcj02' });

  it.each([
    [
      'cell',
      { site: gcj, rangeM: 800, azimuthDeg: 120, cellId: 'b-1-a' },
      { site: shifted, rangeM: 800, azimuthDeg: 120, cellId: 'b-1-a' },
    ],
    ['fix', { position: gcj, accuracyM: 20 }, { position: shifted, accuracyM: 20 }],
    ['camera', { position: gcj, plate: '云A12345' }, { position: shifted }, '云A12345'],
    ['transaction', { placeId: bank.id }, { placeId: bank.id, position: bank.position }],
    [
      'report',
      { position: gcj, credibility: 0.5, text: '她往东走了', usualPlaces: [bank.id, gcj] },
      { position: shifted, credibility: 0.5, usualPlaces: [bank.id, shifted] },
      '她往东走了',
    ],
    [
      'search',
      { segmentId: gravelRoad.id, method: 'driveBy', outcome: 'notHere' },
      { segmentId: gravelRoad.id, method: 'driveBy', outcome: 'notHere', position: gravelRoad.middle },
    ],
  ] as const)(
    '%s is stored in WGS-84, as sent beside it, words in the vault',
    async (kind, sent, detail, text?: string) => {
      const answer = await record({ kind, ...sent });
      expect(answer.status).toBe(201);
      expect(answer.body.seq).toBeGreaterThan(0);
      const view = await viewOf(answer.body.sightingId);
      expect(view).toMatchObject({ source: 'desk', ...(text !== undefined && { text }) });
      const expected = { kind, ...detail } as Record<string, unknown>;
      const position = expected['position'] as { lng: number } | undefined;
      if (kind === 'search' && position)
        expected['position'] = { lat: 24.74, lng: expect.closeTo(position.lng, 6) };
      expect(view!['detail']).toEqual(expected);
      const { rows } = await app.database.pool.query(
        'select raw, detail::text as detail from sighting where id = $1',
        [answer.body.sightingId],
      );
      if (JSON.stringify(sent).includes('gcj02'))
        expect(JSON.stringify(rows[0].raw)).toContain('"crs": "gcj02"'.replace(' ', ''));
      if (text !== undefined) expect(JSON.stringify(rows[0])).not.toContain(text);
    },
  );

  it.each([
    ['an unknown place', { kind: 'transaction', placeId: 'nowhere' }, 'placeId'],
    [
      'an unknown segment',
      { kind: 'search', segmentId: 'nowhere', method: 'driveBy', outcome: 'notHere' },
      'segmentId',
    ],
    [
      'an unknown usual place',
      { kind: 'report', credibility: 1, text: 't', usualPlaces: [bank.id, 'nowhere'] },
      'usualPlaces.1',
    ],
    [
      'an unknown unit',
      { kind: 'search', placeId: bank.id, unitId: 'nobody', method: 'driveBy', outcome: 'notHere' },
      'unitId',
    ],
    [
      'both place and segment',
      { kind: 'search', placeId: bank.id, segmentId: gravelRoad.id, method: 'driveBy', outcome: 'notHere' },
      'placeId',
    ],
    ['neither', { kind: 'transaction' }, 'placeId'],
    ['no such kind', { kind: 'dream', position: inEast }, 'kind'],
    ['a range of nothing', { kind: 'cell', site: inEast, rangeM: 0 }, 'rangeM'],
    [
      'a time without zone',
      { kind: 'fix', position: inEast, accuracyM: 5, observedAt: '2026-11-22T09:00:00' },
      'observedAt',
    ],
  ])('refuses %s and names it', async (_, body, named) => {
    const answer = await record(body);
    expect(answer.status).toBe(400);
    expect(JSON.stringify(answer.body.error)).toContain(named);
  });

  it('refuses what lies in the future, but not a clock that is a little ahead', async () => {
    const fix = { kind: 'fix', position: inEast, accuracyM: 5 };
    expect((await record({ ...fix, observedAt: fromNow(app.clock, 10 * 60_000) })).status).toBe(400);
    expect((await record({ ...fix, observedAt: fromNow(app.clock, 60_000) })).status).toBe(201);
  });

  it('a correction replaces, once; a withdrawal takes back, once', async () => {
    const trace = app.as('trace');
    const { sightingId } = (await record({ kind: 'fix', position: inEast, accuracyM: 5 })).body;
    const corrected = { ...base(), kind: 'fix', position: inEast, accuracyM: 500 };
    const body = { reason: '精度写错', ...corrected };
    const answers = await Promise.all([
      trace('POST', `/api/sightings/${sightingId}/correct`, body),
      trace('POST', `/api/sightings/${sightingId}/correct`, body),
    ]);
    expect(new Set(answers.map(answer => answer.status))).toEqual(new Set([201, 409]));
    const correctedId = answers.find(answer => answer.status === 201)!.body.sightingId;
    expect(await viewOf(correctedId)).toMatchObject({ replaces: sightingId, detail: { accuracyM: 500 } });
    expect((await trace('POST', `/api/sightings/${sightingId}/withdraw`, { reason: '误' })).status).toBe(400);
    expect(
      (await trace('POST', `/api/sightings/${sightingId}/withdraw`, { reason: '不是她本人' })).status,
    ).toBe(409);
    expect(
      (await trace('POST', `/api/sightings/${correctedId}/withdraw`, { reason: '不是她本人' })).status,
    ).toBe(200);
    expect(
      (await trace('POST', `/api/sightings/${correctedId}/withdraw`, { reason: '不是她本人' })).status,
    ).toBe(409);
    expect(
      (await trace('POST', '/api/sightings/sgt_nothing/withdraw', { reason: '不是她本人' })).status,
    ).toBe(404);
    expect(await viewOf(sightingId)).toMatchObject({ withdrawn: false, replacedBy: correctedId });
    expect(await viewOf(correctedId)).toMatchObject({ withdrawn: true, replacedBy: null });
    const { sightings } = (await app.as('leader')('GET', `/api/incidents/${incidentId}`)).body;
    const byId = Object.fromEntries(sightings.map((sighting: { id: string }) => [sighting.id, sighting]));
    expect(byId[sightingId]).toMatchObject({ withdrawn: false, replacedBy: correctedId });
    expect(byId[correctedId]).toMatchObject({ withdrawn: true, replacedBy: null });
  });

  it('a gateway hands sightings in, in the system of its own, and reads nothing', async () => {
    const device = { protocol: 'gateway', identifier: 'carrier', crs: 'gcj02' };
    const { token } = (await app.as('leader')('POST', '/api/devices', device)).body;
    const headers = { authorization: `Bearer ${token}` };
    const fix = { ...base(), kind: 'fix', position: inEast, accuracyM: 300 };
    const answer = await app.anonymous('POST', `/api/incidents/${incidentId}/sightings`, fix, headers);
    expect(answer.status).toBe(201);
    expect((await viewOf(answer.body.sightingId))!['detail']).toMatchObject({ position: shifted });
    const read = await app.anonymous('GET', `/api/incidents/${incidentId}`, undefined, headers);
    expect(read.status).toBe(403);
    const traced = await app.anonymous('GET', `/api/incidents/${incidentId}/sightings`, undefined, {
      ...headers,
      ...reasonHeader,
    });
    expect(traced.status).toBe(403);
  });
});

describe('coordinates', () => {
  const china = fc.record({
    lng: fc.double({ min: 98, max: 106, noNaN: true }),
    lat: fc.double({ min: 21, max: 29, noNaN: true }),
  });
  it('come back to where they were, within a metre, from every system', () => {
    fc.assert(
      fc.property(china, fc.constantFrom(...coordinateSystems), (truth, crs) => {
        const systems = {
          wgs84: gcoord.WGS84,
          cgcs2000: gcoord.WGS84,
          gcj02: gcoord.GCJ02,
          bd09: gcoord.BD09,
        };
        const [lng, lat] = gcoord.transform([truth.lng, truth.lat], gcoord.WGS84, systems[crs]);
        const back = toWgs84({ lng: lng!, lat: lat!, crs });
        expect(Math.abs(back.lng - truth.lng)).toBeLessThan(1e-5);
        expect(Math.abs(back.lat - truth.lat)).toBeLessThan(1e-5);
      }),
    );
  });
  it('are the device’s when they name no system, and their own when they do', () => {
    expect(toWgs84(inEast, 'gcj02')).toEqual(toWgs84({ ...inEast, crs: 'gcj02' }));
    expect(toWgs84({ ...inEast, crs: 'wgs84' }, 'gcj02')).toEqual(inEast);
  });
});
