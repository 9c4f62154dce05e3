import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildRoadGraph } from '#road/assemble.ts';
import { buildHierarchy } from '#road/contraction.ts';
import { type LngLat, positionAlong } from '#road/geo.ts';
import { nodePosition, unreached } from '#road/graph.ts';
import { RoadRouter } from '#road/router.ts';
import { roadJobs } from '../../server/jobs/learn-speeds.ts';
import { Roads } from '../../server/live/roads.ts';
import { openExpiredRoads } from '../../server/services/closure/open-road.ts';
import { fromNow, type TestApp, testApp } from '../builders/app.ts';
import { describeEachDatabase } from '../builders/database.ts';
import { DijkstraEngine } from '../road/dijkstra.ts';
import { gridTown, seededRandom } from '../road/gridTown.ts';

const graph = buildRoadGraph(gridTown(250, 5));
const hierarchy = buildHierarchy(graph);
const shapeKey = (line: readonly (readonly number[])[]) =>
  line.map(([lng, lat]) => `${lng!.toFixed(6)},${lat!.toFixed(6)}`).join(' ');

/** The edges between the vertices of a line that a closure answered with, found the slow way: by their two ends. */
function dartsOn(line: readonly (readonly number[])[]): number[] {
  const text = shapeKey(line);
  return Array.from({ length: graph.edgeCount }, (_, edge) => edge).flatMap(edge => {
    const shape: LngLat[] = [];
    for (let v = graph.shapeOffset[edge]!; v < graph.shapeOffset[edge + 1]!; v++)
      shape.push([graph.shape[v * 2]! / 1e7, graph.shape[v * 2 + 1]! / 1e7]);
    if (text.includes(shapeKey(shape))) return [edge * 2];
    return text.includes(shapeKey(shape.toReversed())) ? [edge * 2 + 1] : [];
  });
}

/** A router that knows closures from plain Dijkstra over a graph whose closed arcs take for ever. */
function oracle(closed: ReadonlySet<number>): RoadRouter {
  const arcDs = graph.arcDs.map((ds, arc) => {
    const edge = graph.arcEdge[arc]!;
    const dart = edge * 2 + (graph.nodeJunction[graph.arcFrom[arc]!] === graph.edgeFrom[edge] ? 0 : 1);
    return closed.has(dart) ? unreached : ds;
  });
  return new RoadRouter(graph, hierarchy, { engine: new DijkstraEngine({ ...graph, arcDs }) });
}

