/** An episode of the arena: what is true, what comes to be known of it and when, and where the units stand. Pure. */
import type { ScamType } from '#contract/alert.ts';
import type { SearchMethod } from '#contract/sighting.ts';
import type { LngLat } from '#road/geo.ts';
import type { TruthPoint } from '../truth.ts';
import type { ArenaAntenna } from './region.ts';

/** Seconds count from the alert everywhere in an episode. */
interface Known {
  id: string;
  /** When it was so. */
  atS: number;
  /** When the centre knows of it: no policy is told before. */
  receivedS: number;
}

export type ArenaSighting = Known &
  (
    | {
        kind: 'cell';
        site: LngLat;
        rangeM: number;
        azimuthDeg?: number;
        beamwidthDeg?: number;
        timingAdvance?: number;
        cellId?: string;
      }
    | { kind: 'fix'; position: LngLat; accuracyM: number; quantile: number }
    | { kind: 'camera'; position: LngLat; headingDeg?: number }
    | { kind: 'silence'; cameras: { position: LngLat; headingDeg?: number }[]; fromS: number }
    | { kind: 'transaction'; position: LngLat; targetId?: string }
    | {
        kind: 'report';
        position?: LngLat;
        targetId?: string;
        credibility: number;
        departedAtS?: number;
        departedDoubtS?: number;
        byVehicle?: boolean;
        usualPlaces: { position: LngLat; targetId?: string }[];
      }
    | { kind: 'search'; targetId: string; method: SearchMethod }
  );

/** What a policy is told: sightings, and what its own units found out. */
export type ArenaFact =
  | ArenaSighting
  /** Edges that units drove along from end to end, each `[edge, atS]`, without noticing her. */
  | (Known & { kind: 'pass'; edges: [number, number][] });

/** A point of the truth; `placeId`: the place that she is in from there on. */
export interface ArenaTruthPoint extends TruthPoint {
  placeId?: string;
}

export interface Episode {
  id: string;
  scamType: ScamType;
  home: LngLat;
  /** The moment of the alert, ms epoch. */
  alertAt: number;
  /** When she left, as the family says; null: nobody knows. */
  departedS: number | null;
  horizonS: number;
  truth: ArenaTruthPoint[];
  /** In the order in which they are received. */
  sightings: ArenaSighting[];
  units: { id: string; at: LngLat }[];
}

/** Episodes with the antennas that their sightings name, where these are not the region's own. */
export interface EpisodeSet {
  antennas?: readonly ArenaAntenna[];
  episodes: Episode[];
}

/** How far off the family's word of when she left may be, one standard deviation. */
export const departedDoubtS = 300;

/** What is known at the alert: the family's report of when she left. */
export function firstReport({ id, departedS }: Episode): ArenaSighting[] {
  if (departedS === null) return [];
  const known = { id: `${id}-report`, atS: 0, receivedS: 0, usualPlaces: [] };
  return [
    { ...known, kind: 'report', credibility: 0.9, departedAtS: departedS, departedDoubtS, byVehicle: true },
  ];
}
