import { sql } from 'drizzle-orm';
import type { OutcomeView } from '#contract/outcome.ts';
import type { Tx } from '../../transaction.ts';
import { epochMs, firstRow, instant, rows } from '../sql.ts';

/** Whether the vault of an incident was erased: nothing that names anybody is to be put into it again. */
export const vaultGone = async (tx: Tx, incidentId: string): Promise<boolean> =>
  (
    await firstRow<{ gone: boolean }>(
      tx,
      sql`select i.vault_purged_at is not null as gone from incident i where i.id = ${incidentId}`,
    )
  )?.gone ?? true;

/** When an incident was opened, ms. */
export const openedMsOf = async (tx: Tx, incidentId: string): Promise<number | undefined> =>
  (
    await firstRow<{ openedMs: number }>(
      tx,
      sql`select ${epochMs(sql`i.opened_at`)} as "openedMs" from incident i where i.id = ${incidentId}`,
    )
  )?.openedMs;

const words = (id: ReturnType<typeof sql>) => sql`(select t.body from text_private t where t.id = ${id})`;

/** The outcomes that were reported of an incident: the one that counts comes first. */
export const outcomesOf = (tx: Tx, incidentId: string): Promise<Omit<OutcomeView, 'newest'>[]> =>
  rows(
    tx,
    sql`select r.id, ${instant(sql`r.reported_at`)} as "reportedAt", ${instant(sql`r.recorded_at`)} as "recordedAt",
          coalesce((select u.display_name from app_user u where 'user:' || u.id = r.recorded_by), r.recorded_by) as "recordedBy",
          r.transferred as "transferredAfterAlert", r.loss_amount::float8 as "lossAmount", r.case_filed as "caseFiled",
          ${words(sql`r.case_number_id`)} as "caseNumber", r.arrests, ${words(sql`r.note_id`)} as note
        from outcome_report r where r.incident_id = ${incidentId}
        order by r.reported_at desc, r.recorded_at desc, r.id desc`,
  );
