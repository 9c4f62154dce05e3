/**
 * What a viewer is told beside the log's own payload: pieces of the vault, joined for those who may see them and
 * left out for the others. The reducer merges whatever is there.
 */
import type { HomeBasis } from './address.ts';
import type { Position } from './common.ts';
import type { SightingView } from './sighting.ts';

/** The subject as lists and maps show it: masked name and number, and where she lives. */
export interface SubjectView {
  nameMasked: string;
  phoneMasked: string;
  address?: string;
  vehicle?: string;
  home?: Position;
  homeBasis?: HomeBasis;
  /** How far off the home may be; absent: as good as a point. */
  homeRadiusM?: number;
  /** How sure the reading of her address was, 0 to 1. */
  homeConfidence?: number;
  /** Another part of the country that her address names. */
  elsewhere?: string;
  /** The bureau that her case was handed to. */
  handedOverTo?: string;
}

export interface FactPrivate {
  /** With `incidentOpened`, `alertReceived`, and what changes her home or who meets her. */
  subject?: SubjectView;
  /** With `sightingRecorded` and `sightingCorrected`, only inside an open look. */
  sighting?: SightingView;
}
