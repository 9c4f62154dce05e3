import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { accessDs, type Snap } from '#road/access.ts';
import { distanceM, type LngLat } from '#road/geo.ts';
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
    const lineM = way!.path.slice(1).reduce((sum, at, i) => sum + distanceM(way!.path[i]!, at), 0);
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
    const bodies: { sources: object[]; targets: object[] }[] = [];
    const counting = await replayServer([]);
    const original = globalThis.fetch;
    globalThis.fetch = (async (_: unknown, { body }: { body: string }) => {
      const query = JSON.parse(body) as (typeof bodies)[0];
      bodies.push(query);
      const table = query.sources.map((_source, row) =>
        query.targets.map((_target, column) => row * 1000 + column),
      );
      return Response.json({ sources_to_targets: { durations: table, distances: table } });
    }) as typeof fetch;
    try {
      const onRoad: Snap = { ...a, distanceM: 0 };
      const far: Snap = { ...b, distanceM: 0 };
      const { seconds } = await new Valhalla(counting.url).matrix(
        Array(120).fill(onRoad),
        Array(90).fill(far),
      );
      expect(bodies.every(({ sources, targets }) => sources.length * targets.length <= 2500)).toBe(true);
      expect(bodies.reduce((sum, { sources, targets }) => sum + sources.length * targets.length, 0)).toBe(
        120 * 90,
      );
      expect([seconds.length, seconds[0]!.length]).toEqual([120, 90]);
    } finally {
      globalThis.fetch = original;
      await counting.close();
    }
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
