/** The world as the log tells it: what the server holds, the stream carries and the browser shows. Plain data, never changed in place. */
import type { Risk, ScamType } from '#contract/alert.ts';
import type { GlassVerdict } from '#contract/break-glass.ts';
import type { SubjectView } from '#contract/fact.ts';
import type { IncidentOutcome } from '#contract/incident.ts';
import type { SearchMethod, SightingKind, SightingView } from '#contract/sighting.ts';
import type { Crew, UnitKind, UnitState } from '#contract/unit.ts';
import type { PinPart } from '#contract/wall-pin.ts';
import type { WorldLoop } from './loop/world.ts';
import type { TaskProgress } from './task.ts';

export interface WorldUnit {
  id: string;
  slot: number;
  callsign: string;
  stationId: string | null;
  kind: UnitKind;
  crew: Crew;
  state: UnitState;
  /** Those that have not been over for long, in order of time. */
  shifts: readonly WorldShift[];
}

/** When a unit is on duty, and with whom: counts, never names. Instants are ISO 8601. */
export interface WorldShift {
  id: string;
  startsAt: string;
  endsAt: string;
  crew: Crew;
}

/** One unit is to look at one place or segment. */
export interface WorldTask extends TaskProgress {
  id: string;
  incidentId: string;
  unitId: string;
  placeId: string | null;
  segmentId: string | null;
  method: SearchMethod;
  /** How it was looked at, once there is a result. */
  resultMethod: SearchMethod | null;
  /** The search that its result wrote into the trace. */
  sightingId: string | null;
  /** The crew had no sworn officer when it was sent. */
  needsSworn: boolean;
  orderedAt: string;
  /** When its state last changed. */
  changedAt: string;
}

/** A stretch of road that cannot be driven through. */
export interface WorldClosure {
  id: string;
  /** [lng, lat] in order. */
  line: readonly [number, number][];
  /** `forward`: only in the order of the line. */
  direction: 'both' | 'forward';
  closedAt: string;
  /** Open again from then on without anybody's doing; null: until somebody opens it. */
  untilAt: string | null;
}

export interface WorldAuthority {
  id: string;
  requestedBy: string;
  approvedBy: string | null;
  expiresAt: string;
  revoked: boolean;
  /** Nobody approved it: it holds for `requestedBy` alone, and somebody else says whether it was justified. */
  breakGlass?: { reviewDueAt: string; verdict: GlassVerdict | null };
}

/** What the wall shows of an incident. */
export interface WorldPin {
  authorityId: string;
  show: readonly PinPart[];
  untilAt: string;
}

/** What everyone on the incident knows of a sighting: that it exists. `view` is there only inside an open look. */
export interface WorldSighting {
  id: string;
  kind: SightingKind;
  observedAt: string;
  receivedAt: string;
  withdrawn: boolean;
  replacedBy: string | null;
  view?: SightingView;
}

export interface WorldIncident {
  id: string;
  /** Its place among those opened on the same day in Shanghai, from 1: how people speak of it. */
  number: number;
  risk: Risk;
  scamType: ScamType;
  state: 'open' | 'closed';
  stationId: string | null;
  stationBasis: 'jurisdiction' | 'nearest' | 'handedOver' | 'none';
  openedAt: string;
  closedAt: string | null;
  outcome: IncidentOutcome | null;
  /** She lives elsewhere: since when another bureau is to meet her. */
  handedOverAt?: string;
  /** Largest amount that any of its alerts named, in yuan. */
  amount: number | null;
  alertCount: number;
  lastAlertAt: string;
  members: string[];
  authorities: Record<string, WorldAuthority>;
  sightings: Record<string, WorldSighting>;
  /** Its three lines, clocks, orders and meetings. */
  loop: WorldLoop;
  /** Gone with its authority. */
  pin?: WorldPin;
  /** Where she may be is worked out with all facts up to this one; it is there for who may look. */
  believedSeq?: number;
  /** Notes, oldest first: that they are there. */
  notes?: readonly WorldNote[];
  subject?: SubjectView;
}

/** What a note says is told to who asks for it. */
export interface WorldNote {
  id: string;
  by: string;
  at: string;
}

/** The newest time that a leader signed for what the shift leaves; nobody has taken it while `takenBy` is null. */
export interface WorldHandover {
  id: string;
  signedBy: string;
  signedAt: string;
  takenBy: string | null;
}

export interface World {
  seq: number;
  region: { id: string; name: string; fictional: boolean } | null;
  units: Record<string, WorldUnit>;
  incidents: Record<string, WorldIncident>;
  tasks: Record<string, WorldTask>;
  closures: Record<string, WorldClosure>;
  /** Camera → since when it is known to be down, ISO 8601. */
  downCameras: Record<string, string>;
  /** Told to who sees all incidents. */
  handover?: WorldHandover;
}

export const emptyWorld: World = {
  seq: 0,
  region: null,
  units: {},
  incidents: {},
  tasks: {},
  closures: {},
  downCameras: {},
};
