import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { accessDs, onFootDs, type Snap, walkSpeedMps } from '#road/access.ts';
import { distanceM, lineLengthM, type LngLat } from '#road/geo.ts';
import { nodePosition } from '#road/graph.ts';
import { buildRoadGraph } from '#road/assemble.ts';
import { buildHierarchy } from '#road/contraction.ts';
import { RoadRouter } from '#road/router.ts';
import type { RoadService } from '#road/service.ts';
import { createLog } from '../../server/log.ts';
import { roadService } from '../../server/routes/road-network.ts';
import { OutsideRoads } from '../../server/valhalla/fallback.ts';
import { ValhallaError } from '../../server/valhalla/http.ts';
import { decodePolyline } from '../../server/valhalla/polyline.ts';
import { Valhalla } from '../../server/valhalla/service.ts';
import { gridTown } from '../road/gridTown.ts';
import { ManualClock } from '../builders/clock.ts';
import { type Exchange, type ReplayServer, replayServer } from '../fixtures/valhalla-server.ts';

/** What the real engine answered over a synthetic county; `bench:road -- --capture` writes it. */
const captured = JSON.parse(
  readFileSync(new URL('../fixtures/valhalla-answers.json', import.meta.url), 'utf8'),
) as { places: Snap[]; nowhere: Snap; exchanges: Exchange[] };
const [a, b, ...rest] = captured.places as [Snap, Snap, ...Snap[]];

let replay: ReplayServer;
let valhalla: Valhalla;
beforeAll(async () => {
  replay = await replayServer(captured.exchanges);
  valhalla = new Valhalla(replay.url, 20_000);
});
beforeEach(() => {
  replay.trouble = null;
});
afterAll(async () => {
  expect(replay.unknown).toEqual([]);
  await replay.close();
});

const answerTo = (path: string, n = 0) =>
  // Captured answers are of the shapes that the tests read.
  // oxlint-disable-next-line typescript/no-explicit-any
  captured.exchanges.filter(exchange => exchange.path === path)[n]!.answer as any;

