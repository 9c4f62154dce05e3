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
  /** Absent: nobody says, so what the server knows already stays. */
  working?: boolean;
}

export interface UnitSeed {
  callsign: string;
  stationId: string;
  kind: 'car' | 'motorcycle' | 'foot';
  crew: { sworn: number; auxiliary: number };
}

export type AdminLevel = 'county' | 'township' | 'community' | 'village' | 'hamlet';

/**
 * A named part of the county as addresses use it: a township (镇, 乡, 街道), a community (社区), an administrative
 * village (村), a natural village or group (组).
 */
export interface AdminArea {
  /** Stable across imports of the same source, like a place's. */
  id: string;
  level: AdminLevel;
  /** With its suffix, as it is written in an address: `鹿鸣镇`. */
  name: string;
  nameEn?: string;
  /** Other names that people use for it. */
  aliases?: string[];
  /** Where its people are: the office, the market, the middle of the houses. */
  position: LngLat;
  /** Outer ring first, then holes; the largest part when there are several. Absent: not known. */
  area?: LngLat[][];
  /** The area that it lies in, one level or more above. Absent: found from the polygons, else the nearest. */
  parentId?: string;
}

/** A house number that somebody has mapped or surveyed; between two of a road the others are interpolated. */
export interface HouseSeed {
  /** Name of the road, or of the village or compound whose houses are numbered. */
  road: string;
  /** As it is on the door: `12`, `12号`, `12-3`, `12 bis`. */
  number: string;
  position: LngLat;
}

/** A line of a bureau's own list of addresses. */
export interface AddressSeed {
  name: string;
  level: AdminLevel | 'road' | 'place' | 'house';
  position: LngLat;
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
  /** Without them addresses are found by road and place alone. */
  areas?: AdminArea[];
  houses?: HouseSeed[];
  story?: StorySeed;
}
