/** Which unit holds which exit, and which exits stay open. */
import { allowedPairs, bottleneckAssignment, type Costs } from './assign.ts';
import { maximumMatching } from './matching.ts';

interface Hold {
  /** Of each exit: the unit, or -1 where it stays open. */
  unitOf: Int32Array;
  /** When the last exit that is held is held. */
  worst: number;
}

/**
 * Holds the exits by which most would leave, as many as units can be in time for: the sets of exits that can be held
 * together are independent in a transversal matroid (Edmonds and Fulkerson 1965), so taking them by falling weight leaves
 * the least open. Who goes where is the bottleneck assignment among those who are in time. Rows of `arrive` are exits,
 * columns units; `deadline` is the latest for each exit.
 */
export function holdExits(arrive: Costs, weight: ArrayLike<number>, deadline: ArrayLike<number>): Hold {
  const { rows, columns, at } = arrive;
  const inTime = allowedPairs(arrive, (time, row) => time <= deadline[row]!);
  const order = Array.from({ length: rows }, (_, row) => row).sort(
    (a, b) => weight[b]! - weight[a]! || a - b,
  );
  const held: number[] = [];
  for (const row of order) {
    const neighbours = [...held, row].map(each => inTime[each]!);
    if (!maximumMatching(neighbours, columns).includes(-1)) held.push(row);
  }
  const chosen = { rows: held.length, columns, at: new Float64Array(held.length * columns).fill(Infinity) };
  held.forEach((row, i) => {
    for (const column of inTime[row]!) chosen.at[i * columns + column] = at[row * columns + column]!;
  });
  const { columnOf, worst } = bottleneckAssignment(chosen)!;
  const unitOf = new Int32Array(rows).fill(-1);
  held.forEach((row, i) => {
    unitOf[row] = columnOf[i]!;
  });
  return { unitOf, worst };
}
