import { sql } from 'drizzle-orm';
import type { MeetingView } from '#contract/meeting.ts';
import type { Tx } from '../../transaction.ts';
import { epochMs, firstRow, instant, rows } from '../sql.ts';

/** Whether the vault of an incident is still there, when it began, and which stations' crews have found its subject. */
export interface MeetingGround {
  /** ms since 1970 */
  openedAtMs: number;
  vaultGone: boolean;
  finderStationIds: string[];
}

export const meetingGround = (tx: Tx, incidentId: string): Promise<MeetingGround | undefined> =>
  firstRow(
    tx,
    sql`select ${epochMs(sql`i.opened_at`)} as "openedAtMs", i.vault_purged_at is not null as "vaultGone",
          array(select distinct u.station_id from task t join unit u on u.id = t.unit_id
            where t.incident_id = i.id and t.outcome = 'found' and u.station_id is not null) as "finderStationIds"
        from incident i where i.id = ${incidentId}`,
  );

export interface MeetingRow {
  id: string;
  incidentId: string;
  /** ms since 1970 */
  atMs: number;
}

export const meetingById = (tx: Tx, meetingId: string): Promise<MeetingRow | undefined> =>
  firstRow(
    tx,
    sql`select id, incident_id as "incidentId", ${epochMs(sql`at`)} as "atMs" from meeting where id = ${meetingId}`,
  );

/** Those of the officers that are on the roster. */
export const officersSworn = (tx: Tx, ids: readonly string[]): Promise<{ id: string; sworn: boolean }[]> =>
  rows(
    tx,
    sql`select id, sworn from officer where removed_at is null and id = any(${sql.param([...ids])}::text[]) order by id`,
  );

const bodyOf = (id: ReturnType<typeof sql>) => sql`(select t.body from text_private t where t.id = ${id})`;

/** A meeting's place is in the vault as words; a position as a geo URI (RFC 5870). */
export type MeetingViewRow = Omit<MeetingView, 'place'> & {
  placeId: string | null;
  placeName: string | null;
  where: string | null;
};

/** The meetings of an incident, oldest first, with everything that belongs to them. */
export const meetingsOf = (tx: Tx, incidentId: string): Promise<MeetingViewRow[]> =>
  rows(
    tx,
    sql`select m.id, m.incident_id as "incidentId", m.order_id as "orderId", ${instant(sql`m.at`)} as at,
          m.place_id as "placeId", p.name as "placeName", ${bodyOf(sql`m.where_id`)} as "where",
          m.consent, m.app_installed as "appInstalled", m.mini_program as "miniProgram",
          coalesce((select json_agg(json_build_object('id', mo.officer_id, 'name', o.name,
              'badgeNumber', o.badge_number, 'sworn', mo.sworn) order by mo.sworn desc, mo.officer_id)
            from meeting_officer mo left join officer o on o.id = mo.officer_id where mo.meeting_id = m.id), '[]') as officers,
          coalesce((select json_agg(json_build_object('step', s.step, 'done', s.done, 'refusal', s.refusal,
              'at', ${instant(sql`s.at`)}, 'note', ${bodyOf(sql`s.note_id`)}) order by s.step)
            from meeting_step s where s.meeting_id = m.id), '[]') as steps,
          coalesce((select json_agg(json_build_object('id', d.id, 'kind', d.kind, 'mime', d.mime,
              'sizeBytes', octet_length(d.bytes), 'addedAt', ${instant(sql`d.added_at`)}) order by d.id)
            from document_private d where d.meeting_id = m.id), '[]') as documents,
          coalesce((select json_agg(json_build_object('id', r.id, 'dueAt', ${instant(sql`r.due_at`)}, 'state', r.state,
              'endedAt', ${instant(sql`r.ended_at`)}, 'note', ${bodyOf(sql`r.note_id`)}) order by r.due_at, r.id)
            from revisit r where r.meeting_id = m.id), '[]') as revisits
        from meeting m left join place p on p.id = m.place_id
        where m.incident_id = ${incidentId} order by m.at, m.id`,
  );
