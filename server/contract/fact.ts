/**
 * What a viewer is told beside the log's own payload: pieces of the vault, joined for those who may see them and
 * left out for the others. The reducer merges whatever is there.
 */
import type { Position } from './common.ts';
import type { SightingView } from './sighting.ts';

/** The subject as lists and maps show it: masked name and number, and where she lives. */
export interface SubjectView {
  nameMasked: string;
  phoneMasked: string;
  address?: string;
  vehicle?: string;
  home?: Position;
}

export interface FactPrivate {
  /** With `incidentOpened` and `alertReceived`. */
  subject?: SubjectView;
  /** With `sightingRecorded` and `sightingCorrected`, only inside an open look. */
  sighting?: SightingView;
}
