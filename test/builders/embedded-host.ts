import { cp, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EmbeddedDatabase } from '../../db/embedded/database.ts';
import { captureContents } from './database-contents.ts';
import type { Contents } from './database-contents.ts';

/** An engine lent to one test file at a time. */
export interface LentEngine {
  /** Speaks PostgreSQL's protocol on loopback, one connection at a time. */
  port: number;
  contents: Contents;
  dataDir: string;
  close(): Promise<void>;
}

/**
 * Keeps embedded engines of a test run and lends them to test files: starting one takes seconds, and each file runs in
 * a process of its own.
 */
export class EmbeddedHost {
  readonly #template: () => Promise<{ folder: string }>;
  #idle: LentEngine[] = [];
  #all: LentEngine[] = [];

  constructor(template: () => Promise<{ folder: string }>) {
    this.#template = template;
  }

  async lend(): Promise<LentEngine> {
    const idle = this.#idle.pop();
    if (idle) return idle;
    const engine = await startEngine((await this.#template()).folder);
    this.#all.push(engine);
    return engine;
  }

  giveBack(engine: LentEngine): void {
    this.#idle.push(engine);
  }

  async close(): Promise<void> {
    await Promise.all(this.#all.map(engine => engine.close()));
  }
}

async function startEngine(template: string): Promise<LentEngine> {
  const dataDir = await mkdtemp(join(tmpdir(), 'jianmian-embedded-'));
  await cp(template, join(dataDir, 'database'), { recursive: true });
  const engine = await EmbeddedDatabase.start({ folder: join(dataDir, 'database') });
  const pool = engine.pool();
  const contents = await captureContents(pool);
  await pool.end();
  const sockets = new Set<Socket>();
  const server = createServer(socket => {
    sockets.add(socket.on('close', () => sockets.delete(socket)));
    connectBoth(socket, engine);
  });
  const port = await listen(server);
  const close = async () => {
    server.close();
    for (const socket of sockets) socket.destroy();
    await engine.close();
    await rm(dataDir, { recursive: true, force: true });
  };
  return { port, contents, dataDir, close };
}

/** Bytes both ways; the end or loss of either side is that of the other. */
function connectBoth(socket: Socket, engine: EmbeddedDatabase): void {
  const stream = engine.stream();
  socket.on('error', () => stream.destroy());
  socket.on('close', () => stream.destroy());
  stream.on('error', () => socket.destroy());
  stream.on('close', () => socket.destroy());
  // The engine's only session may still be another's.
  stream.once('connect', () => socket.pipe(stream).pipe(socket));
  stream.connect();
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}
