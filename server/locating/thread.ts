/** The server's side of the locator's thread: asks it, and starts it again when it ends. */
import { Worker } from 'node:worker_threads';
import type { RoadFile } from '#road/file.ts';
import type { Logger } from '../log.ts';
import type {
  BeliefAnswer,
  BeliefQuestion,
  FromLocator,
  GroundTables,
  LocatorOptions,
  ToLocator,
} from './protocol.ts';

interface Waiting {
  /** What was asked: another thread is asked once more. */
  message: ToLocator;
  asked: number;
  resolve(message: FromLocator): void;
  reject(error: Error): void;
}

/** A question that takes longer hangs; the ground of a large region takes a few seconds. */
const patienceMs = 60_000;
/** Between an end and the next start; twice as long each time until something is answered, for a thread that cannot live. */
const restartAfterMs = 250;
const longestRestartMs = 60_000;

interface LocatorThreadOptions extends LocatorOptions {
  log: Pick<Logger, 'error'>;
}

/** A question that has ended two threads is not put to a third. */
const mostAsked = 2;

/**
 * Each question holds all that is needed to answer it, so a new thread needs no more than the ground. Questions wait while
 * there is no thread.
 */
export class LocatorThread {
  readonly #options: LocatorThreadOptions;
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | undefined;
  #restart: NodeJS.Timeout | undefined;
  #tables: GroundTables | undefined;
  #road: RoadFile | null = null;
  #restartMs = restartAfterMs;
  #lastId = 0;
  #closed = false;

  constructor(options: LocatorThreadOptions) {
    this.#options = options;
  }

  /** The region's tables, from now on. */
  setGround(tables: GroundTables): void {
    this.#tables = tables;
    if (this.#worker) this.#worker.postMessage({ type: 'ground', tables } satisfies ToLocator);
    else this.#start();
  }

  /** The same roads with the speeds of the hour, from now on; null: those of the file. */
  setRoad(road: RoadFile | null): void {
    if (road === this.#road) return;
    this.#road = road;
    this.#worker?.postMessage({ type: 'road', road } satisfies ToLocator);
  }

  /** Rejects when it cannot be answered; others can. */
  async ask(question: BeliefQuestion): Promise<BeliefAnswer> {
    const message = await this.#request(id => ({ type: 'ask', id, question }));
    if (message.type !== 'answer') throw new Error(`expected an answer, got ${message.type}`);
    return message.answer;
  }

  /** What a search task could be ordered for; null when there is none of this id. */
  async target(targetId: string): Promise<Extract<FromLocator, { type: 'target' }>['target']> {
    const message = await this.#request(id => ({ type: 'target', id, targetId }));
    if (message.type !== 'target') throw new Error(`expected a target, got ${message.type}`);
    return message.target;
  }

  /** What is kept for a closed incident may go. */
  forget(incidentId: string): void {
    this.#worker?.postMessage({ type: 'forget', incidentId } satisfies ToLocator);
  }

  /** The thread's own id on this machine, for tests that end it. */
  get worker(): Worker | undefined {
    return this.#worker;
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#restart);
    await this.#worker?.terminate();
  }

  #request(make: (id: number) => ToLocator): Promise<FromLocator> {
    if (this.#closed) return Promise.reject(new Error('the locator is closed'));
    const id = ++this.#lastId;
    const { promise, resolve, reject } = Promise.withResolvers<FromLocator>();
    const tooLong = setTimeout(() => {
      this.#options.log.error({}, 'the locator hangs; it is started anew');
      void this.#worker?.terminate();
    }, patienceMs).unref();
    const waiting = { message: make(id), asked: 0, resolve, reject };
    this.#waiting.set(id, waiting);
    if (this.#worker) this.#put(this.#worker, waiting);
    return promise.finally(() => clearTimeout(tooLong));
  }

  #put(worker: Worker, waiting: Waiting): void {
    waiting.asked++;
    worker.postMessage(waiting.message);
  }

  #start(): void {
    if (this.#closed || !this.#tables) return;
    const { road } = this.#options;
    const workerData: LocatorOptions = { road };
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData });
    worker.unref();
    worker.on('message', (message: FromLocator) => this.#hear(message));
    worker.on('error', error => this.#options.log.error({ error }, 'the locator ended by an error'));
    worker.once('exit', () => this.#ended(worker));
    this.#worker = worker;
    worker.postMessage({ type: 'ground', tables: this.#tables } satisfies ToLocator);
    if (this.#road) worker.postMessage({ type: 'road', road: this.#road } satisfies ToLocator);
    for (const waiting of this.#waiting.values()) this.#put(worker, waiting);
  }

  #hear(message: FromLocator): void {
    const waiting = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    this.#restartMs = restartAfterMs;
    if (message.type === 'failed') waiting?.reject(new Error(message.message));
    else waiting?.resolve(message);
  }

  #ended(worker: Worker): void {
    if (this.#worker !== worker) return;
    this.#worker = undefined;
    for (const [id, waiting] of this.#waiting) {
      if (waiting.asked < mostAsked && !this.#closed) continue;
      this.#waiting.delete(id);
      waiting.reject(new Error('the locator ended'));
    }
    if (this.#closed) return;
    this.#restart = setTimeout(() => this.#start(), this.#restartMs).unref();
    this.#restartMs = Math.min(longestRestartMs, this.#restartMs * 2);
  }
}
