/** All shortest times by the three nested loops that leave nothing to get wrong. */
export function floydWarshall(
  nodeCount: number,
  arcs: Iterable<readonly [number, number, number]>,
): number[][] {
  const times = Array.from({ length: nodeCount }, (_, from) =>
    Array.from({ length: nodeCount }, (_, to) => (from === to ? 0 : Infinity)),
  );
  for (const [from, to, ds] of arcs) times[from]![to] = Math.min(times[from]![to]!, ds);
  for (let via = 0; via < nodeCount; via++) {
    for (const row of times) {
      for (let to = 0; to < nodeCount; to++) row[to] = Math.min(row[to]!, row[via]! + times[via]![to]!);
    }
  }
  return times;
}
