import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildRoadGraph } from '../../server/road/assemble.ts';
import { buildHierarchy } from '../../server/road/contraction.ts';
import {
  distanceM,
  lineLengthM,
  type LngLat,
  metresPerDegree,
  positionAlong,
} from '../../server/road/geo.ts';
import { nodePosition, noArc, type RoadGraph } from '../../server/road/graph.ts';
import { type MatchedPath, TrackMatcher } from '../../server/road/match/match.ts';
import type { TrackFix } from '../../server/road/match/model.ts';
import { RoadRouter } from '../../server/road/router.ts';
import { street } from '../builders/street.ts';
import { positionNearby, restrictedInput, roadInput } from './arbitraries.ts';
import { gridTown, seededRandom } from './gridTown.ts';

const town = buildRoadGraph(gridTown(900, 4));
const router = new RoadRouter(town, buildHierarchy(town));
const matcher = new TrackMatcher(town);
const random = seededRandom(9);
/** A sum of uniform numbers is normal enough for the error of a receiver. */
const noise = (sigmaM: number) => (random() + random() + random() - 1.5) * 2 * sigmaM;

/** Positions along a line as a car at `speedMps` would report them once in `everyS` seconds, `sigmaM` metres off. */
function drive(line: readonly LngLat[], { everyS = 5, speedMps = 10, sigmaM = 5 } = {}): TrackFix[] {
  const fixes: TrackFix[] = [];
  const lengthM = lineLengthM(line);
  for (let dueM = 0; dueM <= lengthM; dueM += everyS * speedMps) {
    const [lng, lat] = positionAlong(line, dueM);
    fixes.push({
      lng: lng + noise(sigmaM) / metresPerDegree,
      lat: lat + noise(sigmaM) / metresPerDegree,
      observedAtMs: (dueM / speedMps) * 1000,
    });
  }
  return fixes;
}

const anywhere = (): LngLat => nodePosition(town, Math.floor(random() * town.nodeCount));
const routes = Array.from({ length: 40 }, () => router.route(anywhere(), anywhere())!).filter(
  route => route.distanceM > 800,
);

/** Metres driven of each dart. */
function darts(graph: RoadGraph, paths: readonly MatchedPath[]): Map<number, number> {
  const metres = new Map<number, number>();
  for (const { edge, first, second } of paths.flatMap(path => path.pieces)) {
    const dart = edge * 2 + (second > first ? 0 : 1);
    metres.set(dart, (metres.get(dart) ?? 0) + Math.abs(second - first) * graph.edgeLengthM[edge]!);
  }
  return metres;
}

/** Every step of a path may be driven: from one piece to the next over a junction, never against a one-way. */
function expectDrivable(graph: RoadGraph, { pieces, fixes, lengthM }: MatchedPath): void {
  const end = (edge: number, fraction: number) =>
    fraction === 0 ? graph.edgeFrom[edge] : fraction === 1 ? graph.edgeTo[edge] : -1;
  pieces.forEach((piece, i) => {
    const { edge, first, second } = piece;
    expect(graph.edgeArc[edge * 2 + (second > first ? 0 : 1)], 'against a one-way').not.toBe(noArc);
    const before = pieces[i - 1];
    if (!before || (before.edge === edge && before.second === first)) return;
    expect(end(edge, first)).toBe(end(before.edge, before.second));
    expect(end(edge, first)).not.toBe(-1);
  });
  const drivenM = pieces.reduce(
    (sum, p) => sum + Math.abs(p.second - p.first) * graph.edgeLengthM[p.edge]!,
    0,
  );
  expect(lengthM).toBeCloseTo(drivenM, 3);
  fixes.forEach((fix, i) => {
    expect(fix.index).toBeGreaterThan(fixes[i - 1]?.index ?? -1);
    expect(fix.drivenM).toBeGreaterThanOrEqual(fixes[i - 1]?.drivenM ?? 0);
    expect(fix.confidence).toBeGreaterThan(0);
    expect(fix.confidence).toBeLessThanOrEqual(1);
  });
}

