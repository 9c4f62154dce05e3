import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { postgresPrograms, startCluster, stopCluster } from '../../db/cluster.ts';
import type { Cluster } from '../../db/cluster.ts';
import { connectDatabase } from '../../db/connect.ts';
import type { Database } from '../../db/connect.ts';
import { DatabaseUnavailable } from '../../db/errors.ts';
import { loginFailure } from '../../db/schema/index.ts';

const missing = postgresPrograms() === undefined && process.env['CI_REQUIRE_ALL'] !== '1';

describe.skipIf(missing)(
  `a database server that dies (R7)${missing ? ': PostgreSQL is not installed' : ''}`,
  () => {
    let folder: string;
    let cluster: Cluster;
    let database: Database;
    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'jianmian-crash-'));
      cluster = await startCluster({ folder });
      database = await connectDatabase({ databaseUrl: cluster.databaseUrl, dataDir: folder });
    });
    afterAll(async () => {
      await database.close();
      await stopCluster(folder, { remove: true });
      await rm(folder, { recursive: true, force: true });
    });

    const store = (index: number) =>
      database.transaction({ actor: 'system' }, tx =>
        tx.insert(loginFailure).values({ username: `user-${index}`, at: new Date(index) }),
      );

    it('loses nothing acknowledged, is retryable meanwhile, and works again by itself', async () => {
      const acknowledged: string[] = [];
      const refused: unknown[] = [];
      let writing = true;
      const writers = [0, 1, 2, 3].map(async writer => {
        for (let round = 0; writing; round++) {
          const index = round * 4 + writer;
          await store(index).then(
            () => acknowledged.push(`user-${index}`),
            async (error: unknown) => {
              refused.push(error);
              await database.waitReady();
            },
          );
        }
      });
      await until(() => acknowledged.length > 100);
      await cluster.crash();
      await until(() => refused.length > 0);
      await expect(database.probe()).rejects.toBeInstanceOf(DatabaseUnavailable);
      await cluster.restart();
      await database.waitReady();
      const before = acknowledged.length;
      await until(() => acknowledged.length > before + 100);
      writing = false;
      await Promise.all(writers);

      expect(refused.filter(error => !(error instanceof DatabaseUnavailable))).toEqual([]);
      const rows = await database.read(tx => tx.select({ name: loginFailure.username }).from(loginFailure));
      const stored = new Set(rows.map(row => row.name));
      expect(acknowledged.filter(name => !stored.has(name))).toEqual([]);
    });

    it('gives up waiting when told to', async () => {
      await cluster.stop();
      await expect(database.waitReady(AbortSignal.timeout(400))).rejects.toThrow(/abort|timeout/i);
      await cluster.restart();
      await expect(database.waitReady()).resolves.toBeUndefined();
    });

    it('leaves a transaction that lost its connection undone', async () => {
      const attempt = database.transaction({ actor: 'system' }, async tx => {
        await tx.insert(loginFailure).values({ username: 'half', at: new Date(0) });
        await endOwnConnection(tx);
      });
      const error = await attempt.catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(DatabaseUnavailable);
      expect((error as DatabaseUnavailable).mayHaveCommitted).toBe(false);
      await database.waitReady();
      const rows = await database.read(tx =>
        tx.execute(sql`select from login_failure where username = 'half'`),
      );
      expect(rows.rowCount).toBe(0);
    });

    it('is the same cluster when it is asked for again', async () => {
      const again = await startCluster({ folder });
      expect(again).toMatchObject({ started: false, databaseUrl: cluster.databaseUrl, port: cluster.port });
    });
  },
);

/** The connection ends its own server process, as an administrator's restart would. */
async function endOwnConnection(tx: Parameters<Parameters<Database['maintain']>[0]>[0]): Promise<void> {
  await tx.execute(sql`reset role`);
  await tx.execute(sql`select pg_terminate_backend(pg_backend_pid())`);
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise(resolve => setTimeout(resolve, 10));
}
