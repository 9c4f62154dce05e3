import { area, booleanPointInPolygon, distance } from '@turf/turf';
import type { Feature, Polygon } from 'geojson';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LngLat, MapSighting } from '../../../client/map/scene.ts';
import { sightingAreas, strengthOf } from '../../../client/map/sources/sighting-areas.ts';
import { markPosition, sightingMarks } from '../../../client/map/sources/sighting-marks.ts';

const site: LngLat = [103.3, 24.8];
const base = { id: 's', number: 1, observedAt: 0 };
const cell = (more: object = {}): MapSighting => ({
  ...base,
  kind: 'cell',
  site,
  azimuthDeg: 90,
  beamwidthDeg: 60,
  rangeM: 2000,
  ...more,
});

const polygons = (features: Feature[]): Feature<Polygon>[] =>
  features.filter((one): one is Feature<Polygon> => one.geometry.type === 'Polygon');
const fills = (features: Feature[]) => polygons(features).filter(one => one.properties?.edge === false);
/** Tint that all the nested fills give at a place. */
const tintAt = (features: Feature[], position: LngLat) =>
  fills(features)
    .filter(one => booleanPointInPolygon(position, one))
    .reduce((sum, one) => sum + Number(one.properties?.opacity), 0);
/** Metres east and north of the site. */
const at = (east: number, north: number): LngLat => [
  site[0] + east / (111_195 * Math.cos((site[1] * Math.PI) / 180)),
  site[1] + north / 111_195,
];

describe('areas of sightings', () => {
  it('draw a cell as a fan that is strongest along the beam and fades over its edges', () => {
    const fan = sightingAreas([cell()]);
    const inBeam = tintAt(fan, at(800, 0));
    const atRange = tintAt(fan, at(2000, 0));
    const beyond = tintAt(fan, at(2450, 0));
    expect(inBeam).toBeGreaterThan(atRange);
    expect(atRange).toBeGreaterThan(beyond);
    expect(beyond).toBeGreaterThan(0);
    expect(tintAt(fan, at(2600, 0))).toBe(0);
    expect(tintAt(fan, at(-500, 0))).toBe(0);
    expect(tintAt(fan, at(800, 0))).toBeGreaterThan(tintAt(fan, at(800, 480)));
  });

  it('draw a cell without direction as a disc around the antenna', () => {
    const { azimuthDeg: _, ...omni } = cell() as Extract<MapSighting, { kind: 'cell' }>;
    const disc = sightingAreas([omni]);
    for (const position of [at(1500, 0), at(-1500, 0), at(0, 1500), at(0, -1500)]) {
      expect(tintAt(disc, position)).toBeGreaterThan(0);
    }
  });

  it('never draw a cell ping as a bare point: every one has ground, whatever its numbers', () => {
    const anyCell = fc.record(
      {
        azimuthDeg: fc.double({ min: 0, max: 360, noNaN: true }),
        beamwidthDeg: fc.double({ min: 1, max: 360, noNaN: true }),
        timingAdvance: fc.integer({ min: 0, max: 200 }),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(anyCell, fc.double({ min: 50, max: 30_000, noNaN: true }), (shape, rangeM) => {
        const {
          azimuthDeg: _a,
          beamwidthDeg: _b,
          ...rest
        } = cell() as Extract<MapSighting, { kind: 'cell' }>;
        const features = sightingAreas([{ ...rest, ...shape, rangeM }]);
        expect(fills(features).length).toBeGreaterThan(0);
        for (const fill of fills(features)) expect(area(fill)).toBeGreaterThan(0);
        for (const { geometry } of polygons(features)) {
          for (const ring of geometry.coordinates) expect(ring[0]).toEqual(ring.at(-1));
        }
      }),
    );
  });

  it('tint the band of the timing advance more than the rest of the beam', () => {
    const plain = sightingAreas([cell()]);
    const ringed = sightingAreas([cell({ timingAdvance: 12 })]);
    const inBand = at(12.5 * 78.12, 0);
    expect(tintAt(ringed, inBand)).toBeGreaterThan(tintAt(plain, inBand));
    expect(tintAt(ringed, at(300, 0))).toBeCloseTo(tintAt(plain, at(300, 0)));
  });

  it('reach as far as the accuracy says', () => {
    const disc = sightingAreas([{ ...base, kind: 'fix', position: site, accuracyM: 350 }]);
    const edge = polygons(disc).find(one => one.properties?.edge === true);
    const radii = edge!.geometry.coordinates[0]!.map(corner => distance(site, corner, { units: 'meters' }));
    expect(Math.min(...radii)).toBeCloseTo(350, 0);
    expect(Math.max(...radii)).toBeCloseTo(350, 0);
  });

  it('leave out what was withdrawn, and fade with order but never away', () => {
    expect(sightingAreas([cell({ withdrawn: true })])).toEqual([]);
    const strengths = Array.from({ length: 30 }, (_, index) => strengthOf(index, 30));
    expect(strengths).toEqual([...strengths].sort((a, b) => a - b));
    expect(strengths.at(-1)).toBe(1);
    expect(Math.min(...strengths)).toBeGreaterThan(0.3);
  });
});

describe('marks of sightings', () => {
  it('stand inside the fan and not on the antenna', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 360, noNaN: true }),
        fc.integer({ min: 100, max: 20_000 }),
        (azimuthDeg, rangeM) => {
          const sighting = cell({ azimuthDeg, rangeM });
          const mark = markPosition(sighting);
          expect(distance(site, mark, { units: 'meters' })).toBeGreaterThan(rangeM / 2);
          expect(tintAt(sightingAreas([sighting]), mark)).toBeGreaterThan(0);
        },
      ),
    );
  });

  it('stand apart within the fan when one antenna hears the phone again and again', () => {
    const sighting = cell({ azimuthDeg: 75, rangeM: 1200 });
    const marks = Array.from({ length: 9 }, (_, earlier) => markPosition(sighting, earlier));
    for (const [index, mark] of marks.entries()) {
      expect(tintAt(sightingAreas([sighting]), mark)).toBeGreaterThan(0);
      for (const other of marks.slice(index + 1))
        expect(distance(mark, other, { units: 'meters' })).toBeGreaterThan(100);
    }
  });

  it('carry number, age and direction; the newest is marked', () => {
    const marks = sightingMarks(
      [
        cell({ id: 'a', number: 1, observedAt: 0 }),
        { ...base, id: 'b', number: 2, observedAt: 240_000, kind: 'camera', position: site, headingDeg: 70 },
      ],
      300_000,
      'zh',
    ).filter(one => one.properties?.role === 'mark');
    expect(marks.map(one => one.properties)).toMatchObject([
      { id: 'a', number: 1, age: '5分前', headingDeg: null, newest: false },
      { id: 'b', number: 2, age: '1分前', headingDeg: 70, newest: true },
    ]);
  });

  it('join her way in time, without searches, which say where she was not', () => {
    const found = sightingMarks(
      [
        cell(),
        { ...base, kind: 'search', position: at(100, 100), outcome: 'notHere' },
        { ...base, kind: 'transaction', position: at(500, 0) },
      ],
      0,
      'en',
    ).find(one => one.properties?.role === 'order');
    expect(found?.geometry).toMatchObject({
      type: 'LineString',
      coordinates: [markPosition(cell()), at(500, 0)],
    });
  });
});
