/** How the parts of the live side tell each other what happened. In process here; the interface allows a broker. */
import type { DomainEvent } from '#domain/event/event.ts';
import type { Fix } from '../live/fix.ts';

export type BusMessage =
  /** Rows up to `seq` were committed to the log. */
  | { topic: 'committed'; seq: number }
  /** Rows of the log are in this server's world, in seq order. */
  | { topic: 'facts'; facts: readonly DomainEvent[] }
  /** Fixes were stored. */
  | { topic: 'fixes'; fixes: readonly Fix[] }
  /** A session opened the trace of an incident; the look and its audit row are committed. */
  | { topic: 'lookOpened'; sessionId: string; incidentId: string; authorityId: string }
  /** A session was closed by its user or revoked. */
  | { topic: 'sessionEnded'; sessionId: string };

export type Topic = BusMessage['topic'];
export type MessageOf<T extends Topic> = Extract<BusMessage, { topic: T }>;

export interface Bus {
  publish(message: BusMessage): void;
  /** Returns the way out. */
  subscribe<T extends Topic>(topic: T, listener: (message: MessageOf<T>) => void): () => void;
}

/** Delivers at once and in order, in the publisher's turn. A listener that throws does not keep it from the others. */
export class InProcessBus implements Bus {
  readonly #listeners = new Map<Topic, Set<(message: BusMessage) => void>>();
  readonly #onError: (error: unknown) => void;

  constructor(onError: (error: unknown) => void) {
    this.#onError = onError;
  }

  publish(message: BusMessage): void {
    for (const listener of this.#listeners.get(message.topic) ?? []) {
      try {
        listener(message);
      } catch (error) {
        this.#onError(error);
      }
    }
  }

  subscribe<T extends Topic>(topic: T, listener: (message: MessageOf<T>) => void): () => void {
    const listeners = this.#listeners.get(topic) ?? new Set();
    this.#listeners.set(topic, listeners);
    const entry = (message: BusMessage) => listener(message as MessageOf<T>);
    listeners.add(entry);
    return () => void listeners.delete(entry);
  }
}
