import { setTimeout as sleep } from 'node:timers/promises';
import { join } from 'node:path';
import { drizzle } from 'drizzle-orm/node-postgres';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import { EmbeddedDatabase } from './embedded/database.ts';
import { vacuumWornTables } from './embedded/housekeeping.ts';
import { templateFolder } from './embedded/template.ts';
import { DatabaseUnavailable, asDatabaseError } from './errors.ts';
import { migrate, readMigrations } from './migrate.ts';
import * as schema from './schema/index.ts';
import { SYSTEM, inTransaction, refuseInsideTransaction } from './transaction.ts';
import type { Schema, TransactionContext, Tx } from './transaction.ts';
import { checkVersions } from './version.ts';

/** A migrated database, embedded or on a server; the same values and the same rules on both. */
export interface Database {
  readonly kind: 'embedded' | 'server';
  /** Raw access for benchmarks and tests; it works as the owner, past row-level security. */
  readonly pool: pg.Pool;
  /** Queries outside a transaction, as the owner, like `pool`. Services use `transaction`, readers use `read`. */
  readonly db: NodePgDatabase<Schema>;
  /** One transaction as the application's role. The only way to write. */
  transaction<T>(context: TransactionContext, work: (tx: Tx) => Promise<T>): Promise<T>;
  /**
   * One read-only snapshot as the application's role. Whoever answers a person gives that person's context
   * (server/auth/reach.ts); without one it is the system that reads, and row-level security keeps nothing from it.
   */
  read<T>(work: (tx: Tx) => Promise<T>, context?: TransactionContext): Promise<T>;
  /** One transaction as the schema's owner: partitions, purge, imports that replace tables. */
  maintain<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** Resolves when the database answers; throws DatabaseUnavailable. For health checks. */
  probe(): Promise<void>;
  /** Resolves once `probe` succeeds, asking four times a second; throws the signal's reason when aborted. */
  waitReady(signal?: AbortSignal): Promise<void>;
  close(): Promise<void>;
}

export interface ConnectOptions {
  /** PostgreSQL's URL; without it the embedded database under `dataDir` is used. */
  databaseUrl?: string | undefined;
  /** The embedded database lives in `<dataDir>/database`. */
  dataDir: string;
  /** Folder to copy at the embedded database's first start; by default the one that `prepare` made, if any. */
  template?: string | undefined;
  /** Whoever only looks leaves pending migrations to the server. Default: apply. */
  migrations?: 'apply' | 'leave';
  /** Connections to a server. Default 10. */
  poolSize?: number | undefined;
  /** Lost connections, died engines: for the log. They heal by themselves. */
  onTrouble?: ((error: Error) => void) | undefined;
}

const SERVER_POOL_SIZE = 10;
/** Waiting for a connection, also behind others in the pool; the embedded engine may be restarting meanwhile. */
const CONNECT_TIMEOUT_MS = 10_000;
const STATEMENT_TIMEOUT_MS = 30_000;
const PROBE_EVERY_MS = 250;
const VACUUM_EVERY_MS = 10 * 60_000;

/**
 * Opens the database, checks its version and applies pending migrations.
 * @throws FolderInUse, DatabaseUnsuitable, DatabaseUnavailable
 */
export async function connectDatabase(options: ConnectOptions): Promise<Database> {
  const opened = options.databaseUrl ? openServer(options, options.databaseUrl) : await openEmbedded(options);
  const database = databaseOver(opened, options.onTrouble);
  try {
    await checkVersions(opened.pool);
    if (options.migrations !== 'leave') await migrate(opened.pool, await readMigrations());
  } catch (error) {
    await opened.close();
    throw asDatabaseError(error);
  }
  return database;
}

/** What a Database is made from. */
export interface Opened {
  kind: Database['kind'];
  pool: pg.Pool;
  close: () => Promise<void>;
}

function openServer(options: ConnectOptions, connectionString: string): Opened {
  const pool = new pg.Pool({
    connectionString,
    max: options.poolSize ?? SERVER_POOL_SIZE,
    application_name: 'jianmian',
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    idle_in_transaction_session_timeout: STATEMENT_TIMEOUT_MS,
    keepAlive: true,
  });
  return { kind: 'server', pool, close: () => pool.end() };
}

async function openEmbedded(options: ConnectOptions): Promise<Opened> {
  const engine = await EmbeddedDatabase.start({
    folder: join(options.dataDir, 'database'),
    template: options.template ?? (await templateFolder()),
    onDeath: options.onTrouble,
  });
  const pool = engine.pool();
  const housekeeping = setInterval(() => {
    vacuumWornTables(pool).catch((error: Error) => options.onTrouble?.(error));
  }, VACUUM_EVERY_MS).unref();
  const close = async () => {
    clearInterval(housekeeping);
    await pool.end();
    await engine.close();
  };
  return { kind: 'embedded', pool, close };
}

/** The rules of a Database over a pool of a migrated one. For tests that bring their own; others use connectDatabase. */
export function databaseOver({ kind, pool, close }: Opened, onTrouble?: (error: Error) => void): Database {
  // An 'error' without a listener ends the process. The pool speaks for idle connections; one that is lost while a
  // transaction holds it speaks for itself, and its next query fails too, which is where the loss is handled.
  pool.on('error', error => onTrouble?.(error));
  pool.on('connect', client => client.on('error', () => undefined));
  guard(pool);
  const probe = async () => {
    await pool.query('select 1').catch((error: unknown) => {
      throw asDatabaseError(error);
    });
  };
  return {
    kind,
    pool,
    db: drizzle(pool, { schema, casing: 'snake_case' }),
    transaction: (context, work) => inTransaction(pool, context, { role: 'app', readOnly: false }, work),
    read: (work, context = SYSTEM) => inTransaction(pool, context, { role: 'app', readOnly: true }, work),
    maintain: work => inTransaction(pool, SYSTEM, { role: 'owner', readOnly: false }, work),
    probe,
    waitReady: signal => waitReady(probe, signal),
    close,
  };
}

/** Makes the pool refuse, at once and with an explanation, what would wait for ever on a pool of one. */
function guard(pool: pg.Pool): void {
  for (const method of ['connect', 'query'] as const) {
    const original = pool[method].bind(pool) as (...args: unknown[]) => unknown;
    Object.defineProperty(pool, method, {
      value: (...args: unknown[]) => {
        refuseInsideTransaction(`pool.${method}()`);
        return original(...args);
      },
    });
  }
}

async function waitReady(probe: () => Promise<void>, signal?: AbortSignal): Promise<void> {
  for (;;) {
    signal?.throwIfAborted();
    try {
      return await probe();
    } catch (error) {
      if (!(error instanceof DatabaseUnavailable)) throw error;
      await sleep(PROBE_EVERY_MS, undefined, signal ? { signal } : {});
    }
  }
}
