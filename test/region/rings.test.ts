import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { polygonAreaM2, polygonContains, positionInside } from '../../server/region/geo.ts';
import { joinRings, nestRings } from '../../server/region/import/rings.ts';
import type { LngLat } from '../../server/region/source.ts';
import { block, importContent } from './extracts.ts';

/** Cuts a closed list of refs into open parts, turned round and shuffled as the numbers say. */
function shatter(ring: number[], cuts: number[], turns: boolean[], order: number[]): number[][] {
  const at = [...new Set(cuts.map(cut => 1 + (cut % (ring.length - 2))))].sort((a, b) => a - b);
  const parts: number[][] = [];
  let from = 0;
  for (const to of [...at, ring.length - 1]) {
    parts.push(ring.slice(from, to + 1));
    from = to;
  }
  const turned = parts.map((part, i) => (turns[i % turns.length] ? [...part].reverse() : part));
  return turned
    .map((part, i) => ({ part, key: order[i % order.length]! * 31 + i }))
    .sort((a, b) => (a.key % 7) - (b.key % 7))
    .map(({ part }) => part);
}

const numbers = fc.array(fc.nat(1000), { minLength: 1, maxLength: 6 });

describe('rings from parts', () => {
  it('come back whole from any cutting, turning and shuffling', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 4, max: 30 }),
        numbers,
        fc.array(fc.boolean(), { minLength: 1 }),
        numbers,
        (size, cuts, turns, order) => {
          const open = Array.from({ length: size }, (_, i) => 100 + i);
          const other = Array.from({ length: 5 }, (_, i) => 900 + i);
          const parts = [...shatter([...open, open[0]!], cuts, turns, order), [...other, other[0]!]];
          const rings = joinRings(parts);
          expect(rings).toHaveLength(2);
          for (const ring of rings) expect(ring[0]).toBe(ring[ring.length - 1]);
          const found = rings.map(ring => [...new Set(ring)].sort((a, b) => a - b));
          expect(found).toContainEqual(open);
          expect(found).toContainEqual(other);
        },
      ),
    );
  });

  it('a ring with a part missing is left out', () => {
    expect(
      joinRings([
        [1, 2, 3],
        [3, 4],
        [7, 8, 9, 7],
      ]),
    ).toEqual([[7, 8, 9, 7]]);
  });
});

const square = (x: number, y: number, side: number): LngLat[] => [
  [x, y],
  [x + side, y],
  [x + side, y + side],
  [x, y + side],
  [x, y],
];

describe('nesting', () => {
  it('a lake with an island with a pond: hole and new outline, whatever the order', () => {
    const lake = square(0, 0, 10);
    const island = square(2, 2, 6);
    const pond = square(4, 4, 1);
    const apart = square(20, 20, 3);
    fc.assert(
      fc.property(fc.shuffledSubarray([lake, island, pond, apart], { minLength: 4 }), rings => {
        expect(nestRings(rings)).toEqual([[lake, island], [apart], [pond]]);
      }),
    );
  });

  it('random squares in squares: a position is inside when an odd number of them holds it', () => {
    const inner = fc.tuple(
      fc.integer({ min: 0, max: 3 }),
      fc.integer({ min: 0, max: 3 }),
      fc.integer({ min: 1, max: 3 }),
    );
    fc.assert(
      fc.property(
        fc.uniqueArray(inner, { selector: ([col, row]) => `${col} ${row}`, maxLength: 8 }),
        fc.tuple(fc.double({ min: 0, max: 40, noNaN: true }), fc.double({ min: 0, max: 40, noNaN: true })),
        (cells, at) => {
          // In each cell of a 4 × 4 grid a stack of squares, one within the other; all of it in one great square.
          const rings = [
            square(-1, -1, 42),
            ...cells.flatMap(([col, row, depth]) =>
              Array.from({ length: depth }, (_, i) =>
                square(col * 10 + 1.5 + i, row * 10 + 1.5 + i, 7 - 2 * i),
              ),
            ),
          ];
          const holders = rings.filter(ring => polygonContains([ring], at)).length;
          const inside = nestRings(rings).some(polygon => polygonContains(polygon, at));
          expect(inside).toBe(holders % 2 === 1);
        },
      ),
    );
  });
});

