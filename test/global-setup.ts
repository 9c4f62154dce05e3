/**
 * Makes databases for tests, on demand: a run that needs none starts none. Test files ask over a loopback socket
 * (test/builders/database.ts), so that the cluster, the template and the embedded engines serve all of them.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startCluster, stopCluster } from '../db/cluster.ts';
import { connectDatabase } from '../db/connect.ts';
import { prepareDatabaseTemplate } from '../db/embedded/template.ts';
import type { Contents } from './builders/database-contents.ts';
import { EmbeddedHost } from './builders/embedded-host.ts';

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
  /** A running embedded engine, lent until the asking socket closes; `contents` are the rows it should begin with. */
  embedded: { port: number; contents: Contents };
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'jianmian-test-'));
  const template = once(async () => ({ folder: await prepareDatabaseTemplate() }));
  const host = new EmbeddedHost(template);
  const makers: { [Q in keyof BrokerAnswers]: (asker: Socket) => Promise<BrokerAnswers[Q]> } = {
    template,
    server: once(() => startMigratedServer(join(folder, 'postgres'))),
    embedded: async asker => {
      const engine = await host.lend();
      if (asker.destroyed) host.giveBack(engine);
      else asker.once('close', () => host.giveBack(engine));
      return { port: engine.port, contents: engine.contents };
    },
  };

  const broker = createServer(socket => {
    socket.setEncoding('utf8');
    socket.on('error', () => undefined);
    socket.once('data', question => {
      makers[String(question).trim() as keyof BrokerAnswers](socket).then(
        answer => socket.write(`${JSON.stringify(answer)}\n`),
        (error: Error) => socket.write(`${JSON.stringify({ error: error.message })}\n`),
      );
    });
  });
  await new Promise<void>(resolve => broker.listen(0, '127.0.0.1', resolve));
  project.provide('databaseBrokerPort', (broker.address() as AddressInfo).port);

  return async () => {
    broker.close();
    await host.close();
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
