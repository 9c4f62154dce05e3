/** Sorting indices by what they stand for; a comparator would be called for each step. */

/** Runs of so many are sorted by insertion. */
const run = 16;

/** Indices of the values, the largest first, of equal ones the lower index first: merge sort, bottom up. */
export function fallingOrder(values: ArrayLike<number>): Uint32Array {
  const count = values.length;
  let order = new Uint32Array(count);
  for (let from = 0; from < count; from += run) insert(values, order, from, Math.min(count, from + run));
  let spare = new Uint32Array(count > run ? count : 0);
  for (let width = run; width < count; width *= 2) {
    for (let from = 0; from < count; from += 2 * width)
      merge(values, order, spare, [from, Math.min(count, from + width), Math.min(count, from + 2 * width)]);
    [order, spare] = [spare, order];
  }
  return order;
}

function insert(values: ArrayLike<number>, order: Uint32Array, from: number, to: number): void {
  for (let i = from; i < to; i++) {
    let k = i;
    for (; k > from && values[order[k - 1]!]! < values[i]!; k--) order[k] = order[k - 1]!;
    order[k] = i;
  }
}

function merge(
  values: ArrayLike<number>,
  order: Uint32Array,
  into: Uint32Array,
  [from, middle, to]: readonly [number, number, number],
): void {
  let [left, right] = [from, middle];
  for (let i = from; i < to; i++) {
    const takeLeft = right === to || (left < middle && values[order[left]!]! >= values[order[right]!]!);
    into[i] = order[takeLeft ? left++ : right++]!;
  }
}
