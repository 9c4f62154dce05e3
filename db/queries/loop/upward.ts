import { type SQL, sql } from 'drizzle-orm';
import type { UpwardState } from '#contract/kinds.ts';
import type { UpwardBody, UpwardItem } from '#contract/upward.ts';
import type { Tx } from '../../transaction.ts';
import { firstRow, instant, rows } from '../sql.ts';

/** What a result message says, but for its own number. */
export type UpwardFacts = Omit<UpwardBody, 'version' | 'messageId'> & { alertId: string };

const newest = (column: SQL) =>
  sql`(select ${column} from meeting m where m.incident_id = i.id order by m.at desc, m.id desc limit 1)`;
/** The newest order that is still somebody's: one that was handed over or taken back tells nothing. */
const ofOrder = (column: SQL) => sql`(select ${column} from dispatch_order o
  where o.incident_id = i.id and o.state not in ('handedOver', 'cancelled') order by o.issued_at desc, o.id desc limit 1)`;
const ofOutcome = (column: SQL) => sql`(select ${column} from outcome_report x
  where x.incident_id = i.id order by x.recorded_at desc, x.id desc limit 1)`;

/** The results of an incident for each alert that a platform sent under a number of its own. */
export const upwardFacts = (tx: Tx, incidentId: string): Promise<UpwardFacts[]> =>
  rows(
    tx,
    sql`select a.id as "alertId", a.external_id as "externalId", a.source, i.outcome,
          ${newest(instant(sql`m.at`))} as "metAt",
          coalesce((select json_agg(json_build_object('step', s.step, 'done', s.done, 'refusal', s.refusal) order by s.step)
            from meeting_step s where s.meeting_id = ${newest(sql`m.id`)}), '[]') as steps,
          ${newest(sql`m.consent`)} as consent, ${newest(sql`m.app_installed`)} as "appInstalled",
          exists (select from document_private d where d.incident_id = i.id and d.kind = 'pledge') as "pledgeSigned",
          ${ofOutcome(sql`x.transferred`)} as "transferredAfterAlert",
          ${ofOutcome(sql`x.loss_amount::float8`)} as "lossAmount",
          json_build_object('receivedAt', ${instant(sql`a.received_at`)}, 'orderedAt', ${ofOrder(instant(sql`o.issued_at`))},
            'acknowledgedAt', ${ofOrder(instant(sql`o.acknowledged_at`))}, 'underWayAt', ${ofOrder(instant(sql`o.under_way_at`))},
            'metAt', ${newest(instant(sql`m.at`))}, 'fedBackAt', ${ofOrder(instant(sql`o.fed_back_at`))},
            'closedAt', ${instant(sql`i.closed_at`)}) as times
        from alert a join incident i on i.id = a.incident_id
        where a.incident_id = ${incidentId} and a.external_id is not null order by a.id`,
  );

export interface NewestMessage {
  id: string;
  state: UpwardState;
  attempts: number;
  bodyId: string | null;
  body: string | null;
}

/** The newest message about an alert, locked to the commit. */
export const newestMessageOf = (tx: Tx, alertId: string): Promise<NewestMessage | undefined> =>
  firstRow(
    tx,
    sql`select u.id, u.state, u.attempts, u.body_id as "bodyId",
          (select t.body from text_private t where t.id = u.body_id) as body
        from upward_message u where u.alert_id = ${alertId} order by u.id desc limit 1 for update of u`,
  );

export interface MessageRow {
  id: string;
  incidentId: string;
  state: UpwardState;
}

export const messageForUpdate = (tx: Tx, messageId: string): Promise<MessageRow | undefined> =>
  firstRow(
    tx,
    sql`select id, incident_id as "incidentId", state from upward_message where id = ${messageId} for update`,
  );

export interface DueMessage {
  id: string;
  incidentId: string;
  attempts: number;
  /** Null: erased meanwhile. */
  body: string | null;
}

/**
 * Takes the messages whose next try is due, at most `limit`, and puts their next try to `until`: whoever else looks meanwhile
 * finds them not due, and if this process dies they come due again.
 */
export const claimDueMessages = (tx: Tx, now: Date, until: Date, limit: number): Promise<DueMessage[]> =>
  rows(
    tx,
    sql`update upward_message u set next_try_at = ${until.toISOString()}::timestamptz, attempts = attempts + 1
        where u.id in (select d.id from upward_message d
          where d.state = 'queued' and d.next_try_at <= ${now.toISOString()}::timestamptz
          order by d.next_try_at, d.id limit ${limit} for update skip locked)
        returning u.id, u.incident_id as "incidentId", u.attempts,
          (select t.body from text_private t where t.id = u.body_id) as body`,
  );

/** Result messages, newest first. */
export function listMessages(
  tx: Tx,
  { state, cursor, limit }: { state?: UpwardState | undefined; cursor?: string | undefined; limit: number },
): Promise<UpwardItem[]> {
  const conditions: SQL[] = [sql`true`];
  if (state !== undefined) conditions.push(sql`u.state = ${state}`);
  if (cursor !== undefined) conditions.push(sql`u.id < ${cursor}`);
  return rows(
    tx,
    sql`select u.id, u.incident_id as "incidentId", i.number as "incidentNumber", a.source, a.external_id as "externalId",
          u.state, u.attempts, ${instant(sql`u.next_try_at`)} as "nextTryAt", ${instant(sql`u.queued_at`)} as "queuedAt",
          ${instant(sql`u.delivered_at`)} as "deliveredAt", ${instant(sql`u.acknowledged_at`)} as "acknowledgedAt", u.trouble
        from upward_message u join alert a on a.id = u.alert_id join incident i on i.id = u.incident_id
        where ${sql.join(conditions, sql` and `)} order by u.id desc limit ${limit}`,
  );
}

/** The bodies of the messages that were queued in a span, oldest first. */
export const bodiesBetween = async (tx: Tx, from: Date, to: Date): Promise<string[]> => {
  const found = await rows<{ body: string }>(
    tx,
    sql`select t.body from upward_message u join text_private t on t.id = u.body_id
        where u.queued_at >= ${from.toISOString()}::timestamptz and u.queued_at < ${to.toISOString()}::timestamptz
        order by u.id`,
  );
  return found.map(({ body }) => body);
};
