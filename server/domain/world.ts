/** The world as the log tells it: what the server holds, the stream carries and the browser shows. Plain data, never changed in place. */
import type { Risk, ScamType } from '#contract/alert.ts';
import type { SubjectView } from '#contract/fact.ts';
import type { IncidentOutcome } from '#contract/incident.ts';
import type { SightingKind, SightingView } from '#contract/sighting.ts';
import type { Crew, UnitKind, UnitState } from '#contract/unit.ts';

export interface WorldUnit {
  id: string;
  slot: number;
  callsign: string;
  stationId: string | null;
  kind: UnitKind;
  crew: Crew;
  state: UnitState;
}

export interface WorldAuthority {
  id: string;
  requestedBy: string;
  approvedBy: string | null;
  expiresAt: string;
  revoked: boolean;
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
  stationBasis: 'jurisdiction' | 'nearest' | 'none';
  openedAt: string;
  closedAt: string | null;
  outcome: IncidentOutcome | null;
  /** Largest amount that any of its alerts named, in yuan. */
  amount: number | null;
  alertCount: number;
  lastAlertAt: string;
  members: string[];
  authorities: Record<string, WorldAuthority>;
  sightings: Record<string, WorldSighting>;
  subject?: SubjectView;
}

export interface World {
  seq: number;
  region: { id: string; name: string; fictional: boolean } | null;
  units: Record<string, WorldUnit>;
  incidents: Record<string, WorldIncident>;
}

export const emptyWorld: World = { seq: 0, region: null, units: {}, incidents: {} };
