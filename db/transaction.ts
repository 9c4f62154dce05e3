import { AsyncLocalStorage } from 'node:async_hooks';
import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import type pg from 'pg';
import { DeveloperError, asDatabaseError, isConnectionLoss } from './errors.ts';
import * as schema from './schema/index.ts';

export type Schema = typeof schema;
/** What queries are written against, inside a transaction. */
export type Tx = Parameters<Parameters<NodePgDatabase<Schema>['transaction']>[0]>[0];

/** Who acts. It reaches the database as settings of the transaction, where row-level security can see it. */
export interface TransactionContext {
  /** User or device id, or 'system'. Setting `jianmian.actor`. */
  actor: string;
  /**
   * Further settings by their last name: `{ station: 'st-4' }` becomes `jianmian.station`. Which there are, and what row-level
   * security makes of them, is in 0011_scope.sql; without `reach` no case is seen.
   */
  settings?: Readonly<Record<string, string>>;
}

/** The context of clocks, imports and the like: it reaches everything. Who works for a person takes that person's. */
export const SYSTEM: TransactionContext = { actor: 'system', settings: { reach: 'system' } };

/** As which role a transaction works, and what it may do. */
export interface TransactionMode {
  /** 'owner' may alter the schema (partitions, purge); everything else is 'app'. */
  role: 'app' | 'owner';
  readOnly: boolean;
}

const APP_ROLE = 'jianmian_app';
/** Set while code runs inside a transaction: a query past it would wait for ever for the pool's only connection. */
const current = new AsyncLocalStorage<{ open: boolean }>();

/** Throws when called inside an open transaction. */
export function refuseInsideTransaction(what: string): void {
  if (!current.getStore()?.open) return;
  throw new DeveloperError(
    `${what} was called inside a transaction, where it would use a second connection: ` +
      'on the embedded database it would wait for ever, elsewhere it would miss the changes made so far. ' +
      'Pass the transaction (tx) down and query through it.',
  );
}

/**
 * Runs `work` in one transaction on one connection of the pool and commits; any throw rolls back.
 * A read-only transaction sees one snapshot from its first to its last query.
 * @throws DatabaseUnavailable when the connection is lost, DeveloperError inside another transaction.
 */
export async function inTransaction<T>(
  pool: pg.Pool,
  context: TransactionContext,
  mode: TransactionMode,
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  refuseInsideTransaction('transaction()');
  const client = await pool.connect().catch((error: unknown) => {
    throw asDatabaseError(error);
  });
  const state = { open: true };
  let workDone = false;
  let lost = false;
  try {
    return await current.run(state, () =>
      drizzleOver(client).transaction(
        async tx => {
          await applyContext(tx, context, mode);
          const result = await work(tx);
          workDone = true;
          return result;
        },
        mode.readOnly
          ? { accessMode: 'read only', isolationLevel: 'repeatable read' }
          : { accessMode: 'read write', isolationLevel: 'read committed' },
      ),
    );
  } catch (error) {
    lost = isConnectionLoss(error);
    throw asDatabaseError(error, workDone && !mode.readOnly);
  } finally {
    state.open = false;
    client.release(lost);
  }
}

/** One for each connection: to make one reads the whole schema anew, a third of a millisecond in each transaction. */
const made = new WeakMap<pg.PoolClient, NodePgDatabase<Schema>>();

function drizzleOver(client: pg.PoolClient): NodePgDatabase<Schema> {
  const known = made.get(client) ?? drizzle(client, { schema, casing: 'snake_case' });
  made.set(client, known);
  return known;
}

/** From here to the end the transaction reaches everything: for what a verb does after its own check of who may do it. */
export async function elevate(tx: Tx): Promise<void> {
  await tx.execute(sql`select set_config('jianmian.reach', 'system', true)`);
}

/** One question that is asked as the system, before it is clear what the asker may see; the reach is put back after it. */
export async function asSystem<T>(tx: Tx, ask: () => Promise<T>): Promise<T> {
  const { rows } = await tx.execute<{ reach: string | null }>(
    sql`select current_setting('jianmian.reach', true) as reach`,
  );
  await elevate(tx);
  const answer = await ask();
  await tx.execute(sql`select set_config('jianmian.reach', ${rows[0]?.reach ?? ''}, true)`);
  return answer;
}

/** One round trip: the role and the settings last to the end of the transaction. */
async function applyContext(tx: Tx, context: TransactionContext, mode: TransactionMode): Promise<void> {
  const settings = { actor: context.actor, ...context.settings };
  const calls = Object.entries(settings).map(
    ([name, value]) => sql`set_config(${`jianmian.${name}`}, ${value}, true)`,
  );
  // The role last: the settings above need no rights, the role takes some away.
  if (mode.role === 'app') calls.push(sql`set_config('role', ${APP_ROLE}, true)`);
  await tx.execute(sql`select ${sql.join(calls, sql`, `)}`);
}
