import { createHash } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type pg from 'pg';
import { DatabaseUnsuitable, sqlError } from './errors.ts';

/*
 * Migrations are plain SQL files, applied by the few lines below. drizzle's own migrator is not used: it wants a
 * journal made by drizzle-kit, which cannot write extensions, roles, partitions, triggers or SRIDs; it takes no lock,
 * so two servers that start together collide; and it does not notice that an applied file was changed.
 */

/** One file of `db/migrations`. */
export interface Migration {
  /** '0001_foundation' */
  name: string;
  text: string;
  /** sha-256 of the text, hexadecimal. */
  hash: string;
}

const FILE_NAME = /^\d{4}_[a-z0-9_]+\.sql$/;
/** Any number will do, so long as nothing else on the server locks the same. */
const ADVISORY_LOCK = 7_363_947;

/** All migrations in the order of their numbers. Throws on a file name that does not fit or a number used twice. */
export async function readMigrations(
  folder: URL | string = new URL('./migrations/', import.meta.url),
): Promise<Migration[]> {
  const path = folder instanceof URL ? folder.pathname : folder;
  const files = (await readdir(path)).filter(file => file.endsWith('.sql')).sort();
  const numbers = new Set<string>();
  for (const file of files) {
    const number = file.slice(0, 4);
    if (!FILE_NAME.test(file))
      throw new Error(`migration file ${file} must be named like 0001_what_it_does.sql`);
    if (numbers.has(number))
      throw new Error(`two migrations have the number ${number}; the second is ${file}`);
    numbers.add(number);
  }
  return Promise.all(
    files.map(async file => {
      const text = await readFile(join(path, file), 'utf8');
      return {
        name: file.slice(0, -'.sql'.length),
        text,
        hash: createHash('sha256').update(text).digest('hex'),
      };
    }),
  );
}

/**
 * Brings the database up to the last migration, each in a transaction of its own together with its record.
 * Processes that start together wait for each other (advisory lock; the embedded database's folder lock did that).
 * @returns the names of those applied now.
 * @throws DatabaseUnsuitable when an applied migration differs from its file, or is unknown to this version.
 */
export async function migrate(pool: pg.Pool, migrations: readonly Migration[]): Promise<string[]> {
  const client = await pool.connect();
  try {
    // On the session: it must outlast the transactions of the single migrations.
    await client.query('select pg_advisory_lock($1)', [ADVISORY_LOCK]);
    const applied = await appliedMigrations(client);
    assertSameHistory(migrations, applied);
    const pending = migrations.filter(migration => !applied.has(migration.name));
    for (const migration of pending) await apply(client, migration);
    return pending.map(migration => migration.name);
  } finally {
    // A connection that failed half-way has lost its lock with it.
    await client.query('select pg_advisory_unlock($1)', [ADVISORY_LOCK]).catch(() => undefined);
    client.release();
  }
}

async function appliedMigrations(client: pg.PoolClient): Promise<Map<string, string>> {
  await client.query(`
    create table if not exists schema_migration (
      name text primary key,
      hash text not null,
      applied_at timestamptz not null default now()
    )`);
  const { rows } = await client.query<{ name: string; hash: string }>(
    'select name, hash from schema_migration',
  );
  return new Map(rows.map(row => [row.name, row.hash]));
}

function assertSameHistory(migrations: readonly Migration[], applied: ReadonlyMap<string, string>): void {
  const known = new Map(migrations.map(migration => [migration.name, migration.hash]));
  for (const [name, hash] of applied) {
    const expected = known.get(name);
    if (expected === undefined)
      throw new DatabaseUnsuitable(
        `The database has migration ${name}, which this version does not know: it was made by a newer one. ` +
          'Start that version, or restore a backup from before.',
      );
    if (expected !== hash)
      throw new DatabaseUnsuitable(
        `Migration ${name} was changed after this database applied it (${hash.slice(0, 12)} applied, ` +
          `${expected.slice(0, 12)} in the file). Put the change into a new migration; ` +
          'for a database without data worth keeping, start with an empty one.',
      );
  }
}

async function apply(client: pg.PoolClient, migration: Migration): Promise<void> {
  await client.query('begin');
  try {
    // An ordinary owner is under row-level security too.
    await client.query("select set_config('jianmian.reach', 'system', true)");
    await client.query(migration.text);
    await client.query('insert into schema_migration (name, hash) values ($1, $2)', [
      migration.name,
      migration.hash,
    ]);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw explain(error, migration);
  }
}

const INSUFFICIENT_PRIVILEGE = '42501';
const WHAT_AN_ADMINISTRATOR_DOES =
  ' The user of DATABASE_URL may not do this. An administrator can prepare the database once: CREATE EXTENSION ' +
  'postgis; CREATE ROLE jianmian_app NOLOGIN; GRANT jianmian_app TO that user.';

/** Says in which line of which file; the driver's error knows only a character position. */
function explain(error: unknown, migration: Migration): unknown {
  const code = sqlError(error)?.code;
  if (!(error instanceof Error) || code === undefined) return error;
  const position = Number((error as { position?: string }).position);
  const line = position > 0 ? `, line ${migration.text.slice(0, position).split('\n').length}` : '';
  const hint = code === INSUFFICIENT_PRIVILEGE ? WHAT_AN_ADMINISTRATOR_DOES : '';
  return new Error(`Migration ${migration.name}${line}: ${error.message}.${hint}`, { cause: error });
}
