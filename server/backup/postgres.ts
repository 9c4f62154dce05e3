import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { postgresPrograms } from '../../db/cluster.ts';
import { contentsOf, tablesOf } from './contents.ts';
import { BadBackup, type Manifest } from './manifest.ts';

/**
 * Every table that names somebody hides its rows from its own owner. An ordinary owner, without BYPASSRLS, reads and writes
 * them all as the system does: by this setting, with the policies on. What is missing then shows in the counts.
 */
const asSystem = '-c jianmian.reach=system';

/** Keeps the database in `file`, and says what is in it: both of one snapshot, while the server works on. */
export async function dumpServer(
  databaseUrl: string,
  file: string,
): Promise<Pick<Manifest, 'rows' | 'audit'>> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const contents = await contentsOf(client);
    const { rows } = await client.query<{ id: string }>('select pg_export_snapshot() as id');
    const snapshot = `--snapshot=${rows[0]!.id}`;
    await program('pg_dump', databaseUrl, [
      '--format=custom',
      '--enable-row-security',
      // PostGIS brings its own, and only a superuser may write into it.
      '--exclude-table-data=spatial_ref_sys',
      snapshot,
      `--file=${file}`,
    ]);
    return contents;
  } finally {
    await client.end();
  }
}

/** Fills an empty database from `file`. Throws BadBackup when it holds something already. */
export async function restoreServer(databaseUrl: string, file: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const tables = await tablesOf(client);
    if (tables.length > 0)
      throw new BadBackup(
        `the database of DATABASE_URL holds tables (${tables[0]}, …); expected an empty one`,
      );
    // Roles belong to the server and are in no dump; the first migration makes this one in the same way.
    await client.query(`do $$ begin
      if not exists (select from pg_roles where rolname = 'jianmian_app') then
        create role jianmian_app nologin nosuperuser nobypassrls;
      end if;
      if not pg_has_role(current_user, 'jianmian_app', 'member') then
        execute format('grant jianmian_app to %I', current_user);
      end if;
    end $$`);
  } finally {
    await client.end();
  }
  const how = ['--no-owner', '--no-comments', '--exit-on-error', '--single-transaction'];
  await program('pg_restore', databaseUrl, [...how, file]);
}

/** Runs a program of PostgreSQL on the database. The password does not stand among its arguments, where others could read it. */
async function program(name: 'pg_dump' | 'pg_restore', databaseUrl: string, args: string[]): Promise<void> {
  const url = new URL(databaseUrl);
  const folder = await mkdtemp(join(tmpdir(), 'jianmian-dump-'));
  try {
    url.searchParams.set('options', asSystem);
    if (url.password !== '') {
      const passfile = join(folder, 'password');
      const password = decodeURIComponent(url.password).replaceAll(/[\\:]/g, '\\$&');
      await writeFile(passfile, `*:*:*:*:${password}\n`, { mode: 0o600 });
      url.searchParams.set('passfile', passfile);
      url.password = '';
    }
    // PostgreSQL reads a plus in an address as a plus.
    const dbname = `--dbname=${url.href.replace(/\?.*/, query => query.replaceAll('+', '%20'))}`;
    const programs = postgresPrograms();
    await promisify(execFile)(programs ? join(programs, name) : name, [dbname, ...args]);
  } catch (error) {
    const { code, stderr } = error as { code?: string; stderr?: string };
    if (code === 'ENOENT')
      throw new BadBackup(`${name} is not installed; on Debian: apt-get install postgresql-client`);
    throw new BadBackup(`${name} failed: ${stderr?.trim().slice(0, 2000)}`, { cause: error });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
