import type { Worker } from 'node:worker_threads';
import pg from 'pg';
import { lockFolder } from './folder-lock.ts';
import { initialiseFolder, isInitialised, startWorker } from './folder.ts';
import type { RequestBatch } from './frames.ts';
import type { FromWorker, ToWorker } from './messages.ts';
import { EmbeddedStream } from './stream.ts';
import type { SessionHost } from './stream.ts';

/** What an operator should know before choosing the embedded database for a real room. */
export const EMBEDDED_DURABILITY_NOTE =
  'The embedded database flushes every commit to the disk, but has one connection, one process and no replica: ' +
  'it is for trying out Jianmian and for a small room with backups. Production is PostgreSQL (DATABASE_URL).';

export interface EmbeddedOptions {
  /** Where the database lives; initialised when it does not exist. */
  folder: string;
  /** A folder to copy instead of initialising from nothing. */
  template?: string | undefined;
  /** Told once for each time that the engine died and a new one will be started on the next query. */
  onDeath?: ((error: Error) => void) | undefined;
}

const CHECKPOINT_EVERY_MS = 5 * 60_000;

/**
 * PGlite (PostgreSQL in WebAssembly) with PostGIS in a worker thread, spoken to by `pg` over a stream in memory, so
 * that embedded and server databases give the same values and the API's event loop never waits for a query.
 * The engine has one session, hence a pool of one. It may die (a trap, a poisoned stack, an answer cut short): the
 * connection then fails like a server's would, and the next one starts a new engine on the same folder.
 */
export class EmbeddedDatabase implements SessionHost {
  readonly #options: EmbeddedOptions;
  readonly #unlock: () => void;
  #worker: Worker | undefined;
  #starting: Promise<void> | undefined;
  /** The last engine's end: two engines must never share the folder. */
  #stopped: Promise<unknown> = Promise.resolve();
  #holder: EmbeddedStream | undefined;
  #waiting: (() => void)[] = [];
  #sessions = 0;
  #closed = false;
  #checkpoints: NodeJS.Timeout | undefined;

  private constructor(options: EmbeddedOptions, unlock: () => void) {
    this.#options = options;
    this.#unlock = unlock;
  }

  /** Locks the folder, initialises it when needed and starts the engine. Throws FolderInUse. */
  static async start(options: EmbeddedOptions): Promise<EmbeddedDatabase> {
    const unlock = await lockFolder(options.folder);
    try {
      if (!isInitialised(options.folder)) await initialiseFolder(options.folder, options.template);
      const database = new EmbeddedDatabase(options, unlock);
      await database.#start();
      return database;
    } catch (error) {
      unlock();
      throw error;
    }
  }

  /** The pool of one. End it before `close()`. */
  pool(): pg.Pool {
    const config = {
      user: 'postgres',
      database: 'postgres',
      max: 1,
      idleTimeoutMillis: 0,
      ssl: false,
    } as const;
    const stream = () => this.stream();
    // @types/pg wants a Duplex with the methods of a socket; `pg` itself uses only those that the stream has.
    return new pg.Pool({ ...config, stream: stream as unknown as NonNullable<pg.PoolConfig['stream']> });
  }

  /** Stands for one socket to the engine; `connect()` it before writing. The pool makes its own. */
  stream(): EmbeddedStream {
    return new EmbeddedStream(this, ++this.#sessions);
  }

  /** Shuts the engine down cleanly and gives the folder back. */
  async close(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#checkpoints);
    const worker = this.#worker;
    if (worker) {
      const exited = new Promise(resolve => worker.once('exit', resolve));
      this.#post({ type: 'close' });
      await exited;
    }
    await this.#stopped;
    this.#unlock();
  }

  async acquire(stream: EmbeddedStream): Promise<void> {
    while (this.#holder) await new Promise<void>(resolve => this.#waiting.push(resolve));
    this.#holder = stream;
    await this.#start();
  }

  release(stream: EmbeddedStream): void {
    if (this.#holder !== stream) return;
    this.#post({ type: 'resetSession' });
    this.#holder = undefined;
    this.#waiting.shift()?.();
  }

  send(stream: EmbeddedStream, batch: RequestBatch): void {
    this.#post({ type: 'request', session: stream.session, ...batch }, [batch.bytes.buffer]);
  }

  #post(message: ToWorker, transfer: ArrayBuffer[] = []): void {
    this.#worker?.postMessage(message, transfer);
  }

  #start(): Promise<void> {
    this.#starting ??= this.#startWorker();
    return this.#starting;
  }

  async #startWorker(): Promise<void> {
    await this.#stopped;
    if (this.#closed) throw new Error('the embedded database is closed');
    const worker = startWorker({ folder: this.#options.folder, initialiseOnly: false });
    this.#worker = worker;
    await new Promise<void>((resolve, reject) => {
      worker.on('message', (message: FromWorker) => {
        if (message.type === 'up') resolve();
        else if (message.type === 'reply') this.#deliver(message.session, message.bytes);
        else this.#die(worker, new Error(`the embedded database broke: ${message.reason}`));
      });
      let failure = new Error('the embedded database stopped');
      worker.once('error', (error: Error) => {
        failure = error;
      });
      // Comes after 'error' too, and after terminate().
      worker.once('exit', () => {
        this.#die(worker, failure);
        reject(failure);
      });
    });
    // In a single session nobody checkpoints by himself, and the write-ahead log would grow for ever.
    this.#checkpoints = setInterval(() => this.#post({ type: 'checkpoint' }), CHECKPOINT_EVERY_MS).unref();
  }

  #deliver(session: number, bytes: Uint8Array<ArrayBuffer>): void {
    if (this.#holder?.session === session) this.#holder.push(Buffer.from(bytes.buffer));
  }

  /** Forgets a dead engine once, and tells the connection that it is gone. */
  #die(worker: Worker, error: Error): void {
    if (this.#worker !== worker) return;
    this.#worker = undefined;
    this.#starting = undefined;
    clearInterval(this.#checkpoints);
    this.#stopped = worker.terminate();
    if (!this.#closed) this.#options.onDeath?.(error);
    this.#holder?.destroy(Object.assign(error, { code: 'ECONNRESET' }));
  }
}
