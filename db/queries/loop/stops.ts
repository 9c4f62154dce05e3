import { sql } from 'drizzle-orm';
import type { StopState } from '#contract/kinds.ts';
import type { Tx } from '../../transaction.ts';
import { epochMs, firstRow, instant, rows } from '../sql.ts';

export interface StopRow {
  id: string;
  incidentId: string;
  state: StopState;
  amount: number | null;
  amountHeld: number | null;
  requestedAtMs: number;
}

/** One stop-payment; `update`: nobody else moves it before the commit. */
export const stopById = (
  tx: Tx,
  stopId: string,
  lock: 'none' | 'update' = 'none',
): Promise<StopRow | undefined> =>
  firstRow(
    tx,
    sql`select id, incident_id as "incidentId", state, amount::float8 as amount,
          amount_held::float8 as "amountHeld", ${epochMs(sql`requested_at`)} as "requestedAtMs"
        from stop_payment where id = ${stopId} ${lock === 'update' ? sql`for update` : sql``}`,
  );

/** An account in full, with its newest stop-payment. Part of the vault. */
export interface AccountRow {
  id: string;
  bank: string;
  number: string;
  amount: number | null;
  stopId: string | null;
  state: StopState | null;
}

/** The accounts of an incident, as they came in. Mask before anybody sees them. */
export const accountsOf = (tx: Tx, incidentId: string): Promise<AccountRow[]> =>
  rows(
    tx,
    sql`select a.id, a.bank, a.number, a.amount::float8 as amount, s.id as "stopId", s.state
        from account_private a
        left join lateral (select id, state from stop_payment
          where account_id = a.id order by requested_at desc, id desc limit 1) s on true
        where a.incident_id = ${incidentId} order by a.id`,
  );

export interface ListedStop {
  id: string;
  accountId: string | null;
  /** In full: mask it. */
  account: string | null;
  bank: string;
  amount: number | null;
  state: StopState;
  amountHeld: number | null;
  requestedAt: string;
  requestedBy: string;
  answeredAt: string | null;
  answeredBy: string | null;
  note: string | null;
  corrections: { at: string; by: string; before: number; reason: string | null }[];
}

const person = (id: ReturnType<typeof sql>) =>
  sql`coalesce((select u.display_name from app_user u where 'user:' || u.id = ${id}), ${id})`;

/** The stop-payments of an incident, oldest first. */
export const stopsOf = (tx: Tx, incidentId: string): Promise<ListedStop[]> =>
  rows(
    tx,
    sql`select s.id, s.account_id as "accountId", a.number as account, s.bank, s.amount::float8 as amount, s.state,
          s.amount_held::float8 as "amountHeld", ${instant(sql`s.requested_at`)} as "requestedAt",
          ${person(sql`s.requested_by`)} as "requestedBy", ${instant(sql`s.answered_at`)} as "answeredAt",
          ${person(sql`s.answered_by`)} as "answeredBy", t.body as note,
          (select coalesce(json_agg(json_build_object('at', ${instant(sql`e.observed_at`)}, 'by', ${person(sql`e.actor`)},
              'before', e.payload->'before', 'reason', (select w.body from text_private w where w.id = e.payload->>'reasonId'))
              order by e.seq), '[]')
            from domain_event e where e.incident_id = s.incident_id and e.kind = 'stopCorrected'
              and e.payload->>'stopId' = s.id) as corrections
        from stop_payment s
        left join account_private a on a.id = s.account_id
        left join text_private t on t.id = s.note_id
        where s.incident_id = ${incidentId} order by s.requested_at, s.id`,
  );

export interface LetterRow {
  state: StopState;
  bank: string;
  account: string;
  holder: string;
  amount: number | null;
  requestedAt: string;
  requestedBy: string;
  /** The incident's number of its day, and the day. */
  number: number;
  openedAtMs: number;
  /** Which request of the incident it is, from 1. */
  nth: number;
}

/** What a written request says; nothing once its account was erased. Unmasked: audit first. */
export const letterOf = (tx: Tx, stopId: string): Promise<LetterRow | undefined> =>
  firstRow(
    tx,
    sql`select s.state, s.bank, a.number as account, p.name as holder, s.amount::float8 as amount,
          ${instant(sql`s.requested_at`)} as "requestedAt", ${person(sql`s.requested_by`)} as "requestedBy",
          i.number, ${epochMs(sql`i.opened_at`)} as "openedAtMs",
          (select count(*)::int from stop_payment b where b.incident_id = s.incident_id
            and (b.requested_at, b.id) <= (s.requested_at, s.id)) as nth
        from stop_payment s
        join account_private a on a.id = s.account_id
        join incident i on i.id = s.incident_id
        join subject_private p using (subject_id)
        where s.id = ${stopId}`,
  );
