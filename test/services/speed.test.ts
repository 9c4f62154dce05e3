import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildRoadGraph } from '#road/assemble.ts';
import { buildHierarchy } from '#road/contraction.ts';
import { lineLengthM, positionAlong, type LngLat } from '#road/geo.ts';
import { edgeRoadClass, nodePosition } from '#road/graph.ts';
import { TrackMatcher } from '#road/match/match.ts';
import { RoadRouter } from '#road/router.ts';
import { hourOf, withSpeeds } from '#road/speeds.ts';
import { roadClasses } from '#road/build.ts';
import { learnDay } from '../../server/services/speed/learn-day.ts';
import { loadSpeeds } from '../../server/services/speed/load.ts';
import { Roads } from '../../server/live/roads.ts';
import { type TestApp, testApp } from '../builders/app.ts';
import { describeEachDatabase } from '../builders/database.ts';
import { DijkstraEngine } from '../road/dijkstra.ts';
import { gridTown, seededRandom } from '../road/gridTown.ts';

const graph = buildRoadGraph(gridTown(500, 6));
const hierarchy = buildHierarchy(graph);
const router = new RoadRouter(graph, hierarchy);
const hourMs = 3_600_000;

/** A drive at half the default speeds, one fix in 5 s. */
function slowDrive(
  fromAtMs: number,
  random: () => number,
): { lng: number; lat: number; observedAt: string }[] {
  for (;;) {
    const node = () => nodePosition(graph, Math.floor(random() * graph.nodeCount));
    const route = router.route(node(), node());
    if (!route || route.distanceM < 1500) continue;
    const mps = route.distanceM / route.travelTimeS / 2;
    const fixes: { lng: number; lat: number; observedAt: string }[] = [];
    const lengthM = lineLengthM(route.geometry);
    for (let dueM = 0; dueM <= lengthM; dueM += mps * 5) {
      const [lng, lat] = positionAlong(route.geometry, dueM);
      const observedAt = new Date(fromAtMs + (dueM / mps) * 1000).toISOString();
      fixes.push({ lng, lat, observedAt });
    }
    return fixes;
  }
}

