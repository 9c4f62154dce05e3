/**
 * What is known, as the belief takes it: sightings after normalisation, with times in seconds since the belief's epoch
 * (the moment of the alert; before it they are negative). A withdrawn sighting is simply not among the facts, a
 * corrected one is there in its last form.
 */
import type { ScamType } from '#contract/alert.ts';
import type { SearchMethod } from '#contract/sighting.ts';
import type { LngLat } from '#road/geo.ts';

interface FactBase {
  /** The sighting's: names the fact in contradictions and explanations. */
  id: string;
  /** When it was so. */
  atS: number;
}

export interface CellFact extends FactBase {
  kind: 'cell';
  site: LngLat;
  rangeM: number;
  /** Absent: omnidirectional, or not known. */
  azimuthDeg?: number;
  beamwidthDeg?: number;
  /** LTE steps of 78.12 m. */
  timingAdvance?: number;
  /** Of a sector that the region's table of antennas knows. */
  cellId?: string;
}
export interface FixFact extends FactBase {
  kind: 'fix';
  position: LngLat;
  accuracyM: number;
  /** Share of true positions within `accuracyM`. */
  quantile: number;
}
export interface CameraFact extends FactBase {
  kind: 'camera';
  position: LngLat;
  headingDeg?: number;
}
/** Cameras that were asked for her plate and did not see it. */
export interface SilenceFact extends FactBase {
  kind: 'silence';
  cameras: readonly { position: LngLat; headingDeg?: number }[];
  /** Nothing seen from then on to `atS`. */
  fromS: number;
}
export interface TransactionFact extends FactBase {
  kind: 'transaction';
  position: LngLat;
  targetId?: string;
}
export interface ReportFact extends FactBase {
  kind: 'report';
  /** Absent where it says only when or how she left. */
  position?: LngLat;
  targetId?: string;
  credibility: number;
  departedAtS?: number;
  departedDoubtS?: number;
  byVehicle?: boolean;
  usualPlaces: readonly { position: LngLat; targetId?: string }[];
}
/** Somebody looked and she was not there. */
export interface SearchFact extends FactBase {
  kind: 'search';
  targetId: string;
  method: SearchMethod;
}
/** A unit drove along these edges, each `[edge, atS]`, and did not notice her. */
export interface PassFact extends FactBase {
  kind: 'pass';
  edges: readonly (readonly [number, number])[];
}

export type Fact =
  | CellFact
  | FixFact
  | CameraFact
  | SilenceFact
  | TransactionFact
  | ReportFact
  | SearchFact
  | PassFact;

/** What is known from the first moment on. */
export interface Subject {
  scamType: ScamType;
  /** Null: nobody knows where she lives. */
  home: LngLat | null;
  /** Hour of the day at the epoch in the region's own time, 0 to 23. */
  hour: number;
  /** Decides every draw of the belief. */
  seed: number;
}

/** An antenna that the region knows, with its neighbours the ground of 'soft best server'. */
export interface Antenna {
  cellId: string;
  site: LngLat;
  azimuthDeg: number;
  beamwidthDeg: number;
  rangeM: number;
}
