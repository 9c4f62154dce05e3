import fc from 'fast-check';
import type { Geometry, Position } from 'geojson';
import { expect, it, describe } from 'vitest';
import { parseEwkb, toEwkt } from '../../db/ewkb.ts';
import { describeEachDatabase } from '../builders/database.ts';

const coordinate = fc
  .double({ min: -180, max: 180, noNaN: true, noDefaultInfinity: true })
  .map(value => value + 0);
const position = fc.tuple(coordinate, coordinate) as fc.Arbitrary<Position>;
const line = fc.array(position, { minLength: 2, maxLength: 6 });
const ring = fc.array(position, { minLength: 3, maxLength: 6 }).map(points => [...points, points[0]!]);
const polygon = fc.array(ring, { minLength: 1, maxLength: 3 });

const geometry: fc.Arbitrary<Geometry> = fc.oneof(
  position.map(coordinates => ({ type: 'Point' as const, coordinates })),
  line.map(coordinates => ({ type: 'LineString' as const, coordinates })),
  polygon.map(coordinates => ({ type: 'Polygon' as const, coordinates })),
  fc
    .array(position, { minLength: 1, maxLength: 4 })
    .map(coordinates => ({ type: 'MultiPoint' as const, coordinates })),
  fc
    .array(line, { minLength: 1, maxLength: 3 })
    .map(coordinates => ({ type: 'MultiLineString' as const, coordinates })),
  fc
    .array(polygon, { minLength: 1, maxLength: 3 })
    .map(coordinates => ({ type: 'MultiPolygon' as const, coordinates })),
);

describeEachDatabase('geometry in and out of the database', makeDatabase => {
  it('comes back bit for bit, in either byte order', async () => {
    const { pool } = await makeDatabase();
    await fc.assert(
      fc.asyncProperty(fc.array(geometry, { minLength: 1, maxLength: 40 }), async geometries => {
        const { rows } = await pool.query<{ g: string; swapped: string; srid: number }>(
          `select g, encode(st_asewkb(g, 'XDR'), 'hex') as swapped, st_srid(g) as srid
           from (select t::geometry as g, n from unnest($1::text[]) with ordinality as u(t, n)) parsed order by n`,
          [geometries.map(toEwkt)],
        );
        expect(rows.map(row => parseEwkb(row.g))).toEqual(geometries);
        expect(rows.map(row => parseEwkb(row.swapped))).toEqual(geometries);
        expect(new Set(rows.map(row => row.srid))).toEqual(new Set([4326]));
      }),
      { numRuns: 30 },
    );
  });
});

describe('geometry text', () => {
  it('refuses what cannot be stored, and says why', () => {
    expect(() => toEwkt({ type: 'Point', coordinates: [103.3, Number.NaN] })).toThrow('two finite numbers');
    expect(() => toEwkt({ type: 'Point', coordinates: [] })).toThrow('two finite numbers');
    expect(() => toEwkt({ type: 'GeometryCollection', geometries: [] })).toThrow('store its parts');
  });

  it('refuses what is not two-dimensional EWKB', () => {
    const pointZ = '01010000a0e6100000000000000000f03f00000000000000400000000000000840';
    expect(() => parseEwkb(pointZ)).toThrow('height');
    expect(() => parseEwkb('POINT(1 2)')).toThrow('expected a geometry as hexadecimal EWKB');
    expect(() => parseEwkb('0108000000')).toThrow('geometry type 8');
  });
});
