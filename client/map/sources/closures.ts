/** Closed roads: the stretch, and the sign in its middle. */
import type { Feature } from 'geojson';
import { lineLengthM, positionAlong } from '#road/geo.ts';
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

/** The point half-way along a line. */
export const middleOf = (path: readonly LngLat[]): LngLat => positionAlong(path, lineLengthM(path) / 2);
