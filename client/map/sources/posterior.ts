/** Where she may be: nested regions, what the surface is made of, ranked places, and what was searched. */
import type { Feature } from 'geojson';
import { lineLengthM, positionAlong } from '#road/geo.ts';
import type { LngLat, MapPosterior } from '../scene.ts';
import { clockText } from './clock-text.ts';
import { feature, line, point } from './features.ts';
import { mercatorX, mercatorY } from './mercator.ts';
import { shareText } from './share-text.ts';
import type { SurfacePoints } from './surface.ts';

/** Regions from the widest to the narrowest, so that the narrow ones lie on top. `share` is 0..1. */
export function regionFeatures(posterior: MapPosterior | null): Feature[] {
  if (!posterior) return [];
  const widestFirst = [...posterior.regions].sort((a, b) => b.share - a.share);
  return widestFirst.map(region =>
    feature(region.geometry, { share: region.share, text: `${Math.round(region.share * 100)}%` }),
  );
}

/** At most as many places carry their rank on the map, and beyond the first few only those worth a mark. */
const mostRanked = 8;
const alwaysRanked = 3;
const leastPoa = 0.01;

/** Whether the place at `index` of the list carries its rank on the map. */
export const isRanked = ({ poa }: { poa: number }, index: number): boolean =>
  index < alwaysRanked || (index < mostRanked && poa >= leastPoa);

/** The likeliest places: a mark each, with `rank` from 1, and a line for those that are lines. */
export function rankedPlaceFeatures(posterior: MapPosterior | null): Feature[] {
  if (!posterior) return [];
  return posterior.places.filter(isRanked).flatMap((place, index) => {
    const { placeId: id, kind, name, path, position } = place;
    const properties = { id, kind, name, rank: index + 1, isLine: path !== null };
    const mark = point(position, { ...properties, role: 'mark', text: `${shareText(place.poa)}  ${name}` });
    return path ? [line(path, { ...properties, role: 'line' }), mark] : [mark];
  });
}

/** What was looked at without finding her: when, and how likely it would have been to find her there. */
export function searchedFeatures(posterior: MapPosterior | null): Feature[] {
  if (!posterior) return [];
  return posterior.places.flatMap(({ placeId: id, position, path, searched }) => {
    if (!searched) return [];
    const text = `${clockText(searched.at)} · ${shareText(searched.pod)}`;
    const mark = point(position, { id, role: path ? 'label' : 'place', pod: searched.pod, text });
    return path ? [line(path, { id, role: 'line', pod: searched.pod }), mark] : [mark];
  });
}

/** A line's probability is shown as glows of this distance. */
const alongM = 40;

/** Everything that glows: road cells, places, and lines piece by piece. */
export function surfacePoints({ cells, places }: MapPosterior): SurfacePoints {
  const spread = places.flatMap(({ position, path, poa }) =>
    path ? along(path, poa) : [[...position, poa] as const],
  );
  const count = (cells?.p.length ?? 0) + spread.length;
  const points = { x: new Float64Array(count), y: new Float64Array(count), p: new Float64Array(count) };
  const put = (i: number, lng: number, lat: number, p: number) => {
    points.x[i] = mercatorX(lng);
    points.y[i] = mercatorY(lat);
    points.p[i] = p;
  };
  spread.forEach(([lng, lat, p], i) => put(i, lng, lat, p));
  for (let i = spread.length; i < count; i++) {
    const cell = i - spread.length;
    put(i, cells!.lng[cell]!, cells!.lat[cell]!, cells!.p[cell]!);
  }
  return points;
}

/** Equal shares of `p` at even distances along a line. */
function along(path: readonly LngLat[], p: number): [number, number, number][] {
  const lengthM = lineLengthM(path);
  const count = Math.max(1, Math.round(lengthM / alongM));
  return Array.from({ length: count }, (_, i) => [
    ...positionAlong(path, ((i + 0.5) / count) * lengthM),
    p / count,
  ]);
}
