/** What the stream asks the database beside the log. A port, so that its logic can be tested without one. */
import type { SubjectView } from '#contract/fact.ts';
import type { SightingView } from '#contract/sighting.ts';
import type { Database } from '../../db/connect.ts';
import { sightingViews, sightingViewsOf } from '../../db/queries/sighting-views.ts';
import {
  looksOfSession,
  type SessionState,
  sessionStates,
  subjectsOfIncidents,
} from '../../db/queries/stream-vault.ts';
import { subjectView } from '../auth/masking.ts';
import type { Look } from './looks.ts';

export type { SessionState } from '../../db/queries/stream-vault.ts';

export interface Vault {
  /** Masked subjects by incident; of all incidents when none are named. */
  subjects(incidentIds?: readonly string[]): Promise<ReadonlyMap<string, SubjectView>>;
  /** All sightings of an incident. Only for those with an open look on it. */
  sightingsOf(incidentId: string): Promise<readonly SightingView[]>;
  /** The sightings with these ids. Likewise. */
  sightings(ids: readonly string[]): Promise<readonly SightingView[]>;
  /** The looks that a session ever opened. */
  looks(sessionId: string): Promise<readonly Look[]>;
  /** The sessions of these that are neither revoked nor of a user who was put out. */
  sessions(ids: readonly string[]): Promise<readonly SessionState[]>;
}

export const databaseVault = (database: Database): Vault => ({
  async subjects(incidentIds) {
    const found = await database.read(tx => subjectsOfIncidents(tx, incidentIds));
    return new Map(found.map(row => [row.incidentId, subjectView(row)]));
  },
  sightingsOf: incidentId => database.read(tx => sightingViews(tx, incidentId)),
  sightings: ids => database.read(tx => sightingViewsOf(tx, ids)),
  looks: sessionId => database.read(tx => looksOfSession(tx, sessionId)),
  sessions: ids => database.read(tx => sessionStates(tx, ids)),
});
