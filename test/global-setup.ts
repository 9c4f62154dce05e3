/**
 * Makes databases for tests, on demand: a run that needs none starts none. Test files ask over a loopback socket
 * (test/builders/database.ts), so that the cluster is started and the template made once for all of them.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startCluster, stopCluster } from '../db/cluster.ts';
import { connectDatabase } from '../db/connect.ts';
import { prepareDatabaseTemplate } from '../db/embedded/template.ts';

declare module 'vitest' {
  interface ProvidedContext {
    databaseBrokerPort: number;
  }
}

/** What a test file may ask for, and what it is told. */
export interface BrokerAnswers {
  /** Folder of a migrated embedded database, to be copied. */
  template: { folder: string };
  /** A server whose database 'jianmian' is migrated, to be used as a template. */
  server: { databaseUrl: string };
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'jianmian-test-'));
  const makers = {
    template: once(async () => ({ folder: await prepareDatabaseTemplate() })),
    server: once(() => startMigratedServer(join(folder, 'postgres'))),
  } satisfies { [Q in keyof BrokerAnswers]: () => Promise<BrokerAnswers[Q]> };

  const broker = createServer(socket => {
    socket.setEncoding('utf8');
    socket.on('error', () => undefined);
    socket.once('data', question => {
      makers[String(question).trim() as keyof BrokerAnswers]().then(
        answer => socket.end(JSON.stringify(answer)),
        (error: Error) => socket.end(JSON.stringify({ error: error.message })),
      );
    });
  });
  await new Promise<void>(resolve => broker.listen(0, '127.0.0.1', resolve));
  project.provide('databaseBrokerPort', (broker.address() as AddressInfo).port);

  return async () => {
    broker.close();
    await stopCluster(join(folder, 'postgres'), { remove: true });
    await rm(folder, { recursive: true, force: true });
  };
}

async function startMigratedServer(folder: string): Promise<{ databaseUrl: string }> {
  const { databaseUrl } = await startCluster({ folder, fsync: false });
  // A template may have no connections: opened for the migration only.
  await (await connectDatabase({ databaseUrl, dataDir: folder })).close();
  return { databaseUrl };
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
}
