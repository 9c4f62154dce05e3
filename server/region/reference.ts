import type { RoadGraph } from '#road/graph.ts';
import { type Jurisdiction, jurisdictionsOf } from './jurisdictions.ts';
import { cutSegments, type SegmentSeed } from './segments.ts';
import type {
  AddressSeed,
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
  /** A bureau's own list of addresses. */
  addresses?: AddressSeed[];
  story?: StorySeed;
}

export function referenceOf(source: RegionSource, graph: RoadGraph): RegionReference {
  const { name, places, cellSites, cameras, units } = source;
  return {
    name,
    places,
    segments: cutSegments(source),
    stations: source.stations.map(withoutJurisdiction),
    jurisdictions: jurisdictionsOf(source, graph),
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
