/** What antennas and cameras serve: each antenna what it serves best, each road what is seen of it. */
import type { Feature } from 'geojson';
import type { MapCamera, MapCoverage } from '../scene.ts';
import { feature, line, point } from './features.ts';

/** Areas first, then lines, then points. */
export function coverageFeatures(coverage: MapCoverage, cameras: readonly MapCamera[]): Feature[] {
  const down = new Set(cameras.filter(({ up }) => !up).map(({ id }) => id));
  return [
    ...coverage.served.map(({ area, tint }) => feature(area, { role: 'sector', tint })),
    ...coverage.unwatched.map(path => line(path, { role: 'unwatched' })),
    ...coverage.watched.map(({ cameraId, path }) => line(path, { role: 'watched', up: !down.has(cameraId) })),
    ...coverage.exits.map(({ position, watched }) => point(position, { role: 'exit', watched })),
  ];
}
