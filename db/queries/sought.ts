import { type SQL, sql } from 'drizzle-orm';
import type { Tx } from '../transaction.ts';
import { firstRow } from './sql.ts';

const none = sql`null::text`;
/** Where each kind of thing is that somebody may not be allowed to know of, and how its row names the incident that it is of. */
const tables = {
  incident: [sql`incident`, sql`id`],
  order: [sql`dispatch_order`, sql`incident_id`],
  meeting: [sql`meeting`, sql`incident_id`],
  document: [sql`document_private`, sql`incident_id`],
  revisit: [sql`revisit`, sql`incident_id`],
  'stop-payment': [sql`stop_payment`, sql`incident_id`],
  task: [sql`task`, sql`incident_id`],
  unit: [sql`unit`, none],
  shift: [sql`shift`, none],
  officer: [sql`officer`, none],
  vehicle: [sql`vehicle`, none],
  station: [sql`station`, none],
  session: [sql`user_session`, none],
  passkey: [sql`passkey`, none],
} as const satisfies Record<string, readonly [SQL, SQL]>;

/** What somebody asked for by its id, and was told that there is none. */
export interface Sought {
  what: keyof typeof tables;
  id: string;
}

/** What is one's own and over is no secret. */
const owned: ReadonlySet<Sought['what']> = new Set(['session', 'passkey']);

/**
 * Whether it exists, and its incident if it has one; of what has an owner, whether it is another's than `asker`'s ('user:…').
 * Ask as the system: the asker was told no.
 */
export function whatWasSought(
  tx: Tx,
  { what, id }: Sought,
  asker: string,
): Promise<{ incidentId: string | null } | undefined> {
  const [table, incidentId] = tables[what];
  const others = owned.has(what) ? sql`and 'user:' || user_id <> ${asker}` : sql``;
  return firstRow(tx, sql`select ${incidentId} as "incidentId" from ${table} where id = ${id} ${others}`);
}
