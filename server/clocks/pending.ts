/** When clocks will warn or be breached: a heap in memory over the table, kept up by the log. */
import TinyQueue from 'tinyqueue';
import type { DomainEvent } from '#domain/event/event.ts';
import type { PendingClock } from '../../db/queries/loop/clocks.ts';

interface Moment {
  atMs: number;
  clockId: string;
}

export class PendingClocks {
  readonly #heap = new TinyQueue<Moment>([], (a, b) => a.atMs - b.atMs);

  add({ id, warnMs, dueMs }: PendingClock): void {
    if (warnMs !== null) this.#heap.push({ atMs: warnMs, clockId: id });
    this.#heap.push({ atMs: dueMs, clockId: id });
  }

  /** A clock that stopped stays in the heap until its time: the table then says that there is nothing to tell. */
  learn(fact: DomainEvent): void {
    if (fact.kind !== 'clockStarted' && fact.kind !== 'clockMoved') return;
    const { clockId, warnAt, dueAt } = fact.payload;
    this.add({ id: clockId, warnMs: Date.parse(warnAt), dueMs: Date.parse(dueAt) });
  }

  /** Takes out those whose time has come, each once; at most `most` of them. */
  due(nowMs: number, most: number): string[] {
    const ids = new Set<string>();
    while (ids.size < most && (this.#heap.peek()?.atMs ?? Number.POSITIVE_INFINITY) <= nowMs)
      ids.add(this.#heap.pop()!.clockId);
    return [...ids];
  }

  get size(): number {
    return this.#heap.length;
  }
}
