import fc from 'fast-check';
import { tileIdToZxy, zxyToTileId } from 'pmtiles';
import { describe, expect, it } from 'vitest';
import { decodeDirectory, encodeDirectory } from '../../server/region/pmtiles/directory.ts';
import { tileAddress, tileId } from '../../server/region/pmtiles/tile-id.ts';

const address = fc
  .integer({ min: 0, max: 20 })
  .chain(z =>
    fc.tuple(
      fc.constant(z),
      fc.integer({ min: 0, max: 2 ** z - 1 }),
      fc.integer({ min: 0, max: 2 ** z - 1 }),
    ),
  );

describe('tile ids', () => {
  it('there and back gives the same tile, and the reference reader agrees', () => {
    fc.assert(
      fc.property(address, ([z, x, y]) => {
        const id = tileId(z, x, y);
        expect(tileAddress(id)).toEqual([z, x, y]);
        expect(id).toBe(zxyToTileId(z, x, y));
        expect(tileIdToZxy(id)).toEqual([z, x, y]);
      }),
    );
  });

  it('consecutive ids of one zoom are neighbours on the map', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), fc.nat(), (z, seed) => {
        const first = (4 ** z - 1) / 3;
        const id = first + (seed % (4 ** z - 1));
        const [, x, y] = tileAddress(id);
        const [, nextX, nextY] = tileAddress(id + 1);
        expect(Math.abs(nextX - x) + Math.abs(nextY - y)).toBe(1);
      }),
    );
  });

  it.each([
    [-1, 0, 0],
    [3, 8, 0],
    [3, 0, -1],
    [27, 0, 0],
    [Number.NaN, 0, 0],
  ])('refuses the tile %s/%s/%s', (z, x, y) => {
    expect(() => tileId(z, x, y)).toThrow(RangeError);
  });
});

const entries = fc
  .array(
    fc.record({
      gap: fc.integer({ min: 0, max: 2 ** 40 }),
      runLength: fc.integer({ min: 0, max: 1000 }),
      length: fc.integer({ min: 1, max: 2 ** 31 }),
      offset: fc.option(fc.integer({ min: 0, max: 2 ** 50 }), { nil: undefined }),
    }),
    { maxLength: 300 },
  )
  .map(parts => {
    let id = 0;
    let end = 0;
    return parts.map(({ gap, runLength, length, offset }) => {
      id += gap;
      const entry = { tileId: id, runLength, length, offset: offset ?? end };
      end = entry.offset + length;
      id += Math.max(runLength, 1);
      return entry;
    });
  });

describe('directories', () => {
  it('there and back gives the same entries', () => {
    fc.assert(
      fc.property(entries, list => {
        expect(decodeDirectory(encodeDirectory(list))).toEqual(list);
      }),
    );
  });

  it('a directory that was cut anywhere is refused', () => {
    const list = [3, 4, 9, 400].map((id, i) => ({ tileId: id, runLength: 1, offset: i * 1000, length: 700 }));
    const bytes = encodeDirectory(list);
    for (let cut = 0; cut < bytes.length; cut++)
      expect(() => decodeDirectory(bytes.subarray(0, cut))).toThrow();
  });
});
