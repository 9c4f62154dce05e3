/** Slow and obvious answers to compare with. */

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

/** Where along the segment a→b, from 0 to 1, the point p comes closest; all in one plane. */
export function projectOn(ax: number, ay: number, bx: number, by: number, px: number, py: number): number {
  const dx = bx - ax;
  const dy = by - ay;
  const squared = dx * dx + dy * dy;
  if (squared === 0) return 0;
  const t = ((px - ax) * dx + (py - ay) * dy) / squared;
  return t < 0 ? 0 : t > 1 ? 1 : t;
}
