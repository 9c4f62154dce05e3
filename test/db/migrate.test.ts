import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, describe, expect, it } from 'vitest';
import { connectDatabase } from '../../db/connect.ts';
import { DatabaseUnsuitable } from '../../db/errors.ts';
import { migrate, readMigrations } from '../../db/migrate.ts';
import type { Migration } from '../../db/migrate.ts';
import {
  describeEachDatabase,
  dropServerDatabase,
  hasServer,
  newServerDatabase,
} from '../builders/database.ts';

const extra = (name: string, text: string, hash = name): Migration => ({ name, text, hash });

describeEachDatabase('migrations', makeDatabase => {
  it('are applied once, in order, each with its record', async () => {
    const { pool } = await makeDatabase();
    const known = await readMigrations();
    const more = [
      extra('9001_one', 'create table one (a int)'),
      extra('9002_two', 'alter table one add b int'),
    ];
    expect(await migrate(pool, known)).toEqual([]);
    expect(await migrate(pool, [...known, ...more])).toEqual(['9001_one', '9002_two']);
    expect(await migrate(pool, [...known, ...more])).toEqual([]);
    const { rows } = await pool.query('select name from schema_migration order by name');
    expect(rows.map(row => row.name)).toEqual([...known, ...more].map(migration => migration.name));
    await pool.query("delete from schema_migration where name like '9%'");
  });

  it('leave nothing behind when they fail, and name the file and the line', async () => {
    const { pool } = await makeDatabase();
    const known = await readMigrations();
    const wrong = extra('9003_wrong', 'create table half (a int);\n\nselect nothing_like_this();');
    await expect(migrate(pool, [...known, wrong])).rejects.toThrow(
      'Migration 9003_wrong, line 3: function nothing_like_this() does not exist',
    );
    const { rows } = await pool.query(
      "select to_regclass('half') as half, count(*)::int as n from schema_migration",
    );
    expect(rows).toEqual([{ half: null, n: known.length }]);
  });

  it('refuse a database whose history is another', async () => {
    const { pool } = await makeDatabase();
    const known = await readMigrations();
    const changed = [{ ...known[0]!, hash: '0'.repeat(64) }, ...known.slice(1)];
    await expect(migrate(pool, changed)).rejects.toThrow(
      `Migration ${known[0]!.name} was changed after this database applied it`,
    );
    await expect(migrate(pool, [])).rejects.toThrow('which this version does not know');
    await expect(migrate(pool, [])).rejects.toBeInstanceOf(DatabaseUnsuitable);
  });
});

describe('servers that start together', () => {
  const urls: string[] = [];
  afterAll(() => Promise.all(urls.map(dropServerDatabase)));

  it.runIf(hasServer)('migrate an empty database once between them', async () => {
    const databaseUrl = await newServerDatabase(false);
    urls.push(databaseUrl);
    const databases = await Promise.all(
      [1, 2, 3, 4].map(() => connectDatabase({ databaseUrl, dataDir: '' })),
    );
    const client = new pg.Client({ connectionString: databaseUrl });
    await client.connect();
    const { rows } = await client.query('select name from schema_migration order by name');
    await client.end();
    await Promise.all(databases.map(database => database.close()));
    expect(rows.map(row => row.name)).toEqual((await readMigrations()).map(migration => migration.name));
  });
});

describe('migration files', () => {
  it('must be named and numbered like the others', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'jianmian-migrations-'));
    await writeFile(join(folder, '0001_first.sql'), 'select 1');
    expect((await readMigrations(folder)).map(migration => migration.name)).toEqual(['0001_first']);
    await writeFile(join(folder, '0001_second.sql'), 'select 1');
    await expect(readMigrations(folder)).rejects.toThrow('two migrations have the number 0001');
    await rename(join(folder, '0001_second.sql'), join(folder, 'second.sql'));
    await expect(readMigrations(folder)).rejects.toThrow('must be named like 0001_what_it_does.sql');
    await rm(folder, { recursive: true });
  });
});
