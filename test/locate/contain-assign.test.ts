import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allowedPairs, bottleneckAssignment, type Costs } from '../../server/locate/contain/assign.ts';
import { maximumMatching } from '../../server/locate/contain/matching.ts';

/** Up to 5 posts and 6 units; some pairs are impossible, and times repeat so that ties occur. */
const costs: fc.Arbitrary<Costs> = fc
  .tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 1, max: 6 }))
  .chain(([rows, columns]) =>
    fc
      .array(fc.oneof({ weight: 4, arbitrary: fc.integer({ min: 1, max: 12 }) }, fc.constant(Infinity)), {
        minLength: rows * columns,
        maxLength: rows * columns,
      })
      .map(at => ({ rows, columns, at: Float64Array.from(at) })),
  );

/** Every way to give all rows different columns, by trying them all. */
function* allAssignments({ rows, columns, at }: Costs, taken: number[] = []): Generator<number[]> {
  if (taken.length === rows) {
    yield taken;
    return;
  }
  for (let column = 0; column < columns; column++)
    if (!taken.includes(column) && at[taken.length * columns + column]! < Infinity)
      yield* allAssignments({ rows, columns, at }, [...taken, column]);
}

const timesOf = ({ columns, at }: Costs, columnOf: ArrayLike<number>): number[] =>
  Array.from(columnOf, (column, row) => at[row * columns + column]!);

describe('bottleneck assignment', () => {
  it('has the least worst time of all assignments, and of those the least total', () => {
    fc.assert(
      fc.property(costs, problem => {
        const all = [...allAssignments(problem)].map(each => {
          const times = timesOf(problem, each);
          return { worst: Math.max(0, ...times), total: times.reduce((a, b) => a + b, 0) };
        });
        const found = bottleneckAssignment(problem);
        if (all.length === 0) {
          expect(found).toBeNull();
          return;
        }
        const worst = Math.min(...all.map(each => each.worst));
        const total = Math.min(...all.filter(each => each.worst === worst).map(each => each.total));
        expect(found).toMatchObject({ worst, total });
        const times = timesOf(problem, found!.columnOf);
        expect(new Set(found!.columnOf).size).toBe(problem.rows);
        expect([Math.max(0, ...times), times.reduce((a, b) => a + b, 0)]).toEqual([worst, total]);
      }),
      { numRuns: 400 },
    );
  });
});

describe('maximum matching', () => {
  /** The most rows that any choice of columns can serve. */
  const most = (neighbours: number[][], row = 0, taken = new Set<number>()): number => {
    if (row === neighbours.length) return 0;
    const served = neighbours[row]!.filter(column => !taken.has(column)).map(
      column => 1 + most(neighbours, row + 1, new Set([...taken, column])),
    );
    return Math.max(most(neighbours, row + 1, taken), ...served);
  };

  it('is a matching, and no larger one exists', () => {
    fc.assert(
      fc.property(costs, problem => {
        const neighbours = allowedPairs(problem, cost => cost <= 6);
        const columnOf = maximumMatching(neighbours, problem.columns);
        const used = [...columnOf].filter(column => column !== -1);
        expect(new Set(used).size).toBe(used.length);
        columnOf.forEach((column, row) => {
          if (column !== -1) expect(neighbours[row]).toContain(column);
        });
        expect(used.length).toBe(most(neighbours));
      }),
      { numRuns: 400 },
    );
  });
});
