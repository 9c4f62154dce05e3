import { sql } from 'drizzle-orm';
import type { Position } from '#contract/common.ts';
import type { Tx } from '../transaction.ts';
import { firstRow, lngLat } from './sql.ts';

export interface FullSubject {
  name: string;
  phone: string;
  idNumber: string | null;
  address: string | null;
  vehicle: string | null;
  home: Position | null;
  accounts: { bank: string; number: string; amount: number | null }[];
  /** What the alerts noted, oldest first. */
  notes: string[];
}

/** Everything that the vault holds of an incident's subject except where she was. Unmasked: audit first. */
export const fullSubject = (tx: Tx, incidentId: string): Promise<FullSubject | undefined> =>
  firstRow(
    tx,
    sql`select p.name, p.phone, p.id_number as "idNumber", p.address, p.vehicle, ${lngLat(sql`p.home`)} as home,
          coalesce((select json_agg(json_build_object('bank', a.bank, 'number', a.number, 'amount', a.amount) order by a.id)
            from account_private a where a.incident_id = i.id), '[]') as accounts,
          coalesce((select json_agg(t.body order by t.id)
            from alert al join text_private t on t.id = al.note_id where al.incident_id = i.id), '[]') as notes
        from incident i join subject_private p using (subject_id)
        where i.id = ${incidentId}`,
  );
