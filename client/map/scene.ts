/**
 * What the map is told to show: plain values that the app maps the world to. The engine compares slices by
 * identity, so an unchanged slice must stay the same object. Positions are [lng, lat] WGS-84, instants are
 * ms since 1970.
 */
import type { Geometry, MultiPolygon, Polygon } from 'geojson';
import type { Risk } from '#contract/alert.ts';
import type { PlaceKind } from '#contract/place.ts';
import type { Theme } from '../ui/tokens.ts';
import type { MapOverlay } from './overlay.ts';
import type { CameraWatch } from './sources/camera-watch.ts';
import type { UnitSlots } from './sources/unit-slots.ts';

export type LngLat = [number, number];
export type Lang = 'zh' | 'en';

export interface MapIncident {
  id: string;
  position: LngLat;
  risk: Risk;
  /** The number that the panels show beside it, so that one can be talked about aloud. */
  number: number;
  openedAt: number;
  /** True until somebody has taken it on: it pulses. */
  unacknowledged?: boolean;
  closed?: boolean;
  /** Of the incident that is open at the desk: how far off its home may be. */
  homeRadiusM?: number;
  title?: string;
}

/** What every sighting has; `number` is its order in time, 1 for the first. */
interface SightingBase {
  id: string;
  number: number;
  observedAt: number;
  /** Withdrawn ones are shown struck out, never dropped in silence. */
  withdrawn?: boolean;
}

export type MapSighting = SightingBase &
  (
    | {
        kind: 'cell';
        site: LngLat;
        /** Absent: the antenna is omnidirectional or its direction is not known. */
        azimuthDeg?: number;
        beamwidthDeg?: number;
        rangeM: number;
        /** LTE steps of 78.12 m, as in the contract. */
        timingAdvance?: number;
      }
    | { kind: 'fix'; position: LngLat; accuracyM: number }
    | { kind: 'camera'; position: LngLat; headingDeg?: number; plate?: string }
    | { kind: 'transaction'; position: LngLat }
    | { kind: 'report'; position: LngLat; credibility: number }
    | { kind: 'search'; position: LngLat; outcome: 'notHere' | 'blocked' | 'found' }
  );

/** Where the subject of the selected incident may be. */
export interface MapPosterior {
  /** Areas that hold the stated share of the probability, largest share first or last: drawn nested. */
  regions: { share: number; geometry: MultiPolygon | Polygon }[];
  /** Road-cell centres and their probability; drawn as a soft surface when given. */
  cells?: { lng: ArrayLike<number>; lat: ArrayLike<number>; p: ArrayLike<number> };
  /** All that are shown to the operator, best first; the first few carry their rank on the map. */
  places: readonly MapBelievedPlace[];
}

export interface MapBelievedPlace {
  placeId: string;
  kind: PlaceKind;
  name: string;
  position: LngLat;
  /** Of a line. */
  path: LngLat[] | null;
  poa: number;
  /** The last look that did not find her: when (ms), and how likely it would have. */
  searched: { at: number; pod: number } | null;
}

/** Who should look where, in which order. */
export interface MapPlan {
  routes: readonly {
    unitId: string;
    callsign: string;
    /** Which of the looks for routes is this unit's: it keeps it from plan to plan. */
    look: number;
    path: LngLat[];
    stops: readonly { position: LngLat; order: number; etaAt: number }[];
    /** The one that the operator is looking at. */
    selected: boolean;
  }[];
  /** Where a unit should stand before she drives through. */
  intercepts: readonly {
    unitId: string;
    callsign: string;
    position: LngLat;
    arriveAt: number;
    share: number;
  }[];
  /** Ways out, each with the unit that closes it. */
  exits: readonly { unitId: string; callsign: string; position: LngLat; arriveAt: number }[];
}

export interface MapStation {
  id: string;
  name: string;
  nameEn?: string;
  position: LngLat;
}

export interface MapJurisdiction {
  stationId: string;
  name: string;
  nameEn?: string;
  geometry: MultiPolygon | Polygon;
  /** True when the boundary was derived and is not the legal one: drawn dashed. */
  estimated: boolean;
}

export interface MapPlace {
  id: string;
  kind: PlaceKind;
  name: string;
  nameEn?: string;
  position: LngLat;
}

export interface MapSegment {
  id: string;
  path: LngLat[];
  /** Cleared at least once, being searched now, or untouched. */
  state: 'open' | 'underWay' | 'searched';
}

export interface MapCamera {
  id: string;
  name: string;
  position: LngLat;
  headingDeg?: number;
  /** False: known to be down. */
  up: boolean;
  /** While a trace is open: what it says of the time since she left. */
  watch?: CameraWatch;
}

