import { type SQL, sql } from 'drizzle-orm';
import type { SightingView } from '../../server/contract/sighting.ts';
import type { Tx } from '../transaction.ts';
import { instant, rows } from './sql.ts';

/**
 * The sightings of one incident as an open look shows them, oldest first, withdrawn and replaced ones too. Ask only
 * after the look's audit row is committed.
 */
export async function sightingViews(tx: Tx, incidentId: string): Promise<SightingView[]> {
  return viewsWhere(tx, sql`sighting.incident_id = ${incidentId}`);
}

/** The sightings with these ids, for those who have an open look on their incidents. */
export const sightingViewsOf = (tx: Tx, sightingIds: readonly string[]): Promise<SightingView[]> =>
  viewsWhere(tx, sql`sighting.id = any(${sql.param(sightingIds)})`);

async function viewsWhere(tx: Tx, condition: SQL): Promise<SightingView[]> {
  const found = await rows<Required<{ [K in keyof SightingView]: SightingView[K] | null }>>(
    tx,
    sql`select sighting.id, ${instant(sql`observed_at`)} as "observedAt", ${instant(sql`received_at`)} as "receivedAt",
      source, detail, body as text, replaces
      from sighting left join text_private on text_private.id = text_id
      where ${condition} order by observed_at, sighting.id`,
  );
  return found.map(({ text, replaces, ...view }) => ({
    ...(view as SightingView),
    ...(text !== null && text !== undefined && { text }),
    ...(replaces !== null && replaces !== undefined && { replaces }),
  }));
}