describeEachDatabase('learned speeds', makeDatabase => {
  let app: TestApp;
  const roads = new Roads({
    router,
    world: () => app.deps.live.world(),
    clock: { now: () => app.clock.now() },
  });
  const random = seededRandom(2);
  // It is Sunday, nine o'clock in Shanghai; the drives were on Saturday at nine and ten.
  const saturdayAt = Date.parse('2026-11-21T01:00:00Z');
  const learn = () => learnDay(app.deps, new TrackMatcher(graph), new AbortController().signal);
  const speeds = async () => (await app.as('leader')('GET', '/api/road/speeds')).body;

  beforeAll(async () => {
    app = await testApp(await makeDatabase(), { router, roads });
    const leader = app.as('leader');
    const { token } = (await leader('POST', '/api/devices', { protocol: 'gateway', identifier: 'g' })).body;
    for (const kind of ['car', 'foot'] as const) {
      const unit = { callsign: kind, kind, stationId: 'st-east', crew: { sworn: 1, auxiliary: 0 } };
      const { id } = (await leader('POST', '/api/units', unit)).body;
      await app.settled();
      const fixes = Array.from({ length: 8 }, (_, i) =>
        slowDrive(saturdayAt + i * 15 * 60_000, random),
      ).flat();
      const { body } = await app.anonymous(
        'POST',
        '/feeds/positions',
        fixes.map(fix => ({ unitId: id, ...fix })),
        { authorization: `Bearer ${token}` },
      );
      expect(body.accepted).toBe(fixes.length);
    }
  });
  afterAll(() => app.close());

  it('begin with nothing: shown, and off', async () => {
    const { inUse, ready, learnedDay, items } = await speeds();
    expect({ inUse, ready, learnedDay }).toEqual({ inUse: false, ready: false, learnedDay: null });
    expect(items).toHaveLength(3 * 48);
    for (const item of items) expect(item).toMatchObject({ samples: 0, learnedKmh: item.defaultKmh });
  });

  it('are learned from the drives of the days that are over, each once', async () => {
    const days: string[] = [];
    let samples = 0;
    for (;;) {
      const done = await learn();
      if (!done) break;
      days.push(done.day);
      samples += done.samples;
    }
    expect(days).toHaveLength(28);
    expect([days[0], days.at(-1)]).toEqual(['2026-10-25', '2026-11-21']);
    expect(samples).toBeGreaterThan(30);
    const { learnedDay, items } = await speeds();
    expect(learnedDay).toBe('2026-11-21');
    const known = items.filter((item: { samples: number }) => item.samples > 0);
    expect(known.reduce((sum: number, item: { samples: number }) => sum + item.samples, 0)).toBe(samples);
    for (const item of known) {
      expect(item).toMatchObject({ dayKind: 'weekend', hour: expect.any(Number) });
      expect([9, 10]).toContain(item.hour);
      expect(item.learnedKmh).toBeLessThan(item.defaultKmh);
    }
    expect(await learn()).toBeNull();
  });

  it('make the answers of that hour what plain Dijkstra says on roads with these speeds, once they are switched on', async () => {
    expect(hourOf(app.clock.now())).toEqual({ dayKind: 'weekend', hour: 9 });
    const { speeds: learned } = await loadSpeeds(app.database);
    const ratio = roadClasses.map(
      roadClass =>
        learned.find(each => each.roadClass === roadClass && each.dayKind === 'weekend' && each.hour === 9)
          ?.ratio ?? 1,
    );
    const slower = withSpeeds(graph, ratio);
    const exact = new RoadRouter(slower, hierarchy, { engine: new DijkstraEngine(slower) });
    const places = Array.from(
      { length: 8 },
      (_, i): LngLat => nodePosition(graph, (i * 61) % graph.nodeCount),
    );
    const ask = async () => {
      const side = places.map(([lng, lat]) => ({ lng, lat }));
      return (
        await app.as('leader')('POST', '/api/road/matrix', { from: side, to: side })
      ).body.seconds.flat();
    };
    expect(await ask()).toEqual([...router.matrix(places, places)]);
    expect((await app.as('operator')('PATCH', '/api/road/speeds', { inUse: true })).status).toBe(403);
    expect((await app.as('leader')('PATCH', '/api/road/speeds', { inUse: true })).body).toEqual({
      inUse: true,
    });
    expect(await ask()).toEqual([...exact.matrix(places, places)]);
    expect(await ask()).not.toEqual([...router.matrix(places, places)]);

    const [lng, lat] = places[0]!;
    const closed = await app.as('leader')('POST', '/api/road/closures', {
      position: { lng, lat },
      reason: '施工',
    });
    const edge = exact.snap([lng, lat])!.edge;
    expect(edgeRoadClass(graph, edge)).toBeDefined();
    const without = new RoadRouter(slower, hierarchy, {
      engine: new DijkstraEngine(slower, new Set([edge])),
    });
    expect(await ask()).toEqual([...without.matrix(places, places)]);
    await app.as('leader')('DELETE', `/api/road/closures/${closed.body.closureId}`);

    expect(await speeds()).toMatchObject({ inUse: true, ready: true });
    expect((await app.as('leader')('PATCH', '/api/road/speeds', { inUse: false })).body).toEqual({
      inUse: false,
    });
    expect(await ask()).toEqual([...router.matrix(places, places)]);
    const audit = await app.database.maintain(
      async tx =>
        (await tx.execute(`select detail from audit_entry where action = 'road.useSpeeds' order by seq`))
          .rows,
    );
    expect(audit).toEqual([{ detail: { inUse: true } }, { detail: { inUse: false } }]);
  });

  it('of the next hour are ready before it begins', async () => {
    await app.as('leader')('PATCH', '/api/road/speeds', { inUse: true });
    expect(roads.learnedInUse()).toBe(true);
    app.clock.advance(55 * 60_000);
    await roads.prepare();
    app.clock.advance(6 * 60_000);
    expect(roads.learnedInUse()).toBe(true);
    app.clock.advance(3 * hourMs);
    expect(roads.learnedInUse()).toBe(false);
    await roads.prepare();
    expect(roads.learnedInUse()).toBe(true);
  });
});
