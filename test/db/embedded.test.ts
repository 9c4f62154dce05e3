import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { EmbeddedDatabase } from '../../db/embedded/database.ts';
import { vacuumWornTables } from '../../db/embedded/housekeeping.ts';
import { askBroker } from '../builders/database.ts';

const folders: string[] = [];

async function newFolder(): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'jianmian-embedded-'));
  folders.push(root);
  return join(root, 'database');
}
afterAll(() => Promise.all(folders.map(folder => rm(folder, { recursive: true, force: true }))));

async function start(folder: string) {
  const { folder: template } = await askBroker('template');
  const deaths: Error[] = [];
  const database = await EmbeddedDatabase.start({ folder, template, onDeath: error => deaths.push(error) });
  const pool = database.pool();
  pool.on('error', () => undefined);
  pool.on('connect', client => client.on('error', () => undefined));
  const close = async () => {
    await pool.end();
    await database.close();
  };
  return { pool, deaths, close };
}

const count = async (pool: pg.Pool) => {
  const { rows } = await pool.query<{ n: number }>('select count(*)::int as n from kept');
  return rows[0]!.n;
};
/** A start of the engine is seconds of work, and these tests make several. */
const SLOW = 120_000;

describe('the embedded database', () => {
  let engine: Awaited<ReturnType<typeof start>>;
  beforeAll(async () => {
    engine = await start(await newFolder());
  }, SLOW);
  afterAll(() => engine.close());
  beforeEach(async () => {
    engine.deaths.length = 0;
    await engine.pool.query('drop table if exists kept');
    await engine.pool.query('create table kept (a int)');
  });

  it(
    'starts a new engine after a death, with every committed row and without the half-done ones',
    async () => {
      const { pool, deaths } = engine;
      await pool.query('insert into kept select generate_series(1, 100)');
      const client = await pool.connect();
      await client.query('begin');
      await client.query('insert into kept values (101)');
      // COPY FROM STDIN makes PGlite exit; a server would only refuse.
      await expect(client.query('copy kept from stdin')).rejects.toThrow('the embedded database broke');
      client.release(true);
      expect(await count(pool)).toBe(100);
      expect(deaths).toHaveLength(1);
    },
    SLOW,
  );

  it.each([
    ['an SQL error', 100_000],
    ['a trap of the engine', 1_000_000],
  ])(
    'never goes on after its stack ran out with %s: the next insert is stored or refused, not lost',
    async (_outcome, depth) => {
      const { pool, deaths } = engine;
      const deepJson = `select length(('${'['.repeat(depth)}${']'.repeat(depth)}')::jsonb::text)`;
      await expect(pool.query(deepJson)).rejects.toThrow();
      // Refused while the engine goes down: tried again, as any client would.
      let stored = false;
      while (!stored)
        stored = await pool.query('insert into kept values (1)').then(
          () => true,
          () => false,
        );
      expect(await count(pool)).toBe(1);
      expect(deaths).toHaveLength(1);
    },
    SLOW,
  );

  it('asks the disk to flush every commit', async () => {
    const { pool } = engine;
    const flushes = async () => {
      await pool.query('select pg_stat_force_next_flush()');
      const { rows } = await pool.query("select sum(fsyncs)::int as n from pg_stat_io where object = 'wal'");
      return rows[0].n as number;
    };
    const before = await flushes();
    for (let row = 0; row < 20; row++) await pool.query('insert into kept values (1)');
    expect((await flushes()) - before).toBeGreaterThanOrEqual(20);
  });

  it('vacuums the tables that changed much, and only those', async () => {
    const { pool } = engine;
    await pool.query('insert into kept select generate_series(1, 1000)');
    await pool.query('update kept set a = a + 1');
    await pool.query('select pg_stat_force_next_flush()');
    expect(await vacuumWornTables(pool)).toContain('public.kept');
    expect(await vacuumWornTables(pool)).not.toContain('public.kept');
    const { rows } = await pool.query(
      "select n_dead_tup::int as n from pg_stat_user_tables where relname = 'kept'",
    );
    expect(rows).toEqual([{ n: 0 }]);
  });

  it('forgets a connection that went away in the middle of a transaction', async () => {
    const { pool, deaths } = engine;
    const client = await pool.connect();
    await client.query('begin');
    await client.query('insert into kept values (1)');
    await client.query("set application_name = 'gone'");
    client.release(true);
    expect(await count(pool)).toBe(0);
    const { rows } = await pool.query("select current_setting('application_name') as name");
    expect(rows[0].name).not.toBe('gone');
    expect(deaths).toEqual([]);
  });

  it('leaves the event loop free while a slow query runs', async () => {
    let ticks = 0;
    const ticking = setInterval(() => ticks++, 5);
    await engine.pool.query('select count(*) from generate_series(1, 2000000)');
    clearInterval(ticking);
    expect(ticks).toBeGreaterThan(5);
  });
});

describe('the folder of the embedded database', () => {
  it(
    'is made anew when the first start was killed half-way, and keeps its rows over a close',
    async () => {
      const folder = await newFolder();
      await mkdir(`${folder}.new`, { recursive: true });
      await writeFile(join(`${folder}.new`, 'PG_VERSION'), '18\n');
      const first = await start(folder);
      expect(existsSync(`${folder}.new`)).toBe(false);
      await first.pool.query('create table kept as select generate_series(1, 10)');
      await first.close();
      const second = await start(folder);
      expect(await count(second.pool)).toBe(10);
      await second.close();
    },
    SLOW,
  );

  it('is refused when it holds something else', async () => {
    const folder = await newFolder();
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'notes.txt'), 'mine');
    await expect(start(folder)).rejects.toThrow('is not empty and not a database');
    expect(await readdir(folder)).toEqual(['notes.txt']);
  });
});