describe('positions inside', () => {
  it('of a horseshoe and of a ring lie in it', () => {
    const horseshoe: LngLat[] = [
      [0, 0],
      [10, 0],
      [10, 10],
      [9, 10],
      [9, 1],
      [1, 1],
      [1, 10],
      [0, 10],
      [0, 0],
    ];
    expect(polygonContains([horseshoe], positionInside([horseshoe]))).toBe(true);
    const ring = [square(0, 0, 10), square(1, 1, 8)];
    expect(polygonContains(ring, positionInside(ring))).toBe(true);
  });

  it('areas are in square metres, holes taken away', () => {
    const degreeM = 111_195;
    const outer = square(0, 0, 0.01);
    expect(polygonAreaM2([outer])).toBeCloseTo((0.01 * degreeM) ** 2, -3);
    expect(polygonAreaM2([outer, square(0.002, 0.002, 0.005)])).toBeCloseTo(0.75 * (0.01 * degreeM) ** 2, -3);
  });
});

describe('multipolygons of an extract', () => {
  const corners = (from: number, [x, y, side]: [number, number, number]) =>
    square(x, y, side)
      .slice(0, 4)
      .map(([lon, lat], i) => ({ id: from + i, lon: 103 + lon / 1000, lat: 25 + lat / 1000 }));
  const nodes = [...block.nodes, ...corners(10, [0, 0, 9]), ...corners(20, [3, 3, 2])];
  const outerA = { id: 100, refs: [10, 11, 12] };
  const outerB = { id: 101, refs: [10, 13, 12] };
  const inner = { id: 102, refs: [20, 21, 22, 23, 20] };
  const members = [
    { type: 'way' as const, ref: 100, role: 'outer' },
    { type: 'way' as const, ref: 101, role: '' },
    { type: 'way' as const, ref: 102, role: 'outer' }, // a wrong role: it lies within
  ];

  it('keep their holes, even with a wrong role', async () => {
    const relation = { id: 5, members, tags: { type: 'multipolygon', natural: 'water', name: '翠湖' } };
    const { basemap } = await importContent({
      nodes,
      ways: [...block.ways, outerA, outerB, inner],
      relations: [relation],
    });
    const water = basemap.filter(feature => feature.layer === 'water');
    expect(water).toHaveLength(1);
    expect(water[0]!.rings).toHaveLength(2);
    expect(basemap).toContainEqual(
      expect.objectContaining({ layer: 'labels', class: 'water', name: '翠湖' }),
    );
  });

  it('with the tags on the outer way, as before 2014, are drawn once', async () => {
    const outer = { id: 103, refs: [10, 11, 12, 13, 10], tags: { landuse: 'forest' } };
    const relation = {
      id: 5,
      members: [{ type: 'way' as const, ref: 103, role: 'outer' }, members[2]!],
      tags: { type: 'multipolygon' },
    };
    const { basemap } = await importContent({
      nodes,
      ways: [...block.ways, outer, inner],
      relations: [relation],
    });
    const woods = basemap.filter(feature => feature.layer === 'landuse');
    expect(woods).toHaveLength(1);
    expect(woods[0]!.rings).toHaveLength(2);
  });

  it('with a member missing are left out', async () => {
    const relation = { id: 5, members, tags: { type: 'multipolygon', natural: 'water' } };
    const { basemap } = await importContent({ nodes, ways: [...block.ways, outerA], relations: [relation] });
    expect(basemap.filter(feature => feature.layer === 'water')).toEqual([]);
  });
});
