/** The measuring line: clicked points and, while measuring, the pointer as the last one. */
import { distance } from '@turf/turf';
import type { Feature } from 'geojson';
import type { Lang, LngLat } from '../scene.ts';
import { distanceText } from './age.ts';
import { line, point } from './features.ts';

/** Length of the line in metres along great circles. */
export function lengthM(path: readonly LngLat[]): number {
  return path.slice(1).reduce((sum, to, index) => sum + distance(path[index]!, to, { units: 'meters' }), 0);
}

/** The line, its corners, and at each corner the distance so far. */
export function measureFeatures(path: readonly LngLat[], lang: Lang): Feature[] {
  if (path.length === 0) return [];
  const corners = path.map((corner, index) =>
    point(corner, {
      role: 'corner',
      text: index === 0 ? '' : distanceText(lengthM(path.slice(0, index + 1)), lang),
    }),
  );
  return path.length < 2 ? corners : [line(path, { role: 'line' }), ...corners];
}
