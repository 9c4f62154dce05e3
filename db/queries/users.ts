import { sql } from 'drizzle-orm';
import type { UserView } from '#contract/incident-view.ts';
import type { Tx } from '../transaction.ts';
import { rows } from './sql.ts';

/** Active accounts, for picking who joins an incident. */
export const listUsers = (tx: Tx): Promise<UserView[]> =>
  rows(
    tx,
    sql`select id, username, display_name as "displayName", role, station_id as "stationId"
        from app_user where active order by username`,
  );