describe('Valhalla', () => {
  it('gives a matrix in seconds from door to door', async () => {
    const { seconds, engine } = await valhalla.matrix([a, b], rest);
    expect(engine).toBe('valhalla');
    const { durations } = answerTo('/sources_to_targets').sources_to_targets;
    [a, b].forEach((from, row) => {
      rest.forEach((to, column) => {
        const walksS = (accessDs(from) + accessDs(to)) / 10;
        expect(seconds[row]![column]).toBeCloseTo(durations[row][column] + walksS, 6);
      });
    });
  });

  it('names the nearest, soonest first', async () => {
    const { sources } = await valhalla.nearest(a, [b, ...rest], 2);
    expect(sources).toHaveLength(2);
    const { durations, distances } = answerTo('/sources_to_targets', 1).sources_to_targets;
    const times = [b, ...rest].map((from, i) => durations[i][0] + (accessDs(from) + accessDs(a)) / 10);
    expect(sources.map(({ travelTimeS }) => travelTimeS)).toEqual(
      times
        .toSorted((x, y) => x - y)
        .slice(0, 2)
        .map(time => expect.closeTo(time, 6)),
    );
    for (const { index, distanceM: metres } of sources)
      expect(metres).toBeCloseTo(distances[index][0] * 1000, 6);
  });

  it('gives a way along the road from one place to the other', async () => {
    const { way } = await valhalla.route(a, b);
    expect(way!.path.length).toBeGreaterThan(5);
    expect(distanceM(way!.path[0]!, a.position)).toBeLessThan(25);
    expect(distanceM(way!.path.at(-1)!, b.position)).toBeLessThan(25);
    const lineM = lineLengthM(way!.path);
    expect(Math.abs(lineM - way!.distanceM)).toBeLessThan(way!.distanceM * 0.02 + 10);
  });

  it('gives an area around the start', async () => {
    const { area } = await valhalla.isochrone(a, 300);
    expect(area.type).toBe('MultiPolygon');
    const ring = area.coordinates[0]![0]!;
    expect(ring.length).toBeGreaterThan(10);
    expect(ring.at(-1)).toEqual(ring[0]);
    const lngs = ring.map(([lng]) => lng);
    expect(Math.min(...lngs)).toBeLessThan(a.position[0]);
    expect(Math.max(...lngs)).toBeGreaterThan(a.position[0]);
  });

  it('is asked in parts that it accepts', async () => {
    // Each place is known by the longitude that it is asked with.
    const placesAt = (from: Snap, count: number): Snap[] =>
      Array.from({ length: count }, (_, i) => ({ ...from, position: [i / 1000, 0], distanceM: 0 }));
    interface Part {
      sources: { lon: number }[];
      targets: { lon: number }[];
    }
    const parts: Part[] = [];
    const server = createServer((request, response) => {
      void json(request).then(body => {
        const part = body as Part;
        parts.push(part);
        const table = part.sources.map(from =>
          part.targets.map(to => Math.round(from.lon * 1e6 + to.lon * 1000)),
        );
        response.end(JSON.stringify({ sources_to_targets: { durations: table, distances: table } }));
      });
    });
    await new Promise<void>(listening => server.listen(0, '127.0.0.1', listening));
    const { port } = server.address() as AddressInfo;
    const { seconds } = await new Valhalla(`http://127.0.0.1:${port}`, 20_000).matrix(
      placesAt(a, 120),
      placesAt(b, 90),
    );
    await new Promise(closed => server.close(closed));
    expect(parts.every(({ sources, targets }) => sources.length * targets.length <= 2500)).toBe(true);
    expect(parts.reduce((sum, { sources, targets }) => sum + sources.length * targets.length, 0)).toBe(
      120 * 90,
    );
    expect(seconds).toEqual(
      Array.from({ length: 120 }, (_, row) =>
        Array.from({ length: 90 }, (__, column) => row * 1000 + column),
      ),
    );
  });

  it('walks where our own engine would, whether there is a way by road or not', async () => {
    // Two positions in one field, each farther from its road than from the other.
    const beside = (snap: Snap, metres: number): Snap => ({
      ...snap,
      asked: [103.3, 24.7 + metres / 111_195],
      distanceM: 300,
    });
    const [here, there] = [beside(a, 0), beside(b, 200)];
    const straight = { travelTimeS: onFootDs(here, there) / 10, distanceM: expect.closeTo(200, 0) };
    expect(straight.travelTimeS).toBeCloseTo(200 / walkSpeedMps, 0);
    const { path, body } = captured.exchanges.find(exchange => exchange.path === '/route')!;
    const none = { error_code: 442, error: 'No path could be found for input' };
    const walled = await replayServer([{ path, body, status: 400, answer: none }]);
    for (const engine of [valhalla, new Valhalla(walled.url, 20_000)])
      expect((await engine.route(here, there)).way).toEqual({
        ...straight,
        path: [here.asked, there.asked],
      });
    await walled.close();
    const near: Snap[] = [b, ...rest].map(snap => beside(snap, 200));
    const { sources } = await valhalla.nearest(here, near, 2);
    expect(sources).toEqual([0, 1].map(index => ({ index, ...straight })));
  });

  it('says in its own words when it refuses, and that there is no way', async () => {
    const refused = await valhalla.route(a, captured.nowhere).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(ValhallaError);
    expect(refused).toMatchObject({ away: false, message: expect.stringContaining('refused route') });
    const { path, body } = captured.exchanges.find(exchange => exchange.path === '/route')!;
    const none = { error_code: 442, error: 'No path could be found for input' };
    const walled = await replayServer([{ path, body, status: 400, answer: none }]);
    expect((await new Valhalla(walled.url).route(a, b)).way).toBeNull();
    await walled.close();
  });
});

