/**
 * What a region is before it is built: the common shape that the OSM importer and the synthetic county both
 * produce, and that one builder turns into a road graph, a basemap and reference data.
 * Positions are [lng, lat] in WGS-84 degrees.
 */
import type { PlaceKind } from '#contract/place.ts';
import type { RoadInput } from '#road/build.ts';

export type LngLat = [number, number];
/** [west, south, east, north] in degrees. */
export type Bbox = [number, number, number, number];

export type LanduseClass =
  | 'park'
  | 'wood'
  | 'grass'
  | 'farmland'
  | 'industrial'
  | 'residential'
  | 'commercial'
  | 'education'
  | 'medical'
  | 'cemetery'
  | 'military'
  | 'bare';

/** Layers of the basemap other than roads, which are drawn from `RegionSource.roads`. Rings: outer first, then holes. */
export type BasemapFeature =
  | { layer: 'water'; kind: 'lake' | 'river' | 'reservoir'; rings: LngLat[][]; name?: string }
  | { layer: 'waterways'; kind: 'river' | 'stream' | 'canal'; line: LngLat[]; name?: string }
  | { layer: 'landuse'; class: LanduseClass; rings: LngLat[][]; name?: string }
  | { layer: 'buildings'; rings: LngLat[][]; heightM?: number; name?: string }
  /** `siding`: a track of a yard or works, drawn only close up. */
  | { layer: 'rail'; kind: 'rail' | 'subway'; line: LngLat[]; name?: string; siding?: boolean }
  | { layer: 'boundaries'; level: number; line: LngLat[] }
  | { layer: 'paths'; kind: 'path' | 'footway' | 'steps' | 'cycleway'; line: LngLat[]; name?: string }
  | {
      layer: 'labels';
      class:
        | 'county'
        | 'city'
        | 'town'
        | 'suburb'
        | 'village'
        | 'hamlet'
        | 'peak'
        | 'water'
        | 'park'
        | 'industrial';
      at: LngLat;
      name: string;
      nameEn?: string;
      /** Smaller is more important; decides who wins a collision. */
      rank: number;
    }
  | {
      layer: 'landmarks';
      kind:
        | 'townHall'
        | 'fuel'
        | 'busStation'
        | 'railStation'
        | 'market'
        | 'worship'
        | 'viewpoint'
        | 'fireStation'
        | 'library'
        | 'museum';
      at: LngLat;
      name: string;
      nameEn?: string;
    };

export interface PlaceSeed {
  /** Stable across imports of the same source: `n123`, `w123`, `r123` for OSM elements, `p123` for the synthetic county. */
  id: string;
  kind: PlaceKind;
  name: string;
  nameEn?: string;
  position: LngLat;
  address?: string;
  /** Area in hectares where it is an area; decides how long a walk-through takes. */
  areaHa?: number;
}

export interface StationSeed {
  id: string;
  name: string;
  nameEn?: string;
  position: LngLat;
  /** Outer ring first, then holes; one polygon or several. Absent: not known. */
  jurisdiction?: LngLat[][][];
}

export interface CellSiteSeed {
  id: string;
  position: LngLat;
  sectors: { cellId: string; azimuthDeg: number; beamwidthDeg: number; rangeM: number }[];
}

export interface CameraSeed {
  id: string;
  name: string;
  position: LngLat;
  /** Direction of travel that it sees, degrees clockwise from north; absent: both ways. */
  headingDeg?: number;
}

export interface UnitSeed {
  callsign: string;
  stationId: string;
  kind: 'car' | 'motorcycle' | 'foot';
  crew: { sworn: number; auxiliary: number };
}

/** Where the demo's story begins and ends, when the region knows. */
export interface StorySeed {
  /** A place of the region. */
  homeId: string;
  hideout: { name: string; position: LngLat };
}

export interface RegionSource {
  name: string;
  nameEn?: string;
  /** True for the synthetic county: the screen says so. */
  fictional: boolean;
  attribution: string;
  bbox: Bbox;
  roads: RoadInput;
  basemap: BasemapFeature[];
  places: PlaceSeed[];
  stations: StationSeed[];
  cellSites: CellSiteSeed[];
  cameras: CameraSeed[];
  units: UnitSeed[];
  story?: StorySeed;
}
