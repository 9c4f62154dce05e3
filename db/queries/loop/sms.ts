import { sql } from 'drizzle-orm';
import type { ScamType } from '#contract/alert.ts';
import type { SmsState } from '#contract/kinds.ts';
import type { Tx } from '../../transaction.ts';
import { firstRow, rows } from '../sql.ts';

export interface SmsRow {
  id: string;
  incidentId: string;
  recipient: 'subject' | 'family';
  state: SmsState;
  attempts: number;
}

const columns = sql`m.id, m.incident_id as "incidentId", m.recipient, m.state, m.attempts`;

/** One message, locked to the commit. */
export const smsForUpdate = (tx: Tx, messageId: string): Promise<SmsRow | undefined> =>
  firstRow(tx, sql`select ${columns} from sms_message m where m.id = ${messageId} for update`);

/** The next message whose turn has come, locked; those that another process holds are passed over. */
export const nextDueSms = (tx: Tx, at: Date): Promise<SmsRow | undefined> =>
  firstRow(
    tx,
    sql`select ${columns} from sms_message m
        where m.state = 'queued' and m.next_try_at <= ${at.toISOString()}::timestamptz
        order by m.next_try_at, m.id limit 1 for update skip locked`,
  );

/** Number and words of a message, out of the vault; null where they were erased. */
export const smsWords = (
  tx: Tx,
  messageId: string,
): Promise<{ phone: string | null; text: string | null } | undefined> =>
  firstRow(
    tx,
    sql`select case m.recipient when 'subject' then s.phone else p.body end as phone, b.body as text
        from sms_message m
        join incident i on i.id = m.incident_id
        left join subject_private s on s.subject_id = i.subject_id
        left join text_private p on p.id = m.phone_id
        left join text_private b on b.id = m.body_id
        where m.id = ${messageId}`,
  );

/** Messages of an incident that have not gone out, locked to the commit. */
export const queuedSms = (tx: Tx, incidentId: string): Promise<SmsRow[]> =>
  rows(
    tx,
    sql`select ${columns} from sms_message m
        where m.incident_id = ${incidentId} and m.state = 'queued' order by m.id for update`,
  );

/** By which script she is being talked to. */
export const scamTypeOf = (tx: Tx, incidentId: string): Promise<{ scamType: ScamType } | undefined> =>
  firstRow(tx, sql`select scam_type as "scamType" from incident where id = ${incidentId}`);
