import { Delaunay } from 'd3-delaunay';
import { metresPerDegreeLng } from './geo.ts';
import type { LngLat, RegionSource } from './source.ts';

export interface Jurisdiction {
  stationId: string;
  /** Polygons, each with its outer ring first. */
  area: LngLat[][][];
  /** True when nobody said where it ends, and it is simply what lies nearest to the station. */
  estimated: boolean;
}

/** So far beyond the region's box do estimated areas reach: an address just outside still belongs to somebody. */
const MARGIN_DEG = 0.02;

/**
 * The legal area of each station. As soon as one station of the region has a known area, the known ones stand alone;
 * when none has, every station gets the ground that is nearest to it as the crow flies, marked as an estimate.
 */
export function jurisdictionsOf({ stations, bbox }: Pick<RegionSource, 'stations' | 'bbox'>): Jurisdiction[] {
  const known = stations.flatMap(({ id, jurisdiction }) =>
    jurisdiction ? [{ stationId: id, area: jurisdiction, estimated: false }] : [],
  );
  if (known.length > 0 || stations.length === 0) return known;
  const [west, south, east, north] = bbox;
  // The diagram is drawn with longitudes shrunk to the length of latitudes, or 'nearest' would be askew.
  const shrink = metresPerDegreeLng((south + north) / 2) / metresPerDegreeLng(0);
  const box = [
    (west - MARGIN_DEG) * shrink,
    south - MARGIN_DEG,
    (east + MARGIN_DEG) * shrink,
    north + MARGIN_DEG,
  ] as const;
  const cells = Delaunay.from(
    stations,
    ({ position }) => position[0] * shrink,
    ({ position }) => position[1],
  ).voronoi([...box]);
  return stations.flatMap(({ id }, i) => {
    const cell = cells.cellPolygon(i);
    // Two stations at one position: the first of them has it.
    if (!cell) return [];
    return [{ stationId: id, area: [[cell.map(([x, y]): LngLat => [x / shrink, y])]], estimated: true }];
  });
}
