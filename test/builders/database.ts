/**
 * Databases for tests: `describeEachDatabase` runs a suite on the embedded database and on a PostgreSQL server.
 * Where PostgreSQL is not installed that half is skipped by name; with CI_REQUIRE_ALL=1 it fails instead.
 */
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { cp, mkdtemp } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import pg from 'pg';
import { afterAll, beforeAll, describe, inject, it } from 'vitest';
import { postgresPrograms } from '../../db/cluster.ts';
import { connectDatabase, databaseOver } from '../../db/connect.ts';
import type { Database } from '../../db/connect.ts';
import type { BrokerAnswers } from '../global-setup.ts';
import { restoreContents } from './database-contents.ts';
import type { Contents } from './database-contents.ts';

export type Engine = Database['kind'];
/** A migrated database that holds nothing else. The embedded one ends the life of the one made before it. */
export type MakeDatabase = () => Promise<Database>;

/** The first suite of a run makes the template and the cluster, on a machine that may be busy with the other half. */
const START_TIMEOUT_MS = 180_000;

const serverInstalled = postgresPrograms() !== undefined;

/** Runs the suite once for each engine; databases are closed and deleted at its end. */
export function describeEachDatabase(
  name: string,
  suite: (makeDatabase: MakeDatabase, engine: Engine) => void,
): void {
  describe(`${name}, embedded`, () => {
    const source = new EmbeddedSource();
    beforeAll(() => source.start(), START_TIMEOUT_MS);
    afterAll(() => source.dispose());
    suite(() => source.next(), 'embedded');
  });
  if (!serverInstalled) return reportMissing(name);
  describe(`${name}, server`, () => {
    const source = new ServerSource();
    beforeAll(() => askBroker('server'), START_TIMEOUT_MS);
    afterAll(() => source.dispose());
    suite(() => source.next(), 'server');
  });
}

function reportMissing(name: string): void {
  const missing = `${name}, server: PostgreSQL is not installed (apt-get install postgresql-15-postgis-3)`;
  if (process.env['CI_REQUIRE_ALL'] !== '1') return it.skip(missing, () => undefined);
  it(missing, () => {
    throw new Error('CI_REQUIRE_ALL=1 wants every engine');
  });
}

/** For tests of the server alone: `it.runIf(hasServer)`. */
export const hasServer = serverInstalled || process.env['CI_REQUIRE_ALL'] === '1';

/** Asks the run's broker (test/global-setup.ts). The first question of a kind may take some seconds. */
export async function askBroker<Q extends keyof BrokerAnswers>(question: Q): Promise<BrokerAnswers[Q]> {
  const { answer, release } = await borrow(question);
  release();
  return answer;
}

/** Like `askBroker`, for what is lent: it stays ours until released, or until this process ends. */
async function borrow<Q extends keyof BrokerAnswers>(
  question: Q,
): Promise<{ answer: BrokerAnswers[Q]; release: () => void }> {
  const socket = connect(inject('databaseBrokerPort'), '127.0.0.1');
  socket.write(`${question}\n`);
  const [line] = (await once(createInterface({ input: socket }), 'line')) as [string];
  const answer = JSON.parse(line) as BrokerAnswers[Q] | { error: string };
  if ('error' in answer) throw new Error(answer.error);
  return { answer, release: () => socket.destroy() };
}

/** A data folder of its own with a migrated embedded database in it; delete it yourself. */
export async function copyOfTemplate(): Promise<string> {
  const { folder } = await askBroker('template');
  const dataDir = await mkdtemp(join(tmpdir(), 'jianmian-embedded-'));
  await cp(folder, join(dataDir, 'database'), { recursive: true });
  return dataDir;
}

/** A new database on the run's server; `template` copies the migrated one, else it is empty. */
export async function newServerDatabase(template = true): Promise<string> {
  const { databaseUrl } = await askBroker('server');
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await asOwner(databaseUrl, `create database ${name} ${template ? 'template jianmian' : ''}`);
  const url = new URL(databaseUrl);
  url.pathname = `/${name}`;
  return url.href;
}

/** Deletes a database, also from under connections that a failed test left open. */
export async function dropServerDatabase(databaseUrl: string): Promise<void> {
  await asOwner(databaseUrl, `drop database ${new URL(databaseUrl).pathname.slice(1)} with (force)`);
}

async function asOwner(databaseUrl: string, statement: string): Promise<void> {
  const url = new URL(databaseUrl);
  url.pathname = '/postgres';
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

/** Borrows an engine of the run; before each test its tables get their first rows back. */
class EmbeddedSource {
  #database: Database | undefined;
  #contents: Contents = [];
  #release: () => void = () => undefined;

  async start(): Promise<void> {
    const { answer, release } = await borrow('embedded');
    this.#release = release;
    this.#contents = answer.contents;
    const address = { host: '127.0.0.1', port: answer.port, user: 'postgres', database: 'postgres' };
    const pool = new pg.Pool({ ...address, max: 1, idleTimeoutMillis: 0 });
    this.#database = databaseOver({ kind: 'embedded', pool, close: () => pool.end() });
  }

  async next(): Promise<Database> {
    if (this.#database?.pool.ended) await this.dispose();
    if (!this.#database) await this.start();
    const database = this.#database!;
    await restoreContents(database.pool, this.#contents);
    return database;
  }

  async dispose(): Promise<void> {
    if (this.#database) await closeQuietly(this.#database);
    this.#release();
    this.#database = undefined;
  }
}

class ServerSource {
  #made: { database: Database; databaseUrl: string }[] = [];

  async next(): Promise<Database> {
    const databaseUrl = await newServerDatabase();
    const database = await connectDatabase({ databaseUrl, dataDir: '' });
    this.#made.push({ database, databaseUrl });
    return database;
  }

  async dispose(): Promise<void> {
    for (const { database, databaseUrl } of this.#made) {
      await closeQuietly(database);
      await dropServerDatabase(databaseUrl);
    }
  }
}

/** A test may have closed it already. */
async function closeQuietly(database: Database): Promise<void> {
  await database.close().catch(() => undefined);
}
