import { sql } from 'drizzle-orm';
import type { Position } from '#contract/common.ts';
import type { Tx } from '../../transaction.ts';
import { lngLat, rows } from '../sql.ts';

/** Where the subjects of these incidents live, as far as it is known. */
export const homesOf = (
  tx: Tx,
  incidentIds: readonly string[],
): Promise<{ incidentId: string; home: Position }[]> =>
  rows(
    tx,
    sql`select i.id as "incidentId", ${lngLat(sql`p.home`)} as home
        from incident i join subject_private p using (subject_id)
        where i.id = any(${sql.param(incidentIds)}) and p.home is not null order by i.id`,
  );
