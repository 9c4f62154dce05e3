import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { distanceM, type LngLat } from '#road/geo.ts';
import { buildRoadGraph } from '#road/assemble.ts';
import { buildHierarchy } from '#road/contraction.ts';
import { RoadRouter } from '#road/router.ts';
import { fromNow, type TestApp, testApp } from '../builders/app.ts';
import { describeEachDatabase } from '../builders/database.ts';
import { street } from '../builders/street.ts';

/** A comb: one long street along 24.75 with side streets to the north, none of which meet again. */
function comb(): RoadRouter {
  const nodes = new Map<number, LngLat>();
  for (let i = 0; i <= 10; i++) {
    nodes.set(i, [103.3 + i / 100, 24.75]);
    nodes.set(100 + i, [103.3 + i / 100, 24.77]);
  }
  const long = street(
    1,
    Array.from({ length: 11 }, (_, i) => i),
  );
  const sides = Array.from({ length: 11 }, (_, i) => street(10 + i, [i, 100 + i]));
  const graph = buildRoadGraph({ nodes, ways: [long, ...sides], restrictions: [], barriers: [] });
  return new RoadRouter(graph, buildHierarchy(graph));
}

describeEachDatabase('questions to the road network', makeDatabase => {
  let app: TestApp;
  const router = comb();
  const units: Record<string, { id: string; at: LngLat }> = {};
  beforeAll(async () => {
    app = await testApp(await makeDatabase(), { router });
    const leader = app.as('leader');
    const { token } = (await leader('POST', '/api/devices', { protocol: 'gateway', identifier: 'g' })).body;
    const places: [string, LngLat, string | null, number][] = [
      ['A', [103.31, 24.769], 'st-east', 0],
      ['B', [103.33, 24.75], 'st-east', 60_000],
      ['C', [103.39, 24.75], 'st-west', 0],
      ['stale', [103.32, 24.769], 'st-east', 11 * 60_000],
      ['off', [103.32, 24.768], 'st-east', 0],
      ['silent', [103.32, 24.768], 'st-east', Number.NaN],
    ];
    for (const [callsign, at, stationId] of places) {
      const { body } = await leader('POST', '/api/units', {
        callsign,
        kind: 'car',
        stationId,
        crew: { sworn: 1, auxiliary: 2 },
      });
      units[callsign] = { id: body.id, at };
    }
    await leader('PATCH', `/api/units/${units['off']!.id}`, { state: 'outOfService' });
    await app.settled();
    const fixes = places
      .filter(([, , , age]) => !Number.isNaN(age))
      .map(([callsign, [lng, lat], , age]) => ({
        unitId: units[callsign]!.id,
        observedAt: fromNow(app.clock, -age),
        lng,
        lat,
      }));
    const { body } = await app.anonymous('POST', '/feeds/positions', fixes, {
      authorization: `Bearer ${token}`,
    });
    expect(body).toMatchObject({ accepted: 5, rejected: [] });
  });
  afterAll(() => app.close());
  const nearest = (query: string, role: 'leader' | 'station' | 'admin' = 'leader') =>
    app.as(role)('GET', `/api/units/nearest?${query}`);
  const callsigns = (answer: { body: { items: { callsign: string }[] } }) =>
    answer.body.items.map(item => item.callsign);

  it('by road is not by line: who is across the block comes later', async () => {
    const target = 'lng=103.32&lat=24.769';
    expect(callsigns(await nearest(`${target}&by=line`))).toEqual(['A', 'B', 'C']);
    const byRoad = await nearest(target);
    expect(callsigns(byRoad)).toEqual(['B', 'A', 'C']);
    const [first] = byRoad.body.items;
    expect(first).toMatchObject({
      state: 'available',
      crew: { sworn: 1, auxiliary: 2 },
      fixAgeS: 60,
      position: { lng: 103.33, lat: 24.75 },
    });
    expect(Date.parse(first.etaAt) - app.clock.now()).toBe(first.travelTimeS * 1000);
    expect(first.distanceM).toBeGreaterThan(3000);
    expect((await nearest(`${target}&by=line`)).body.items[0]).toMatchObject({
      travelTimeS: null,
      etaAt: null,
    });
  });

  it('agrees with brute force over the units that count (property)', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.double({ min: 103.3, max: 103.4, noNaN: true }),
        fc.double({ min: 24.75, max: 24.755, noNaN: true }),
        async (lng, lat) => {
          const counting = ['A', 'B', 'C'].map(callsign => units[callsign]!);
          const { body } = await nearest(`lng=${lng}&lat=${lat}&limit=2`);
          const times = counting
            .map(({ at }) => router.route(at, [lng, lat])!.travelTimeS)
            .toSorted((a, b) => a - b);
          expect(body.items.map((item: { travelTimeS: number }) => item.travelTimeS)).toEqual(
            times.slice(0, 2),
          );
          const line = (await nearest(`lng=${lng}&lat=${lat}&by=line`)).body.items;
          const metres = counting
            .map(({ at }) => Math.round(distanceM(at, [lng, lat])))
            .toSorted((a, b) => a - b);
          expect(line.map((item: { distanceM: number }) => item.distanceM)).toEqual(metres);
        },
      ),
      { numRuns: 15 },
    );
  });

  it('S6 a station is offered its own units only', async () => {
    expect(callsigns(await nearest('lng=103.39&lat=24.75', 'station'))).toEqual(['B', 'A']);
  });

  it('says what is wrong with a position', async () => {
    expect((await nearest('lng=103.39')).status).toBe(400);
    const far = await nearest('lng=100&lat=20');
    expect([far.status, far.body.error.code]).toEqual([400, 'badRequest']);
    expect(far.body.error.message).toContain('no road within 1000 m');
  });

  it('matrix, route and isochrone', async () => {
    const ask = app.as('operator');
    const from = [
      { lng: 103.31, lat: 24.75 },
      { lng: 0, lat: 0 },
    ];
    const to = [
      { lng: 103.33, lat: 24.75 },
      { lng: 103.31, lat: 24.75 },
    ];
    const matrix = (await ask('POST', '/api/road/matrix', { from, to })).body;
    expect(matrix.offNetwork).toEqual({ from: [1], to: [] });
    expect(matrix.engine).toBe('own');
    expect(matrix.seconds).toEqual([
      [expect.closeTo(202, 0), 0],
      [null, null],
    ]);
    const gcj = (await ask('POST', '/api/road/matrix', { from: [{ ...from[0], crs: 'gcj02' }], to: [to[1]] }))
      .body;
    expect(gcj.seconds[0][0]).toBeGreaterThan(10);
    expect((await ask('POST', '/api/road/matrix', { from: [], to })).status).toBe(400);

    const route = (await ask('GET', '/api/road/route?from=103.31,24.769&to=103.33,24.769')).body;
    expect(route.path[0]).toEqual([expect.closeTo(103.31, 6), expect.closeTo(24.769, 6)]);
    expect(route.distanceM).toBeGreaterThan(6000);
    expect(route.engine).toBe('own');
    expect((await ask('GET', '/api/road/route?from=103.31&to=1,2')).status).toBe(400);
    expect((await ask('GET', '/api/road/route?from=0,0&to=103.33,24.75')).body.error.message).toContain(
      'from: no road',
    );
    const { area } = (await ask('GET', '/api/road/isochrone?lng=103.35&lat=24.75&minutes=3')).body;
    expect(area).toMatchObject({ type: 'MultiPolygon' });
    expect(area.coordinates.length).toBeGreaterThan(0);
  });
});
