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

describe('0003_incident_number', () => {
  it.runIf(hasServer)(
    'numbers what is there by its day in Shanghai, in tables and log, and goes on from there',
    async () => {
      const databaseUrl = await newServerDatabase(false);
      const pool = new pg.Pool({ connectionString: databaseUrl });
      const all = await readMigrations();
      const before = all.filter(({ name }) => name < '0003');
      await migrate(pool, before);
      const openedAt = {
        late: '2026-11-22T15:59:59Z',
        next: '2026-11-22T16:00:00Z',
        early: '2026-11-22T01:00:00Z',
        last: '2026-11-22T16:00:01Z',
      };
      for (const [id, at] of Object.entries(openedAt)) {
        await pool.query("insert into subject values ($1, '2026-11-22T00:00:00Z')", [id]);
        await pool.query(
          `insert into incident (id, subject_id, state, risk, scam_type, station_basis, opened_at)
          values ($1, $1, 'open', 'high', 'loan', 'none', $2)`,
          [id, at],
        );
        await pool.query(
          `insert into domain_event values (0, 'incidentOpened', $1, 'test', $2, $2, '{"risk": "high"}')`,
          [id, at],
        );
      }
      await migrate(pool, all);
      const expected = { late: 2, next: 1, early: 1, last: 2 };
      const numbers = async (query: string) =>
        Object.fromEntries(
          (await pool.query<{ id: string; number: number }>(query)).rows.map(r => [r.id, r.number]),
        );
      expect(await numbers('select id, number from incident')).toEqual(expected);
      expect(
        await numbers("select incident_id as id, (payload->>'number')::int as number from domain_event"),
      ).toEqual(expected);
      expect(await numbers('select day::text as id, last as number from incident_day')).toEqual({
        '2026-11-22': 2,
        '2026-11-23': 2,
      });
      await pool.end();
      await dropServerDatabase(databaseUrl);
    },
  );
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
