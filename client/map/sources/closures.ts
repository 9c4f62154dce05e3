/** Closed roads: the stretch, and the sign in its middle. */
import type { Feature } from 'geojson';
import type { LngLat, MapClosure, MapSelection } from '../scene.ts';
import { line, point } from './features.ts';

/** Roles: `road`, `sign`. */
export function closureFeatures(closures: readonly MapClosure[], selection: MapSelection | null): Feature[] {
  return closures.flatMap(({ id, path, oneWay }) => {
    const selected = selection?.kind === 'closure' && selection.id === id;
    return [
      line(path, { role: 'road', id, selected, oneWay }),
      point(middleOf(path), { role: 'sign', id, selected }),
    ];
  });
}

/** The point half-way along a line of at least two points, measured in degrees: near enough for a sign. */
export function middleOf(path: readonly LngLat[]): LngLat {
  const lengths = path.slice(1).map((b, i) => Math.hypot(b[0] - path[i]![0], b[1] - path[i]![1]));
  let left = lengths.reduce((sum, length) => sum + length, 0) / 2;
  for (const [i, length] of lengths.entries()) {
    if (left <= length && length > 0) {
      const [a, b] = [path[i]!, path[i + 1]!];
      return [a[0] + ((b[0] - a[0]) * left) / length, a[1] + ((b[1] - a[1]) * left) / length];
    }
    left -= length;
  }
  return path[0]!;
}
