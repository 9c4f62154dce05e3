import { area, booleanPointInPolygon, featureCollection, intersect, point } from '@turf/turf';
import type { Feature, Polygon } from 'geojson';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LngLat, MapCamera, MapCoverage, MapSighting } from '../../../client/map/scene.ts';
import { cameraWatch } from '../../../client/map/sources/camera-watch.ts';
import { type AntennaSite, bestServers, clipConvex } from '../../../client/map/sources/best-servers.ts';
import { coverageFeatures } from '../../../client/map/sources/coverage.ts';
import { distanceM } from '../../../server/road/geo.ts';

const nothing: MapCoverage = { served: [], watched: [], unwatched: [], exits: [] };
const sectorsOf = (sites: readonly AntennaSite[]) =>
  coverageFeatures({ ...nothing, served: bestServers(sites) }, []) as Feature<Polygon, { tint: number }>[];

const site: fc.Arbitrary<AntennaSite> = fc.record({
  position: fc.tuple(
    fc.integer({ min: 0, max: 40 }).map(step => 103 + step / 1000),
    fc.integer({ min: 0, max: 40 }).map(step => 25 + step / 1000),
  ),
  sectors: fc
    .array(
      fc.record({
        azimuthDeg: fc.integer({ min: 0, max: 359 }),
        beamwidthDeg: fc.constantFrom(33, 65, 120, 360),
      }),
      {
        minLength: 1,
        maxLength: 4,
      },
    )
    .map(all => all.map(sector => ({ ...sector, rangeM: 800 }))),
});
const sites = fc.uniqueArray(site, {
  minLength: 1,
  maxLength: 8,
  selector: ({ position }) => position.join(),
});

describe('best-serving antennas', () => {
  it('the ground of an antenna is within its range and no nearer to another site', () => {
    fc.assert(
      fc.property(sites, all => {
        for (const { geometry } of sectorsOf(all)) {
          const corners = geometry.coordinates[0] as LngLat[];
          const own = all.filter(({ position }) =>
            corners.every(at => distanceM(at, position) <= 800 * 1.01),
          );
          const nearest = own.some(({ position }) =>
            corners.every(at =>
              all.every(other => distanceM(at, position) <= distanceM(at, other.position) + 2),
            ),
          );
          expect(nearest).toBe(true);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('antennas of one site in different directions share no ground', () => {
    const sectors = [0, 120, 200].map(azimuthDeg => ({
      azimuthDeg,
      beamwidthDeg: 90,
      rangeM: 900,
    }));
    const features = sectorsOf([{ position: [103, 25], sectors }]);
    expect(features).toHaveLength(3);
    for (const [i, a] of features.entries())
      for (const b of features.slice(i + 1)) {
        const common = intersect(featureCollection([a, b]));
        expect(common ? area(common) : 0).toBeLessThan(area(a) * 0.01);
      }
    expect(booleanPointInPolygon(point([103, 25.004]), features[0]!)).toBe(true);
    expect(booleanPointInPolygon(point([103, 24.996]), features[0]!)).toBe(false);
  });

  it('clipping by a ring keeps what lies inside, whichever way the ring turns', () => {
    const square: [number, number][] = [
      [0, 0],
      [10, 0],
      [10, 10],
      [0, 10],
      [0, 0],
    ];
    const triangle: [number, number][] = [
      [5, 5],
      [20, 5],
      [5, 8],
    ];
    for (const ring of [square, square.toReversed()]) {
      const kept = clipConvex(triangle, ring);
      expect(kept.every(([x, y]) => x <= 10 + 1e-9 && y <= 10)).toBe(true);
      expect(kept.length).toBe(4);
    }
    expect(
      clipConvex(
        [
          [20, 20],
          [21, 20],
          [20, 21],
        ],
        square,
      ),
    ).toEqual([]);
  });

  it('a stretch whose camera is down is told from one that is watched', () => {
    const cameras = [
      { id: 'a', name: 'a', position: [103, 25], up: true },
      { id: 'b', name: 'b', position: [103, 25], up: false },
    ] satisfies MapCamera[];
    const path: LngLat[] = [
      [103, 25],
      [103.001, 25],
    ];
    const watched = cameras.map(({ id }) => ({ cameraId: id, path }));
    const features = coverageFeatures({ ...nothing, watched, unwatched: [path] }, cameras);
    expect(features.map(({ properties }) => properties)).toEqual([
      { role: 'unwatched' },
      { role: 'watched', up: true },
      { role: 'watched', up: false },
    ]);
  });
});

describe('what a camera says since she left', () => {
  const at: LngLat = [103, 25];
  const hit = (observedAt: number, more: Partial<MapSighting> = {}): MapSighting =>
    ({ id: 's', number: 1, kind: 'camera', position: [103.0001, 25], observedAt, ...more }) as MapSighting;
  const leftAt = 1000;

  it.each([
    ['works, no hit', null, [], 'sawNothing'],
    ['a hit after she left', null, [hit(1500)], 'hit'],
    ['a hit, and down since', 2000, [hit(1500)], 'hit'],
    ['a hit before she left', null, [hit(500)], 'sawNothing'],
    ['a withdrawn hit', null, [hit(1500, { withdrawn: true })], 'sawNothing'],
    [
      'a hit at another camera',
      null,
      [hit(1500, { position: [103.01, 25] } as Partial<MapSighting>)],
      'sawNothing',
    ],
    ['down before she left', 900, [], 'down'],
    ['down since the moment she left', 1000, [], 'down'],
    ['went down on the way', 1200, [], 'partly'],
  ] as const)('%s', (_name, downSinceAt, hits, says) => {
    expect(cameraWatch({ position: at, downSinceAt }, hits, leftAt)).toBe(says);
  });
});