describe('when Valhalla is away', () => {
  const own: RoadService = {
    matrix: async () => ({ engine: 'own', seconds: [] }),
    route: async () => ({ engine: 'own', way: null }),
    isochrone: async () => ({ engine: 'own', area: { type: 'MultiPolygon', coordinates: [] } }),
    nearest: async () => ({ engine: 'own', sources: [] }),
  };
  const stage = (service: RoadService) => {
    const clock = new ManualClock();
    const lines: string[] = [];
    const log = createLog('debug', { write: line => void lines.push(line) });
    return { clock, lines, roads: new OutsideRoads({ service, clock, log }).orElse(own) };
  };

  it.each(['silent', 'reset', 'nonsense', 'status'] as const)(
    'our own engine answers (%s), at once for a while, and the log says so once',
    async trouble => {
      const { clock, lines, roads } = stage(trouble === 'silent' ? new Valhalla(replay.url, 2000) : valhalla);
      expect((await roads.route(a, b)).engine).toBe('valhalla');
      replay.trouble = trouble;
      expect((await roads.route(a, b)).engine).toBe('own');
      replay.trouble = null;
      for (const answer of await Promise.all([roads.matrix([a, b], rest), roads.isochrone(a, 300)]))
        expect(answer.engine).toBe('own');
      expect(lines.filter(line => line.includes('is away'))).toHaveLength(1);
      clock.advance(20_000);
      expect((await roads.nearest(a, [b, ...rest], 2)).engine).toBe('valhalla');
      expect(lines.at(-1)).toContain('answers again');
    },
  );

  it('a refused question is answered by our own, the next one by Valhalla', async () => {
    const { roads, lines } = stage(valhalla);
    expect((await roads.route(a, captured.nowhere)).engine).toBe('own');
    expect((await roads.route(a, b)).engine).toBe('valhalla');
    expect(lines.some(line => line.includes('refused a question'))).toBe(true);
  });

  it('a fault of our own is not taken for it', async () => {
    const broken = { ...own, route: () => Promise.reject(new TypeError('ours')) };
    await expect(stage(broken).roads.route(a, b)).rejects.toThrow('ours');
  });
});

describe('roadService', () => {
  const graph = buildRoadGraph(gridTown(60, 1));
  const router = new RoadRouter(graph, buildHierarchy(graph));
  const outside = new OutsideRoads({
    service: {
      matrix: async () => ({ engine: 'valhalla', seconds: [] }),
      route: async () => ({ engine: 'valhalla', way: null }),
      isochrone: async () => ({ engine: 'valhalla', area: { type: 'MultiPolygon', coordinates: [] } }),
      nearest: async () => ({ engine: 'valhalla', sources: [] }),
    },
    clock: new ManualClock(),
    log: createLog('silent'),
  });
  const engineOf = async (deps: Parameters<typeof roadService>[0]) =>
    (await roadService(deps).matrix([], [])).engine;

  it('is the outside engine where one is set, and our own while a road is closed', async () => {
    expect(await engineOf({ router })).toBe('own');
    expect(await engineOf({ router, outsideRoads: outside })).toBe('valhalla');
    const closed = router.closing(new Set([0]));
    expect(await engineOf({ router: closed, outsideRoads: outside })).toBe('own');
    expect(await engineOf({ router: closed.closing(new Set()), outsideRoads: outside })).toBe('valhalla');
    expect(() => router.closing(new Set([graph.edgeCount]))).toThrow(RangeError);
    expect(() => roadService({ router: null, outsideRoads: outside })).toThrow(/no region/);
  });

  it('answers like the router itself', async () => {
    const snaps = [0, 9, 17].map(node => router.snap(nodePosition(graph, node))!) as [Snap, Snap, Snap];
    const own = roadService({ router });
    const { seconds } = await own.matrix(snaps, snaps);
    expect(seconds.flat()).toEqual([...router.matrix(snaps, snaps)]);
    expect((await own.route(snaps[0], snaps[1])).way!.travelTimeS).toBe(seconds[0]![1]);
    expect((await own.nearest(snaps[0], snaps, 2)).sources).toEqual(router.nearest(snaps[0], snaps, 2));
    expect((await own.isochrone(snaps[0], 60)).area).toEqual(router.isochrone(snaps[0], 60)!.outline);
  });
});

describe('decodePolyline', () => {
  it('reads what the format describes', () => {
    expect(decodePolyline('')).toEqual([]);
    // (38.5, −120.2), (40.7, −120.95) with six decimals.
    expect(decodePolyline('_izlhA~rlgdF_{geC~ywl@')).toEqual([
      [-120.2, 38.5],
      [-120.95, 40.7],
    ] satisfies LngLat[]);
  });

  it('refuses what is cut off or something else', () => {
    expect(() => decodePolyline('_izlhA~rlgd')).toThrow(RangeError);
    expect(() => decodePolyline('päth')).toThrow(RangeError);
  });
});
