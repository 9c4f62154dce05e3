/** When beliefs are worked out, in which order, and what became of them. */
import type { DomainEvent } from '#domain/event/event.ts';
import type { World, WorldIncident } from '#domain/world.ts';
import { CodedError } from '#contract/errors.ts';
import type { StoredBelief } from '../../db/queries/belief.ts';
import { type Clock, machineClock } from '../clock.ts';
import type { Logger } from '../log.ts';
import type { BeliefToStore } from '../services/belief/store.ts';
import type { Gathered } from './gather.ts';
import { markOf } from './marks.ts';
import type { BeliefAnswer, BeliefQuestion } from './protocol.ts';
import type { Timings } from './timings.ts';

interface BeliefsDeps {
  clock: Clock;
  log: Pick<Logger, 'error'>;
  world: () => World;
  /** Resolves when everything that is committed by now was heard. */
  caughtUp(): Promise<void>;
  /** Whether somebody looks at the incident now. */
  isWatched(incidentId: string): boolean;
  gather(incidentId: string, nowMs: number, sinceSeq: number): Promise<Gathered | undefined>;
  ask(question: BeliefQuestion): Promise<BeliefAnswer>;
  forget(incidentId: string): void;
  store(made: BeliefToStore): Promise<void>;
  timings: Pick<Timings, 'add' | 'fail'>;
}

/** Facts that come within this time make one run. */
const settleMs = 40;
/** So old may a belief get, in the centre's time, while somebody looks, and while nobody does. */
const watchedEveryMs = 30_000;
const otherwiseEveryMs = 120_000;
/** But never oftener than this in the machine's time: a demo's clock may run 60 times as fast. */
const watchedLeastMs = 5000;
const otherwiseLeastMs = 20_000;
/** Another fleet or other roads make other plans, but not at every change of a unit's state: so seldom, by the machine. */
const changedWatchedMs = 4000;
const changedOtherwiseMs = 20_000;
/** After a failure the incident waits so long, unless a fact comes. */
const restMs = 10_000;

interface Wanted {
  /** A fact wants it, and not time alone: the later it was heard, the larger; 0 where none does. */
  news: number;
  sinceMs: number;
  waiters: PromiseWithResolvers<StoredBelief | undefined>[];
}

interface Made {
  belief: StoredBelief;
  /** By the machine's clock. */
  madeMs: number;
  restOfWorld: number;
  /** What it was before the newest facts. */
  restBefore: number | null;
  /** The count of changes that it knows. */
  changes: number;
}

/** Incidents are worked out one after the other; of several facts about one comes one belief. */
export class Beliefs {
  readonly #deps: BeliefsDeps;
  readonly #machine: Clock;
  readonly #wanted = new Map<string, Wanted>();
  readonly #newest = new Map<string, Made>();
  readonly #restUntilMs = new Map<string, number>();
  /** Counts what makes other plans for everybody, and what one incident's belief must know. */
  #changes = 0;
  #news = 0;
  #current: { incidentId: string; belief: Promise<StoredBelief | undefined> } | undefined;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> | undefined;
  #held = false;
  #closed = false;

  constructor(deps: BeliefsDeps) {
    this.#deps = deps;
    this.#machine = machineClock(deps.clock);
  }

  /** Rows of the log that are in the world now. */
  heard(facts: readonly DomainEvent[]): void {
    for (const fact of facts) {
      if (fact.kind === 'incidentClosed') this.#forget(fact.payload.incidentId);
      const mark = markOf(fact);
      if (mark === 'everything') this.#changes++;
      else if (mark) this.#want(mark.incidentId, ++this.#news);
    }
  }

