/**
 * The answers that wait for the network: kept on the phone until the server has confirmed each, sent in the order of
 * saying, one at a time. A reload or a dead battery loses none.
 */
import type { TaskState } from '#domain/task.ts';
import { createStore } from 'zustand/vanilla';
import { ApiFailure, type FailureCode } from '../api/http.ts';
import { retryDelayMs } from '../store/backoff.ts';
import type { Unsent } from './answers.ts';

/** Whatever waits. Its key is its `Idempotency-Key`: however often it is sent, it counts once. */
interface Waiting {
  key: string;
}

/** An answer that the server refused for good, until somebody has read that. */
export interface Refused<Item extends Waiting = Unsent> {
  unsent: Item;
  code: FailureCode;
  /** The task's state that it did not fit; null where that was not the reason. */
  state: TaskState | null;
}

export interface OutboxState<Item extends Waiting = Unsent> {
  unsent: readonly Item[];
  refused: readonly Refused<Item>[];
  /** The key of the one that is on its way now. */
  sending: string | null;
  /** How many the server has answered since the page was opened. */
  settled: number;
}

/** As much of `localStorage` as it needs. */
export type Keep = Pick<Storage, 'getItem' | 'setItem'>;

export interface OutboxDeps<Item extends Waiting, Reply> {
  keep: Keep;
  /** Beside which name of the phone's storage; default: the answers to tasks. */
  shelf?: string;
  send(unsent: Item): Promise<Reply>;
  /** Calls back once after `ms`; returns the way to prevent it. */
  after(ms: number, callback: () => void): () => void;
  /** Uniform in [0, 1). */
  random(): number;
  /** A refusal that takes nothing from what was said, as when the desk had recorded the same. */
  isSaid?(unsent: Item, failure: ApiFailure): boolean;
  /** The server has confirmed this one. */
  onSent(unsent: Item, reply: Reply): void;
}

/** The server is away or overloaded, or somebody has to sign in first: the answer stays. */
const waits: ReadonlySet<FailureCode> = new Set([
  'offline',
  'unreadable',
  'internal',
  'databaseUnavailable',
  'auditUnavailable',
  'tooManyRequests',
  'unauthenticated',
]);

export class Outbox<Item extends Waiting = Unsent, Reply = unknown> {
  readonly store = createStore<OutboxState<Item>>()(() => ({
    unsent: [],
    refused: [],
    sending: null,
    settled: 0,
  }));
  readonly #deps: OutboxDeps<Item, Reply>;
  readonly #name: string;
  #attempt = 0;
  #cancelRetry: (() => void) | null = null;

  /** Whose answers: another person's on the same phone stay apart. */
  constructor(userId: string, deps: OutboxDeps<Item, Reply>) {
    this.#deps = deps;
    this.#name = `jianmian.field.${deps.shelf ?? 'answers'}.${userId}`;
    this.reread();
  }

  /** Keeps an answer and begins to send. */
  add(unsent: Item): void {
    this.#write(kept => ({ ...kept, unsent: [...kept.unsent, unsent] }));
    void this.drain();
  }

  /** Takes back an answer that was not sent yet; false when it is too late. */
  takeBack(key: string): boolean {
    const { sending, unsent } = this.store.getState();
    if (sending === key || !unsent.some(each => each.key === key)) return false;
    this.#write(kept => ({ ...kept, unsent: kept.unsent.filter(each => each.key !== key) }));
    return true;
  }

  /** Somebody has read that this one was refused. */
  acknowledge(key: string): void {
    this.#write(kept => ({ ...kept, refused: kept.refused.filter(each => each.unsent.key !== key) }));
  }

  /** The network may be back: tries now instead of when the back-off ends. */
  wake(): void {
    this.#attempt = 0;
    void this.drain();
  }

  /** Sends what waits. Does nothing while it is at it. */
  async drain(): Promise<void> {
    this.#cancelRetry?.();
    this.#cancelRetry = null;
    if (this.store.getState().sending !== null) return;
    for (let next = this.store.getState().unsent[0]; next; next = this.store.getState().unsent[0]) {
      this.store.setState({ sending: next.key });
      const answer = await this.#deps.send(next).then(
        reply => ({ reply }),
        (error: unknown) => ({
          failure: error instanceof ApiFailure ? error : new ApiFailure('offline', String(error)),
        }),
      );
      this.store.setState({ sending: null });
      if ('failure' in answer && waits.has(answer.failure.code)) return this.#later();
      this.#attempt = 0;
      if ('reply' in answer) this.#deps.onSent(next, answer.reply);
      this.#settle(next, 'failure' in answer ? answer.failure : null);
    }
  }

  /** What is kept, once more: another tab may have changed it. */
  reread(): void {
    this.store.setState(this.#read());
  }

  /** Stops trying; what waits stays kept. */
  stop(): void {
    this.#cancelRetry?.();
    this.#cancelRetry = null;
  }

  #settle(sent: Item, failure: ApiFailure | null): void {
    const lost = failure !== null && !this.#deps.isSaid?.(sent, failure);
    this.#write(({ unsent, refused }) => ({
      unsent: unsent.filter(({ key }) => key !== sent.key),
      refused: lost ? [...refused, { unsent: sent, code: failure.code, state: stateOf(failure) }] : refused,
    }));
    this.store.setState(({ settled }) => ({ settled: settled + 1 }));
  }

  #later(): void {
    const delayMs = retryDelayMs(this.#attempt++, this.#deps.random());
    this.#cancelRetry = this.#deps.after(delayMs, () => void this.drain());
  }

  #write(change: (kept: Kept<Item>) => Kept<Item>): void {
    const kept = change(this.#read());
    this.store.setState(kept);
    try {
      this.#deps.keep.setItem(this.#name, JSON.stringify(kept));
    } catch {
      // A full or forbidden storage: the answers then live as long as the page.
    }
  }

  #read(): Kept<Item> {
    try {
      const text = this.#deps.keep.getItem(this.#name);
      if (text !== null) return JSON.parse(text) as Kept<Item>;
    } catch {
      // Unreadable: what this page knows is the best there is.
    }
    const { unsent, refused } = this.store.getState();
    return { unsent, refused };
  }
}

type Kept<Item extends Waiting> = Pick<OutboxState<Item>, 'unsent' | 'refused'>;

const stateOf = ({ details }: ApiFailure): TaskState | null =>
  (details as { state?: TaskState } | undefined)?.state ?? null;
