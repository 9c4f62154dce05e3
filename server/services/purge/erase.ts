import type { ReceiptBody } from '#contract/retention.ts';
import type { Database } from '../../../db/connect.ts';

/** Every table that a purge deletes from or empties columns of. */
const tables = [
  'subject_private',
  'text_private',
  'account_private',
  'sighting',
  'incident',
  'alert',
  'authority',
  'trace_look',
  'user_session',
  'login_failure',
  'idempotency_key',
  'belief',
  'break_glass',
  'unknown_device',
  'wall_pin',
  'document_private',
  'sms_message',
  'meeting',
];

/**
 * Deleted rows stay in the files until something is written over them. The embedded database writes its tables anew and
 * leaves its write-ahead log behind, so that its folder holds nothing of them. On a server that would lock the tables
 * of a centre that never sleeps: there the space is given free, a dump holds nothing, and the bytes go with the next
 * writing; its archived logs and backups are its administrator's.
 */
export async function eraseSpace({ kind, pool }: Database): Promise<ReceiptBody['space']> {
  const rewrite = kind === 'embedded';
  for (const table of tables) await pool.query(`vacuum (analyze${rewrite ? ', full' : ''}) ${table}`);
  if (!rewrite) return 'vacuumed';
  // One connection: the setting holds for the checkpoints below. Recycled segments would keep their old bytes.
  await pool.query('set wal_recycle = off');
  await pool.query('checkpoint');
  await pool.query('select pg_switch_wal()');
  await pool.query('checkpoint');
  await pool.query('reset wal_recycle');
  return 'rewritten';
}
