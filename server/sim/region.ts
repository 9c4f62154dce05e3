/** The part of a region that the simulator walks in. */
import type {
  CameraSeed,
  CellSiteSeed,
  PlaceSeed,
  StationSeed,
  StorySeed,
  UnitSeed,
} from '../region/source.ts';
import type { LngLat } from './travel.ts';

export interface SegmentSeed {
  id: string;
  kind: 'industrialRoad' | 'quietRoad';
  name: string;
  line: LngLat[];
  lengthM: number;
}

export interface SimRegion {
  name: string;
  places: PlaceSeed[];
  segments: SegmentSeed[];
  stations: StationSeed[];
  cellSites: CellSiteSeed[];
  cameras: CameraSeed[];
  units: UnitSeed[];
  /** The region's own story; other ones are found by looking around. */
  story?: StorySeed;
}

export interface RouteLike {
  travelTimeS: number;
  distanceM: number;
  geometry: LngLat[];
}
export type FindRoute = (from: LngLat, to: LngLat) => RouteLike | null;

/** Somewhere to be: a place, or the middle of a segment. */
export interface Spot {
  placeId?: string;
  segmentId?: string;
  name: string;
  position: LngLat;
}

export const placeSpot = ({ id, name, position }: PlaceSeed): Spot => ({ placeId: id, name, position });

export const segmentSpot = ({ id, name, line }: SegmentSeed): Spot => ({
  segmentId: id,
  name,
  position: line[Math.floor(line.length / 2)]!,
});
