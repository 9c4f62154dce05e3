import { type Crs } from '#contract/common.ts';
import type { LayerWarning } from '#contract/layer.ts';
import { defaultMaxSnapM, snapTo } from '#road/access.ts';
import type { RoadGraph } from '#road/graph.ts';
import { toWgs84 } from '../../ingest/coordinates.ts';
import type { LngLat } from '../source.ts';

/** CGCS2000 is WGS-84 to within centimetres: not a system to be mistaken for another. */
const systems: readonly Crs[] = ['wgs84', 'gcj02', 'bd09'];
const MOST_SAMPLES = 400;
/** Banks and antennas stand beside the road: nearer than this in the middle is no sign of anything. */
const NEAR_M = 60;

/**
 * Positions in the wrong system lie some hundred metres off (GCJ-02 300 to 600 m, BD-09 twice that), so their middle
 * distance to the roads falls sharply when they are read in the right one.
 */
export function roadWarning(positions: readonly LngLat[], crs: Crs, graph: RoadGraph): LayerWarning | null {
  if (positions.length === 0) return null;
  const every = Math.ceil(positions.length / MOST_SAMPLES);
  const sample = positions.filter((_, i) => i % every === 0);
  const medianM = medianDistanceM(sample, crs, graph);
  if (medianM <= NEAR_M) return null;
  const others = systems
    .filter(other => other !== crs && !(other === 'wgs84' && crs === 'cgcs2000'))
    .map(other => ({ crs: other, betterM: medianDistanceM(sample, other, graph) }));
  const best = others.reduce((a, b) => (b.betterM < a.betterM ? b : a));
  if (best.betterM < medianM / 2) return { code: 'otherCrs', medianM, ...best };
  return medianM >= defaultMaxSnapM / 2 ? { code: 'offRoad', medianM } : null;
}

function medianDistanceM(positions: readonly LngLat[], crs: Crs, graph: RoadGraph): number {
  const distances = positions.map(([lng, lat]) => {
    const { lng: x, lat: y } = toWgs84({ lng, lat }, crs);
    return snapTo(graph, [x, y])?.distanceM ?? defaultMaxSnapM;
  });
  return Math.round(distances.sort((a, b) => a - b)[distances.length >> 1]!);
}