describeEachDatabase('closed roads', makeDatabase => {
  let app: TestApp;
  const random = seededRandom(11);
  const anywhere = (): LngLat => {
    const [lng, lat] = nodePosition(graph, Math.floor(random() * graph.nodeCount));
    return [lng + (random() - 0.5) * 0.0006, lat + (random() - 0.5) * 0.0006];
  };
  const at = ([lng, lat]: LngLat) => ({ lng, lat });
  const close = (body: Record<string, unknown>) =>
    app.as('operator')('POST', '/api/road/closures', { reason: '道路塌方', ...body });
  const reopen = (id: string) => app.as('leader')('DELETE', `/api/road/closures/${id}`);
  beforeAll(async () => {
    app = await testApp(await makeDatabase(), { router: new RoadRouter(graph, hierarchy) });
  });
  afterAll(() => app.close());

  const expectAnswersOf = async (expected: RoadRouter) => {
    const from = Array.from({ length: 6 }, anywhere);
    const to = Array.from({ length: 6 }, anywhere);
    const leader = app.as('leader');
    const { body } = await leader('POST', '/api/road/matrix', { from: from.map(at), to: to.map(at) });
    const cells = (body.seconds as (number | null)[][]).flat().map(seconds => seconds ?? Infinity);
    expect(cells).toEqual([...expected.matrix(from, to)]);
    for (const [i, start] of from.entries()) {
      const way = await leader('GET', `/api/road/route?from=${start.join()}&to=${to[i]!.join()}`);
      expect(way.body.travelTimeS ?? null).toBe(expected.route(start, to[i]!)?.travelTimeS ?? null);
    }
    const [lng, lat] = from[0]!;
    const area = await leader('GET', `/api/road/isochrone?lng=${lng}&lat=${lat}&minutes=3`);
    expect(area.body.area.coordinates).toEqual(expected.isochrone([lng, lat], 180)?.outline.coordinates);
  };

  it('gives the answers of plain Dijkstra without the closed edges, and the former ones once they are open', async () => {
    const closed = new Map<string, number[]>();
    for (let step = 0; step < 14; step++) {
      if (closed.size > 0 && random() < 0.3) {
        const id = [...closed.keys()][Math.floor(random() * closed.size)]!;
        expect((await reopen(id)).status).toBe(200);
        closed.delete(id);
      } else if (random() < 0.6) {
        const { status, body } = await close({ position: at(anywhere()) });
        expect(status, JSON.stringify(body)).toBe(201);
        const darts = dartsOn(body.line.coordinates);
        closed.set(
          body.closureId,
          darts.flatMap(dart => [dart, dart ^ 1]),
        );
      } else {
        const way = oracle(new Set()).route(anywhere(), anywhere())!.geometry;
        const { status, body } = await close({ line: way.map(at), direction: 'forward' });
        expect(status, JSON.stringify(body)).toBe(201);
        closed.set(body.closureId, dartsOn(body.line.coordinates));
      }
      expect([...closed.values()].every(darts => darts.length > 0)).toBe(true);
      await expectAnswersOf(oracle(new Set([...closed.values()].flat())));
    }
    for (const id of closed.keys()) await reopen(id);
    await expectAnswersOf(oracle(new Set()));
  }, 60_000);

  it('offers first the units that get there first while their ways are closed, as plain Dijkstra ranks them', async () => {
    const leader = app.as('leader');
    const { token } = (await leader('POST', '/api/devices', { protocol: 'gateway', identifier: 'g' })).body;
    const places = Array.from({ length: 12 }, anywhere);
    const ids: string[] = [];
    for (const i of places.keys()) {
      const car = { callsign: `N${i}`, kind: 'car', stationId: 'st-east', crew: { sworn: 1, auxiliary: 0 } };
      ids.push((await leader('POST', '/api/units', car)).body.id);
    }
    await app.settled();
    const observedAt = fromNow(app.clock, 0);
    const fixes = places.map((place, i) => ({ unitId: ids[i], observedAt, ...at(place) }));
    const fed = await app.anonymous('POST', '/feeds/positions', fixes, { authorization: `Bearer ${token}` });
    expect(fed.body).toMatchObject({ accepted: places.length, rejected: [] });

    const target = anywhere();
    const offered = async (): Promise<[string, number][]> => {
      const { body } = await leader('GET', `/api/units/nearest?lng=${target[0]}&lat=${target[1]}&limit=5`);
      return body.items.map((item: { unitId: string; travelTimeS: number }) => [
        item.unitId,
        item.travelTimeS,
      ]);
    };
    const ranked = (router: RoadRouter) =>
      router.nearest(target, places, 5).map(({ index, travelTimeS }) => [ids[index], travelTimeS]);
    const before = await offered();
    expect(before).toEqual(ranked(oracle(new Set())));
    const closed = new Map<string, number[]>();
    for (let step = 0; step < 6; step++) {
      const [first] = (await offered())[0]!;
      const way = oracle(new Set([...closed.values()].flat())).route(places[ids.indexOf(first)]!, target)!;
      const { status, body } = await close({ position: at(positionAlong(way.geometry, way.distanceM / 2)) });
      expect(status, JSON.stringify(body)).toBe(201);
      closed.set(
        body.closureId,
        dartsOn(body.line.coordinates).flatMap(dart => [dart, dart ^ 1]),
      );
      expect(await offered()).toEqual(ranked(oracle(new Set([...closed.values()].flat()))));
    }
    expect((await offered()).map(([id]) => id)).not.toEqual(before.map(([id]) => id));
    for (const id of closed.keys()) await reopen(id);
    expect(await offered()).toEqual(before);
  });

  it('ends by itself at its time, in the answers at once and for everybody with the next turn of the clock', async () => {
    const { body } = await close({ position: at(anywhere()), untilAt: fromNow(app.clock, 60_000) });
    const without = oracle(new Set(dartsOn(body.line.coordinates).flatMap(dart => [dart, dart ^ 1])));
    await expectAnswersOf(without);
    expect(await openExpiredRoads(app.deps)).toBe(0);
    const roads = new Roads({ router: null, world: () => app.deps.live.world(), clock: app.clock });
    const job = roadJobs(app.deps, app.deps.live, roads).find(({ name }) => name === 'openRoads')!;
    await job.run(new AbortController().signal);
    await app.settled();
    expect(app.deps.live.world().closures).toHaveProperty(body.closureId);
    app.clock.advance(60_000);
    await expectAnswersOf(oracle(new Set()));
    expect((await app.as('station')('GET', '/api/road/closures')).body.items).toEqual([]);
    expect(app.deps.live.world().closures).toHaveProperty(body.closureId);
    await job.run(new AbortController().signal);
    await app.settled();
    expect(app.deps.live.world().closures).toEqual({});
    expect(await openExpiredRoads(app.deps)).toBe(0);
  });

  it('is listed with its reason, which stays out of the log; both acts are audited', async () => {
    const untilAt = fromNow(app.clock, 3_600_000);
    const position = at(anywhere());
    const { lng, lat } = position;
    const meant = await app.as('operator')('GET', `/api/road/stretch?lng=${lng}&lat=${lat}`);
    const { body } = await close({ position, untilAt, reason: '桥面结冰' });
    expect(meant.body).toMatchObject({
      line: body.line,
      lengthM: expect.any(Number),
      name: expect.any(String),
    });
    const { body: list } = await app.as('field')('GET', '/api/road/closures');
    expect(list.items).toEqual([
      {
        id: body.closureId,
        line: body.line,
        direction: 'both',
        roadName: expect.stringMatching(/^(Row|Column) \d+$/),
        reason: '桥面结冰',
        closedBy: '名 operator',
        closedAt: fromNow(app.clock, 0),
        untilAt,
      },
    ]);
    expect(app.deps.live.world().closures[body.closureId]).toEqual({
      id: body.closureId,
      line: body.line.coordinates,
      direction: 'both',
      closedAt: fromNow(app.clock, 0),
      untilAt,
    });
    expect((await reopen(body.closureId)).status).toBe(200);
    expect((await reopen(body.closureId)).body.error.code).toBe('conflict');
    expect((await reopen('clo_none')).status).toBe(404);
    const kept = await app.database.maintain(async tx => ({
      log: (await tx.execute(`select payload::text from domain_event where kind like 'road%'`)).rows,
      audit: (
        await tx.execute(`select action from audit_entry where resource = '${body.closureId}' order by seq`)
      ).rows,
    }));
    expect(JSON.stringify(kept.log)).not.toContain('桥面结冰');
    expect(kept.audit).toEqual([{ action: 'road.close' }, { action: 'road.open' }]);
  });

  it.each([
    ['no place at all', { reason: 'x' }, 400],
    ['two places', { position: { lng: 103.1, lat: 24.6 }, line: [] }, 400],
    ['far from every road', { position: { lng: 104, lat: 25 } }, 400],
    [
      'a line through the fields',
      {
        line: [
          { lng: 104, lat: 25 },
          { lng: 104.1, lat: 25 },
        ],
      },
      400,
    ],
    ['a direction without a line', { position: { lng: 103.1, lat: 24.6 }, direction: 'forward' }, 400],
    ['no reason', { position: { lng: 103.1, lat: 24.6 }, reason: ' ' }, 400],
    ['a time that is over', { position: { lng: 103.1, lat: 24.6 }, untilAt: '2020-01-01T00:00:00Z' }, 400],
  ])('refuses %s', async (_, body, status) => {
    const answer = await close(body);
    expect(answer.status, JSON.stringify(answer.body)).toBe(status);
    expect(answer.body.error.message.length).toBeGreaterThan(10);
  });

  it('is for operators and leaders', async () => {
    const position = at(nodePosition(graph, 0));
    for (const role of ['station', 'field', 'analyst', 'admin', 'wall'] as const)
      expect((await app.as(role)('POST', '/api/road/closures', { position, reason: 'x' })).status).toBe(403);
    expect((await app.as('wall')('GET', '/api/road/closures')).status).toBe(403);
  });
});
