import type { RegionView } from '#contract/session.ts';
import { builtIdOf } from '../region/manifest.ts';
import type { InstalledRegion } from '../region/store.ts';

/** The installed region as the browser is told of it. */
export function regionView(region: InstalledRegion | null): RegionView | null {
  if (!region) return null;
  const { id, name, nameEn, fictional, attribution, bbox, center } = region.manifest;
  // The build's id in the address makes another basemap another file for every cache, and other tables the same one.
  const tilesUrl = `/tiles/basemap.pmtiles?v=${builtIdOf(region.manifest)}`;
  return { id, name, nameEn: nameEn ?? null, fictional, attribution, bbox, center, tilesUrl };
}
