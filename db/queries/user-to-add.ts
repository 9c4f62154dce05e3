import { sql } from 'drizzle-orm';
import type { Role } from '#contract/incident.ts';
import type { Tx } from '../transaction.ts';
import { firstRow } from './sql.ts';

/** An active user by id or, when no id fits, by user name. */
export const userToAdd = (tx: Tx, userIdOrName: string): Promise<{ id: string; role: Role } | undefined> =>
  firstRow(
    tx,
    sql`select id, role from app_user where active and (id = ${userIdOrName} or username = ${userIdOrName})
        order by id = ${userIdOrName} desc limit 1`,
  );