  /** What is believed now, with every fact that is committed; undefined when the incident is not open. */
  async now(incidentId: string): Promise<StoredBelief | undefined> {
    await this.#deps.caughtUp();
    if (!this.#wanted.has(incidentId)) {
      // What is under way began after the last fact was heard, so it knows it.
      if (this.#current?.incidentId === incidentId) return this.#current.belief;
      const made = this.#newest.get(incidentId);
      if (made && made.changes === this.#changes && !this.#isDue(made, true)) return made.belief;
    }
    const waiter = Promise.withResolvers<StoredBelief | undefined>();
    this.#want(incidentId).waiters.push(waiter);
    return waiter.promise;
  }

  /** Looks which beliefs have become old; call it every second. */
  tick(): void {
    if (this.#held) return;
    for (const incident of Object.values(this.#deps.world().incidents)) {
      if (incident.state !== 'open' || !this.#isFollowed(incident)) continue;
      const { id } = incident;
      if ((this.#restUntilMs.get(id) ?? 0) > this.#machine.now()) continue;
      if (this.#isDue(this.#newest.get(id), this.#deps.isWatched(id))) this.#want(id);
    }
  }

  /** While held nothing is worked out unasked: in a demo's history hours pass in each second. */
  hold(held: boolean): void {
    this.#held = held;
    if (!held) this.#settle();
  }

  /** Resolves when what is under way is done; nothing begins after this. */
  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    for (const { waiters } of this.#wanted.values()) for (const { resolve } of waiters) resolve(undefined);
    this.#wanted.clear();
    await this.#running;
  }

  /** Time alone makes a new belief only where there is a trace to follow, or somebody looks. */
  #isFollowed({ id, sightings }: WorldIncident): boolean {
    return Object.keys(sightings).length > 0 || this.#deps.isWatched(id);
  }

  #isDue(made: Made | undefined, watched: boolean): boolean {
    if (!made) return true;
    const sinceMs = this.#machine.now() - made.madeMs;
    const changedMs = watched ? changedWatchedMs : changedOtherwiseMs;
    if (made.changes !== this.#changes && sinceMs >= changedMs) return true;
    const [everyMs, leastMs] = watched
      ? [watchedEveryMs, watchedLeastMs]
      : [otherwiseEveryMs, otherwiseLeastMs];
    return sinceMs >= leastMs && this.#deps.clock.now() - made.belief.atMs >= everyMs;
  }

  #want(incidentId: string, news = 0): Wanted {
    const wanted = this.#wanted.get(incidentId) ?? { news, sinceMs: this.#machine.now(), waiters: [] };
    wanted.news = Math.max(wanted.news, news);
    this.#wanted.set(incidentId, wanted);
    this.#settle();
    return wanted;
  }

  #settle(): void {
    if (this.#timer || this.#running || this.#closed) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#running = this.#workOff().finally(() => {
        this.#running = undefined;
      });
    }, settleMs).unref();
  }

  async #workOff(): Promise<void> {
    for (let next = this.#next(); next !== undefined && !this.#closed; next = this.#next()) {
      const wanted = this.#wanted.get(next)!;
      this.#wanted.delete(next);
      const belief = this.#attempt(next, wanted);
      this.#current = { incidentId: next, belief };
      for (const { resolve } of wanted.waiters) resolve(belief);
      await belief.catch(() => undefined);
      this.#current = undefined;
    }
  }

  /** Those that somebody waits for come first, then the newest facts, then what is only old. */
  #next(): string | undefined {
    let best: { id: string; awaited: boolean; news: number } | undefined;
    for (const [id, { waiters, news }] of this.#wanted) {
      const awaited = waiters.length > 0;
      if (this.#held && !awaited) continue;
      const isBetter = best && (awaited === best.awaited ? news > best.news : awaited);
      if (!best || isBetter) best = { id, awaited, news };
    }
    return best?.id;
  }

  /** The last one that was made; undefined before the first. */
  newest(incidentId: string): StoredBelief | undefined {
    return this.#newest.get(incidentId)?.belief;
  }

  async #attempt(incidentId: string, wanted: Wanted): Promise<StoredBelief | undefined> {
    try {
      return await this.#run(incidentId, wanted);
    } catch (error) {
      return this.#failed(incidentId, error);
    }
  }

  async #run(incidentId: string, { sinceMs }: Wanted): Promise<StoredBelief | undefined> {
    const { clock } = this.#deps;
    const nowMs = clock.now();
    const changes = this.#changes;
    const gathered = await this.#deps.gather(incidentId, nowMs, this.#knownSeq(incidentId));
    if (!gathered) return undefined;
    const { seq, because, question } = gathered;
    const restBefore = this.#restBefore(incidentId, seq);
    const { tookMs, posterior, plan, restOfWorld, entropyBits } = await this.#deps.ask({
      ...question,
      restBefore,
    });
    const belief = { seq, atMs: nowMs, posterior, plan };
    const madeMs = this.#machine.now();
    this.#newest.set(incidentId, { belief, madeMs, restOfWorld, restBefore, changes });
    await this.#deps.store({ incidentId, because, restOfWorld, entropyBits, ...belief });
    this.#deps.timings.add(this.#machine.now() - sinceMs, tookMs);
    return belief;
  }

  #restBefore(incidentId: string, seq: number): number | null {
    const last = this.#newest.get(incidentId);
    if (!last) return null;
    return last.belief.seq < seq ? last.restOfWorld : last.restBefore;
  }

  /** The last fact that was in a belief; before this server's first one it is what the log says. */
  #knownSeq(incidentId: string): number {
    const made = this.#newest.get(incidentId)?.belief.seq;
    return made ?? this.#deps.world().incidents[incidentId]?.believedSeq ?? 0;
  }

  /** Whoever waits is told; for the others it is tried again after a while, or when the next fact comes. */
  #failed(incidentId: string, error: unknown): undefined {
    if (error instanceof CodedError && error.code === 'alreadyClosed') {
      this.#forget(incidentId);
      return undefined;
    }
    this.#deps.log.error({ incidentId, error }, 'where she may be cannot be worked out; trying again');
    this.#newest.delete(incidentId);
    this.#restUntilMs.set(incidentId, this.#machine.now() + restMs);
    this.#deps.timings.fail();
    throw new CodedError('locatorUnavailable', 'where she may be cannot be worked out now; try again');
  }

  #forget(incidentId: string): void {
    // Who waits is told by the run that finds it closed.
    if (this.#wanted.get(incidentId)?.waiters.length === 0) this.#wanted.delete(incidentId);
    this.#newest.delete(incidentId);
    this.#restUntilMs.delete(incidentId);
    this.#deps.forget(incidentId);
  }
}
