import { sql } from 'drizzle-orm';
import type { Role } from '#contract/incident.ts';
import type { Tx } from '../transaction.ts';
import { firstRow } from './sql.ts';

export interface UserRow {
  id: string;
  username: string;
  displayName: string;
  role: Role;
  stationId: string | null;
  passwordHash: string;
}

export const userByUsername = (tx: Tx, username: string): Promise<UserRow | undefined> =>
  firstRow(
    tx,
    sql`select id, username, display_name as "displayName", role, station_id as "stationId",
          password_hash as "passwordHash"
        from app_user where username = ${username} and active`,
  );