/** Ground that one antenna serves best; `tint` 0 to 2 tells the antennas of one site apart. */
export interface ServedGround {
  area: Polygon;
  tint: number;
}

/** What cameras and antennas serve. */
export interface MapCoverage {
  served: readonly ServedGround[];
  /** The road before each camera. */
  watched: readonly { cameraId: string; path: LngLat[] }[];
  /** Main roads far from every camera. */
  unwatched: readonly LngLat[][];
  /** Where main roads leave the region. */
  exits: readonly { position: LngLat; watched: boolean }[];
}

/** A table before it is applied: its things against those in use. */
export interface MapPreviewThing {
  id: string;
  name: string;
  change: 'added' | 'removed' | 'changed' | 'same';
  geometry: Geometry;
}

/** A stretch of road that is closed now. */
export interface MapClosure {
  id: string;
  path: readonly LngLat[];
  /** Closed only in the order of the path. */
  oneWay: boolean;
}

/** One of the nearest units to a point, best first. */
interface MapNearest {
  unitId: string;
  position: LngLat;
  travelTimeS: number;
  distanceM: number;
  /** Along the road; absent until the router has answered. */
  path?: LngLat[];
}

/** A unit's way to its task, of the plan or of an order under way. */
interface MapRoute {
  unitId: string;
  path: LngLat[];
  /** Of the proposed plan, not ordered yet: drawn dashed. */
  proposed: boolean;
  etaAt?: number;
}

export type MapTarget =
  | {
      kind: 'incident' | 'unit' | 'station' | 'place' | 'segment' | 'sighting' | 'camera' | 'closure';
      id: string;
    }
  | { kind: 'cluster'; bounds: [LngLat, LngLat] }
  | { kind: 'point'; position: LngLat };

export interface MapSelection {
  kind: 'incident' | 'unit' | 'station' | 'place' | 'segment' | 'sighting' | 'camera' | 'closure';
  id: string;
}

/** Layers that an operator may switch; incidents and the trace of the selected incident always show. */
export interface LayerSwitches {
  units: boolean;
  unitLabels: boolean;
  stations: boolean;
  jurisdictions: boolean;
  places: boolean;
  segments: boolean;
  cameras: boolean;
  coverage: boolean;
  posterior: boolean;
  plan: boolean;
  searched: boolean;
  buildings3d: boolean;
}

export interface MapScene {
  /** Path and version of the region's tiles, e.g. `/tiles/basemap.pmtiles?v=20261122`. */
  tilesUrl: string;
  theme: Theme;
  lang: Lang;
  /** Size of text and marks against a desk screen (1); the wall sets it from the viewing distance, as it does CSS `--scale`. */
  scale?: number;
  /** The clock of the source shown: now when live, the seek position in a replay. About 1 Hz is enough. */
  nowAt: number;
  units: UnitSlots;
  incidents: readonly MapIncident[];
  /** Sightings of the selected incident; empty without an authority. */
  sightings: readonly MapSighting[];
  posterior: MapPosterior | null;
  plan?: MapPlan | null;
  /** How posterior and plan are drawn: brought by the pages that show them. */
  overlay?: MapOverlay | null;
  stations: readonly MapStation[];
  jurisdictions: readonly MapJurisdiction[];
  places: readonly MapPlace[];
  segments: readonly MapSegment[];
  cameras: readonly MapCamera[];
  closures: readonly MapClosure[];
  coverage?: MapCoverage | null;
  preview?: readonly MapPreviewThing[];
  /** With the point that they are near to. */
  nearest: { to: LngLat; items: readonly MapNearest[] } | null;
  routes: readonly MapRoute[];
  isochrone: { geometry: MultiPolygon | Polygon; minutes: number } | null;
  selection: MapSelection | null;
  switches: LayerSwitches;
}

export const defaultSwitches: LayerSwitches = {
  units: true,
  unitLabels: true,
  stations: true,
  jurisdictions: true,
  places: false,
  segments: false,
  cameras: false,
  coverage: false,
  posterior: true,
  plan: true,
  searched: true,
  buildings3d: false,
};

/** The scene of a map that nobody looks at: without anything that an open trace or an incident's work put there. */
export const withoutTraces = (scene: MapScene): MapScene => ({
  ...scene,
  sightings: [],
  posterior: null,
  plan: null,
  overlay: null,
  // What a camera saw of her and where she was searched for are the trace's.
  cameras: [],
  segments: [],
  nearest: null,
  routes: [],
  isochrone: null,
});
