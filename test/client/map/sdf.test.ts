import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sdfFromAlpha, squaredDistances } from '../../../client/map/images/sdf.ts';

const side = 9;
const grid = fc.array(fc.boolean(), { minLength: side * side, maxLength: side * side });

describe('distance fields', () => {
  it('squared distances equal those found by trying every cell', () => {
    fc.assert(
      fc.property(
        grid.filter(cells => cells.some(Boolean)),
        cells => {
          const field = Float64Array.from(cells, on => (on ? 0 : 1e20));
          squaredDistances(field, side);
          cells.forEach((_, index) => {
            const [x, y] = [index % side, Math.floor(index / side)];
            const best = cells.reduce(
              (least, on, other) =>
                on ? Math.min(least, ((other % side) - x) ** 2 + (Math.floor(other / side) - y) ** 2) : least,
              Infinity,
            );
            expect(field[index]).toBe(best);
          });
        },
      ),
    );
  });

  it('puts the edge at three quarters of the byte range, inside above and outside below', () => {
    fc.assert(
      fc.property(grid, cells => {
        const field = sdfFromAlpha(
          cells.map(on => (on ? 255 : 0)),
          side,
        );
        cells.forEach((on, index) => {
          if (on) expect(field[index]).toBeGreaterThanOrEqual(191);
          else expect(field[index]).toBeLessThanOrEqual(191);
        });
      }),
    );
  });
});
