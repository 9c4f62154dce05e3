import type { RegionView } from '#contract/session.ts';
import type { InstalledRegion } from '../region/store.ts';

/** The installed region as the browser is told of it. */
export function regionView(region: InstalledRegion | null): RegionView | null {
  if (!region) return null;
  const { id, name, nameEn, fictional, attribution, bbox, center } = region.manifest;
  // The id in the address makes a new region a new file for every cache.
  const tilesUrl = `/tiles/basemap.pmtiles?v=${id}`;
  return { id, name, nameEn: nameEn ?? null, fictional, attribution, bbox, center, tilesUrl };
}
