import { sql } from 'drizzle-orm';
import type { Tx } from '../transaction.ts';
import { firstRow } from './sql.ts';

export interface SightingAccess {
  id: string;
  incidentId: string;
  withdrawn: boolean;
  /** The sighting that corrected this one. */
  replacedBy: string | null;
}

/**
 * What decides whether a sighting can be amended; locked to the commit. The lock comes in a statement of its own: one
 * that waited for it would still see the corrections of before its wait.
 */
export async function sightingAccess(tx: Tx, sightingId: string): Promise<SightingAccess | undefined> {
  await tx.execute(sql`select from sighting where id = ${sightingId} for update`);
  return firstRow(
    tx,
    sql`select s.id, s.incident_id as "incidentId", s.withdrawn_at is not null as withdrawn,
          (select r.id from sighting r where r.replaces = s.id limit 1) as "replacedBy"
        from sighting s where s.id = ${sightingId}`,
  );
}
