/**
 * The largest matching between rows and columns by Hopcroft and Karp (1973): all shortest augmenting paths of one length
 * at a time, O(pairs · √rows).
 */

/** `neighbours[row]`: the columns that may serve it. Answers the column of each row, -1 where it has none. */
export function maximumMatching(neighbours: readonly (readonly number[])[], columnCount: number): Int32Array {
  const columnOf = new Int32Array(neighbours.length).fill(-1);
  const rowOf = new Int32Array(columnCount).fill(-1);
  for (;;) {
    const layer = layers(neighbours, columnOf, rowOf);
    let grown = false;
    for (let row = 0; row < neighbours.length; row++)
      if (columnOf[row] === -1 && augment(row, neighbours, columnOf, rowOf, layer)) grown = true;
    if (!grown) return columnOf;
  }
}

/** How many alternating steps each row is away from a free one; -1 where none leads. */
function layers(
  neighbours: readonly (readonly number[])[],
  columnOf: Int32Array,
  rowOf: Int32Array,
): Int32Array {
  const layer = new Int32Array(neighbours.length).fill(-1);
  const queue: number[] = [];
  columnOf.forEach((column, row) => {
    if (column !== -1) return;
    layer[row] = 0;
    queue.push(row);
  });
  for (let at = 0; at < queue.length; at++) {
    const row = queue[at]!;
    for (const column of neighbours[row]!) {
      const next = rowOf[column]!;
      if (next === -1 || layer[next] !== -1) continue;
      layer[next] = layer[row]! + 1;
      queue.push(next);
    }
  }
  return layer;
}

/** Frees a column for the row along the layers; a row that leads nowhere is not tried again in this phase. */
function augment(
  row: number,
  neighbours: readonly (readonly number[])[],
  columnOf: Int32Array,
  rowOf: Int32Array,
  layer: Int32Array,
): boolean {
  for (const column of neighbours[row]!) {
    const next = rowOf[column]!;
    const open =
      next === -1 || (layer[next] === layer[row]! + 1 && augment(next, neighbours, columnOf, rowOf, layer));
    if (!open) continue;
    columnOf[row] = column;
    rowOf[column] = row;
    return true;
  }
  layer[row] = -1;
  return false;
}
