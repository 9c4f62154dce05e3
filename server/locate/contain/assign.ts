/** Who takes which post, so that the last one to be taken is taken as soon as possible. */
import { maximumMatching } from './matching.ts';

/** What it takes each column (a unit) to serve each row (a post); Infinity where it cannot. Row-major. */
export interface Costs {
  rows: number;
  columns: number;
  at: Float64Array;
}

interface Assignment {
  /** The largest cost in it: no other assignment has a smaller one. */
  worst: number;
  total: number;
  /** Of each row. */
  columnOf: Int32Array;
}

/**
 * The bottleneck assignment (Garfinkel 1971): of all ways to give every row a column of its own, one whose largest cost
 * is least, found as the smallest threshold under which a complete matching exists; of those, one with the least
 * total. Null when not every row can have a column.
 */
export function bottleneckAssignment(costs: Costs): Assignment | null {
  const { rows, columns, at } = costs;
  if (rows === 0) return { worst: 0, total: 0, columnOf: new Int32Array(0) };
  const thresholds = [...new Set(at)].filter(Number.isFinite).sort((a, b) => a - b);
  const complete = (threshold: number): boolean =>
    !maximumMatching(
      allowedPairs(costs, cost => cost <= threshold),
      columns,
    ).includes(-1);
  if (thresholds.length === 0 || !complete(thresholds.at(-1)!)) return null;
  let low = 0;
  let high = thresholds.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (complete(thresholds[middle]!)) high = middle;
    else low = middle + 1;
  }
  const worst = thresholds[low]!;
  // One forbidden pair costs more than any assignment without one.
  const forbidden = (rows + 1) * worst + 1;
  const columnOf = leastTotal({ rows, columns, at: at.map(cost => (cost <= worst ? cost : forbidden)) });
  const total = columnOf.reduce((sum, column, row) => sum + at[row * columns + column]!, 0);
  return { worst, total, columnOf };
}

/** For each row the columns whose cost passes. */
export function allowedPairs(
  { rows, columns, at }: Costs,
  passes: (cost: number, row: number) => boolean,
): number[][] {
  return Array.from({ length: rows }, (_, row) => {
    const served: number[] = [];
    for (let column = 0; column < columns; column++)
      if (passes(at[row * columns + column]!, row)) served.push(column);
    return served;
  });
}

/**
 * The assignment of least total cost for finite costs and rows ≤ columns: shortest augmenting paths over reduced costs
 * (Kuhn's Hungarian method in the form of Jonker and Volgenant 1987), O(rows² · columns). Answers each row's column.
 */
function leastTotal({ rows, columns, at }: Costs): Int32Array {
  const rowPrice = new Float64Array(rows);
  const columnPrice = new Float64Array(columns + 1);
  // The column after the last holds the row that is being placed.
  const rowOf = new Int32Array(columns + 1).fill(-1);
  for (let row = 0; row < rows; row++) {
    const slack = new Float64Array(columns).fill(Infinity);
    const cameFrom = new Int32Array(columns).fill(columns);
    const settled = new Uint8Array(columns + 1);
    rowOf[columns] = row;
    let column = columns;
    while (rowOf[column] !== -1) {
      settled[column] = 1;
      const placed = rowOf[column]!;
      let next = -1;
      for (let j = 0; j < columns; j++) {
        if (settled[j]) continue;
        const reduced = at[placed * columns + j]! - rowPrice[placed]! - columnPrice[j]!;
        if (reduced < slack[j]!) {
          slack[j] = reduced;
          cameFrom[j] = column;
        }
        if (next === -1 || slack[j]! < slack[next]!) next = j;
      }
      const step = slack[next]!;
      for (let j = 0; j <= columns; j++) {
        if (settled[j]) {
          rowPrice[rowOf[j]!]! += step;
          columnPrice[j]! -= step;
        } else slack[j]! -= step;
      }
      column = next;
    }
    while (column !== columns) {
      const previous = cameFrom[column]!;
      rowOf[column] = rowOf[previous]!;
      column = previous;
    }
  }
  const columnOf = new Int32Array(rows);
  for (let column = 0; column < columns; column++)
    if (rowOf[column] !== -1) columnOf[rowOf[column]!] = column;
  return columnOf;
}
