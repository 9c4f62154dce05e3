import { sql } from 'drizzle-orm';
import type { Tx } from '../transaction.ts';
import { rows } from './sql.ts';

export interface SightingFlags {
  withdrawn: boolean;
  /** The sighting that corrected this one. */
  replacedBy: string | null;
}

/** Which of an incident's sightings still count, by id. */
export async function sightingFlags(tx: Tx, incidentId: string): Promise<Map<string, SightingFlags>> {
  const found = await rows<SightingFlags & { id: string }>(
    tx,
    sql`select s.id, s.withdrawn_at is not null as withdrawn, r.id as "replacedBy"
        from sighting s left join sighting r on r.replaces = s.id
        where s.incident_id = ${incidentId}`,
  );
  return new Map(found.map(({ id, ...flags }) => [id, flags]));
}
