import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sql } from 'drizzle-orm';
import { afterEach, describe, expect, it } from 'vitest';
import { type ConnectOptions, connectDatabase, type Database } from '../../db/connect.ts';
import { copyOfTemplate, dropServerDatabase, hasServer, newServerDatabase } from '../builders/database.ts';

const script = fileURLToPath(new URL('../../server/cli/audit-verify.ts', import.meta.url));

function run(env: Record<string, string>, ...args: string[]) {
  return new Promise<{ code: number; out: string; err: string }>(resolve => {
    const { DATABASE_URL: _, DATA_DIR: __, ...rest } = process.env;
    execFile(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', script, ...args],
      { env: { ...rest, ...env } },
      (error, out, err) => resolve({ code: error ? Number(error.code) : 0, out, err }),
    );
  });
}

const write = (database: Database, count: number) =>
  database.maintain(async tx => {
    for (let i = 0; i < count; i++)
      await tx.execute(sql`insert into audit_entry (seq, at, actor, action, resource, detail, previous_hash, hash)
        values (0, '2026-11-22T01:00:00Z', 'user:a', 'trace.read', ${`inc_${i}`}, '{}', '', '')`);
  });

describe('S4 npm run audit:verify', () => {
  const undo: (() => Promise<unknown>)[] = [];
  afterEach(async () => {
    for (const action of undo.splice(0).reverse()) await action();
  });
  const within = async (options: ConnectOptions, work: (database: Database) => Promise<unknown>) => {
    const database = await connectDatabase(options);
    try {
      await work(database);
    } finally {
      await database.close();
    }
  };

  const tamper = (database: Database) =>
    database.pool.query("update audit_entry set actor = 'user:b' where seq = 3");
  const bad = {
    code: 1,
    out: '',
    err: 'BAD: row 3: its content is not what was written. The 2 rows before it are whole.\n',
  };
  const whole = /^ok: 5 rows, head ([0-9a-f]{64})\n$/;

  it('embedded: not while a server has it; then ok with count and head; after an edit the bad row and exit code 1', async () => {
    const dataDir = await copyOfTemplate();
    undo.push(() => rm(dataDir, { recursive: true }));
    const env = { DATA_DIR: dataDir };
    await within({ dataDir }, async database => {
      await write(database, 5);
      const refused = await run(env);
      expect(refused).toMatchObject({ code: 2, out: '' });
      expect(refused.err).toMatch(/in use by process \d+/);
      expect(refused.err).toContain('verified while its server is stopped');
    });
    expect(await run(env)).toMatchObject({ code: 0, err: '', out: expect.stringMatching(whole) });
    await within({ dataDir }, tamper);
    expect(await run(env)).toEqual(bad);
  }, 120_000);

  it.runIf(hasServer)(
    'server: also while others are connected, and against a noted head',
    async () => {
      const databaseUrl = await newServerDatabase();
      undo.push(() => dropServerDatabase(databaseUrl));
      const env = { DATABASE_URL: databaseUrl };
      await within({ databaseUrl, dataDir: '' }, async database => {
        await write(database, 5);
        const { code, out } = await run(env);
        expect(code).toBe(0);
        expect(await run(env, '--head', whole.exec(out)![1]!)).toMatchObject({ code: 0 });
        expect(await run(env, '--head', 'f'.repeat(64))).toMatchObject({ code: 1 });
        await tamper(database);
        expect(await run(env)).toEqual(bad);
      });
    },
    60_000,
  );

  it('makes no database where there is none, and refuses a head that is none', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'jianmian-none-'));
    undo.push(() => rm(dataDir, { recursive: true }));
    expect(await run({ DATA_DIR: dataDir })).toMatchObject({
      code: 2,
      err: expect.stringContaining('holds no database'),
    });
    expect(await run({ DATA_DIR: dataDir }, '--head', 'abc')).toMatchObject({ code: 2 });
    expect(await run({ DATA_DIR: dataDir }, '--tail')).toMatchObject({ code: 2 });
  });
});