describe('matching a track to roads', () => {
  // With a fix in 30 s there are many ways of the same length between two of them in a town of squares.
  it.each([
    [1, 0.98],
    [10, 0.97],
    [30, 0.9],
  ])('finds the way that was driven, with a fix in %i s: a share of %f at least', (everyS, share) => {
    let [trueM, foundM, addedM] = [0, 0, 0];
    for (const route of routes) {
      const { paths } = matcher.match(drive(route.geometry, { everyS }));
      for (const path of paths) expectDrivable(town, path);
      const exact = matcher.match(drive(route.geometry, { everyS: 1, sigmaM: 0 }));
      const truth = darts(town, exact.paths);
      const found = darts(town, paths);
      for (const [dart, metres] of truth) {
        trueM += metres;
        foundM += Math.min(metres, found.get(dart) ?? 0);
      }
      for (const [dart, metres] of found) addedM += Math.max(0, metres - (truth.get(dart) ?? 0));
    }
    expect(foundM / trueM).toBeGreaterThan(share);
    expect(addedM / trueM).toBeLessThan(1 - share);
  });

  it('follows a route without noise to the metre, and places the fixes along it', () => {
    for (const route of routes.slice(0, 15)) {
      const fixes = drive(route.geometry, { everyS: 2, sigmaM: 0 });
      const { paths, offRoad } = matcher.match(fixes);
      expect(offRoad).toEqual([]);
      expect(paths).toHaveLength(1);
      const drivenM = fixes.length > 1 ? (fixes.length - 1) * 20 : 0;
      expect(Math.abs(paths[0]!.lengthM - drivenM)).toBeLessThan(25);
      for (const fix of paths[0]!.fixes) expect(fix.offM).toBeLessThan(1);
    }
  });

  it('gives nothing but drivable paths, whatever the track, on any network', () => {
    const track = fc.array(fc.tuple(positionNearby, fc.integer({ min: 0, max: 90_000 })), { maxLength: 12 });
    fc.assert(
      fc.property(fc.oneof(roadInput, restrictedInput), track, (input, points) => {
        const graph = buildRoadGraph(input);
        fc.pre(graph.edgeCount > 0);
        let observedAtMs = 0;
        const fixes = points.map(([[lng, lat], pauseMs]) => ({
          lng,
          lat,
          observedAtMs: (observedAtMs += pauseMs),
        }));
        const { paths, offRoad } = new TrackMatcher(graph).match(fixes);
        for (const path of paths) expectDrivable(graph, path);
        const named = [...offRoad, ...paths.flatMap(path => path.fixes.map(fix => fix.index))];
        expect(new Set(named).size).toBe(named.length);
      }),
      { numRuns: 150 },
    );
  });

  it('breaks where nobody can have driven, and after a long silence far away', () => {
    const [first, second] = [routes[0]!, routes[1]!].map(route => drive(route.geometry));
    const jump = second!.map(fix => ({
      ...fix,
      observedAtMs: fix.observedAtMs + first!.at(-1)!.observedAtMs + 1000,
    }));
    const far = distanceM([first!.at(-1)!.lng, first!.at(-1)!.lat], [jump[0]!.lng, jump[0]!.lat]);
    expect(far).toBeGreaterThan(500);
    expect(matcher.match([...first!, ...jump]).paths).toHaveLength(2);
  });

  it('leaves a stretch through the fields off the road', () => {
    const [lng, lat] = nodePosition(town, 0);
    const fields = Array.from({ length: 20 }, (_, i) => ({
      lng: lng - 0.01 - i * 0.0003,
      lat: lat - 0.01,
      observedAtMs: i * 5000,
    }));
    expect(matcher.match(fields)).toEqual({ paths: [], offRoad: fields.map((_, i) => i) });
  });

  it('takes a reported course over the nearer of two roads', () => {
    // Two roads that cross at right angles; the fix lies a little nearer to the one that the car is not on.
    const crossing = buildRoadGraph({
      nodes: new Map<number, LngLat>([
        [0, [103.1, 24.6]],
        [1, [103.1, 24.601]],
        [2, [103.1, 24.599]],
        [3, [103.101, 24.6]],
        [4, [103.099, 24.6]],
      ]),
      ways: [street(1, [2, 0, 1]), street(2, [4, 0, 3])],
      restrictions: [],
      barriers: [],
    });
    const fix = { lng: 103.10012, lat: 24.60008, observedAtMs: 0, speedMps: 12 };
    const north = new TrackMatcher(crossing).match([{ ...fix, courseDeg: 1 }]).paths[0]!.fixes[0]!;
    const east = new TrackMatcher(crossing).match([{ ...fix, courseDeg: 91 }]).paths[0]!.fixes[0]!;
    expect(crossing.edgeWayId[north.edge]).toBe(1);
    expect(crossing.edgeWayId[east.edge]).toBe(2);
    expect(north.forward ? north.position[1] : 0).toBeGreaterThan(24.6);
  });

  it('says from the last dozen fixes alone where a car is now, as from the whole track', () => {
    let [same, asked] = [0, 0];
    for (const route of routes) {
      const fixes = drive(route.geometry, { everyS: 5 });
      for (let end = 15; end < fixes.length; end += 10) {
        const now = (track: TrackFix[]) => matcher.match(track).paths.at(-1)?.fixes.at(-1);
        const [whole, window] = [now(fixes.slice(0, end)), now(fixes.slice(end - 12, end))];
        asked++;
        if (whole?.edge === window?.edge && whole?.forward === window?.forward) same++;
      }
    }
    expect(asked).toBeGreaterThan(100);
    expect(same / asked).toBeGreaterThan(0.97);
  });

  it('answers nothing for no track', () => {
    expect(matcher.match([])).toEqual({ paths: [], offRoad: [] });
  });
});
