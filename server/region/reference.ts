import { type Jurisdiction, jurisdictionsOf } from './jurisdictions.ts';
import { cutSegments, type SegmentSeed } from './segments.ts';
import type {
  CameraSeed,
  CellSiteSeed,
  PlaceSeed,
  RegionSource,
  StationSeed,
  StorySeed,
  UnitSeed,
} from './source.ts';

/** Content of a region folder's `reference.json`: what the server loads into its database. */
export interface RegionReference {
  name: string;
  places: PlaceSeed[];
  segments: SegmentSeed[];
  stations: Omit<StationSeed, 'jurisdiction'>[];
  jurisdictions: Jurisdiction[];
  cellSites: CellSiteSeed[];
  cameras: CameraSeed[];
  units: UnitSeed[];
  story?: StorySeed;
}

export function referenceOf(source: RegionSource): RegionReference {
  const { name, places, cellSites, cameras, units } = source;
  return {
    name,
    places,
    segments: cutSegments(source),
    stations: source.stations.map(withoutJurisdiction),
    jurisdictions: jurisdictionsOf(source),
    cellSites,
    cameras,
    units,
    ...(source.story && { story: source.story }),
  };
}

function withoutJurisdiction(seed: StationSeed): Omit<StationSeed, 'jurisdiction'> {
  const { jurisdiction: _, ...station } = seed;
  return station;
}
