/** What the server's thread and the locator's say to each other. */
import type { Risk, ScamType } from '#contract/alert.ts';
import type { Position } from '#contract/common.ts';
import type { PriorKind, HourBand } from '#contract/prior.ts';
import type { UnitKind } from '#contract/unit.ts';
import type { SearchMethod } from '#contract/sighting.ts';
import type { Antenna } from '#locate/fact.ts';
import type { GroundSource, Target } from '#locate/ground.ts';
import type { Snap } from '#road/access.ts';
import type { RoadFile } from '#road/file.ts';
import type { LngLat } from '#road/geo.ts';
import type { StandingSighting } from '../../db/queries/belief.ts';

/** What the thread is started with. */
export interface LocatorOptions {
  /** The road file, shared with the server. */
  road: SharedArrayBuffer;
}

/** The region's tables, as much as locating needs. */
export interface GroundTables extends GroundSource {
  antennas: Antenna[];
  stations: { id: string; position: LngLat }[];
  cameras: { id: string; name: string; position: LngLat; headingDeg?: number }[];
}

/** What leaders set and closed incidents taught. */
export interface PriorTables {
  weights: { scamType: ScamType; weights: Partial<Record<PriorKind, number>> | null }[];
  counts: { scamType: ScamType; placeKind: PriorKind; hourBand: HourBand; n: number }[];
}

/** Roads that cannot be driven now, as `RoadRouter.closing` takes them. */
export interface ClosedRoads {
  edges: number[];
  darts: number[];
}

/** A unit that may be sent. */
export interface QuestionUnit {
  id: string;
  callsign: string;
  stationId: string | null;
  kind: UnitKind;
  sworn: number;
  auxiliary: number;
  at: Snap;
  fixAgeS: number;
  moving: boolean;
  /** When its shift ends, ms since 1970; null: nobody said. */
  untilMs: number | null;
  /** What it was sent for in this incident, first the one that has come farthest. */
  tasks: UnitTask[];
  /** Targets of this incident that its crew has refused to go to. */
  refused: string[];
}

export interface UnitTask {
  taskId: string;
  targetId: string;
  method: SearchMethod;
  state: 'ordered' | 'accepted' | 'arrived';
  /** When it came into that state, ms since 1970. */
  changedAtMs: number;
}

/** Why a unit is not offered. */
export type Unavailability =
  | { code: 'offDuty' | 'outOfService' | 'noFix' | 'oldFix' | 'offRoad' }
  | { code: 'otherIncident'; number: number };

/** All that is known of one incident, and who could look for her. */
export interface BeliefQuestion {
  incidentId: string;
  nowMs: number;
  /** The belief's epoch, ms since 1970. */
  openedAtMs: number;
  scamType: ScamType;
  risk: Risk;
  /** In yuan; null: no alert named one. */
  amount: number | null;
  home: Position | null;
  sightings: StandingSighting[];
  /** Cameras could be asked for her car. */
  plateKnown: boolean;
  downCameraIds: string[];
  /** What lay outside the region's roads before the newest facts; null: not known. */
  restBefore: number | null;
  priors: PriorTables;
  closed: ClosedRoads;
  units: QuestionUnit[];
  unavailable: ({ unitId: string; callsign: string } & Unavailability)[];
}

/** What came of a question. Both parts are JSON, gzip (`record.ts`). */
export interface BeliefAnswer {
  posterior: Uint8Array<ArrayBuffer>;
  plan: Uint8Array<ArrayBuffer>;
  restOfWorld: number;
  entropyBits: number;
  /** Parts of the plan that failed and are empty: for the log. */
  troubles: string[];
  /** How long it took in the thread. */
  tookMs: number;
}

export type ToLocator =
  /** Comes first, and again when the region's tables were replaced. */
  | { type: 'ground'; tables: GroundTables }
  /** The same roads with other speeds; null: those of the file. */
  | { type: 'road'; road: RoadFile | null }
  | { type: 'ask'; id: number; question: BeliefQuestion }
  | { type: 'target'; id: number; targetId: string }
  /** The incident is closed: what is kept for it may go. */
  | { type: 'forget'; incidentId: string };

export type FromLocator =
  | { type: 'answer'; id: number; answer: BeliefAnswer }
  | { type: 'target'; id: number; target: (Target & { lengthM: number }) | null }
  /** The question could not be answered; others can. */
  | { type: 'failed'; id: number; message: string };
