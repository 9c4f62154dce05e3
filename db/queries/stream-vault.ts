/** What a stream's frames join from the vault and the sessions' tables. */
import { sql } from 'drizzle-orm';
import type { SubjectRow } from '../../server/auth/masking.ts';
import type { Role } from '../../server/contract/incident.ts';
import type { Tx } from '../transaction.ts';
import { epochMs, lngLat, rows } from './sql.ts';

export interface IncidentSubjectRow extends SubjectRow {
  incidentId: string;
}

/** The subjects of incidents, of all of them when none are named; unmasked, so mask before anything else. */
export const subjectsOfIncidents = (tx: Tx, incidentIds?: readonly string[]): Promise<IncidentSubjectRow[]> =>
  rows(
    tx,
    sql`select incident.id as "incidentId", name, phone, address, vehicle, ${lngLat(sql`home`)} as home,
        home_basis as "homeBasis", home_radius_m as "homeRadiusM", home_confidence as "homeConfidence",
        home_elsewhere as elsewhere,
        (select body from text_private where id = incident.handed_over_to_id) as "handedOverTo"
      from incident join subject_private using (subject_id)
      ${incidentIds ? sql`where incident.id = any(${sql.param(incidentIds)})` : sql``}`,
  );

/** The looks that a session opened. */
export const looksOfSession = (
  tx: Tx,
  sessionId: string,
): Promise<{ incidentId: string; authorityId: string }[]> =>
  rows(
    tx,
    sql`select distinct incident_id as "incidentId", authority_id as "authorityId" from trace_look
      where session_id = ${sessionId}`,
  );

export interface SessionState {
  sessionId: string;
  role: Role;
  stationId: string | null;
  lastSeenAt: number;
  expiresAt: number;
}

/** Those of the sessions that were not revoked and whose users are still active. Times in ms epoch. */
export const sessionStates = (tx: Tx, sessionIds: readonly string[]): Promise<SessionState[]> =>
  rows(
    tx,
    sql`select session.id as "sessionId", role, station_id as "stationId",
      ${epochMs(sql`session.last_seen_at`)} as "lastSeenAt", ${epochMs(sql`session.expires_at`)} as "expiresAt"
      from user_session session join app_user on app_user.id = session.user_id
      where session.id = any(${sql.param(sessionIds)}) and session.revoked_at is null and active`,
  );
