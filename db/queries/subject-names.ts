import { sql } from 'drizzle-orm';
import type { SubjectNames } from '../../server/auth/masking.ts';
import type { Tx } from '../transaction.ts';
import { rows } from './sql.ts';

/** What names the subjects of these incidents. */
export const subjectNames = (tx: Tx, incidentIds: readonly string[]): Promise<SubjectNames[]> =>
  rows(
    tx,
    sql`select p.name, p.phone, p.id_number as "idNumber", p.address, p.vehicle
        from incident i join subject_private p using (subject_id) where i.id = any(${sql.param(incidentIds)})`,
  );
