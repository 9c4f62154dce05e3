import { sql } from 'drizzle-orm';
import type { Tx } from '../transaction.ts';
import { firstRow } from './sql.ts';

/** The person with this phone number; her vault row is locked to the commit. */
export const subjectByPhone = (tx: Tx, phoneHash: Uint8Array): Promise<{ subjectId: string } | undefined> =>
  firstRow(
    tx,
    sql`select subject_id as "subjectId" from subject_private
        where phone_hash = ${Buffer.from(phoneHash)} for update`,
  );
