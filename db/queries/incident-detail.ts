import { sql } from 'drizzle-orm';
import type { IncidentDetail } from '#contract/incident-view.ts';
import type { Tx } from '../transaction.ts';
import { type IncidentRow, incidentColumns } from './list-incidents.ts';
import { firstRow, instant, rows } from './sql.ts';

type Parts = Pick<IncidentDetail, 'alerts' | 'members' | 'authorities' | 'sightings'>;

/** One incident with everything on it except what the trace says. */
export async function incidentDetail(
  tx: Tx,
  incidentId: string,
): Promise<(Omit<IncidentRow, 'members'> & Parts) | undefined> {
  const incident = await firstRow<IncidentRow>(
    tx,
    sql`select ${incidentColumns} from incident i where i.id = ${incidentId}`,
  );
  if (!incident) return undefined;
  return {
    ...incident,
    alerts: await rows(
      tx,
      sql`select id, source, risk, scam_type as "scamType", amount::float8 as amount,
            ${instant(sql`observed_at`)} as "observedAt", ${instant(sql`received_at`)} as "receivedAt"
          from alert where incident_id = ${incidentId} order by received_at, id`,
    ),
    members: await rows(
      tx,
      sql`select u.id as "userId", u.display_name as "displayName", u.role
          from incident_member m join app_user u on u.id = m.user_id
          where m.incident_id = ${incidentId} order by m.added_at, u.id`,
    ),
    authorities: await rows(
      tx,
      sql`select id, number, legal_basis as "legalBasis", reason, requested_by as "requestedBy",
            ${instant(sql`requested_at`)} as "requestedAt", approved_by as "approvedBy",
            ${instant(sql`approved_at`)} as "approvedAt", ${instant(sql`expires_at`)} as "expiresAt",
            ${instant(sql`revoked_at`)} as "revokedAt", break_glass as "breakGlass"
          from authority where incident_id = ${incidentId} order by requested_at, id`,
    ),
    sightings: await rows(
      tx,
      sql`select s.id, s.kind, ${instant(sql`s.observed_at`)} as "observedAt",
            ${instant(sql`s.received_at`)} as "receivedAt", s.withdrawn, s.replaced_by as "replacedBy"
          from sighting_marks(${incidentId}) s order by s.observed_at, s.id`,
    ),
  };
}
