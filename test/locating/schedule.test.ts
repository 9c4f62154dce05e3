/** When beliefs are worked out: with a thread and a database that are made up. */
import { afterEach, expect, it } from 'vitest';
import { CodedError } from '#contract/errors.ts';
import type { DomainEvent } from '#domain/event/event.ts';
import { emptyWorld, type World, type WorldIncident } from '#domain/world.ts';
import { Beliefs } from '../../server/locating/beliefs.ts';
import type { BeliefAnswer, BeliefQuestion } from '../../server/locating/protocol.ts';
import type { BeliefToStore } from '../../server/services/belief/store.ts';
import { ManualClock } from '../builders/clock.ts';

const answer: BeliefAnswer = {
  posterior: new Uint8Array(1),
  plan: new Uint8Array(1),
  restOfWorld: 0.1,
  entropyBits: 1,
  troubles: [],
  tookMs: 1,
};

class Stage {
  readonly clock = new ManualClock();
  readonly asked: string[] = [];
  readonly stored: BeliefToStore[] = [];
  readonly forgotten: string[] = [];
  readonly failing = new Set<string>();
  readonly watched = new Set<string>();
  readonly closed = new Set<string>();
  failures = 0;
  seq = 0;
  world: World = emptyWorld;
  readonly beliefs = new Beliefs({
    clock: this.clock,
    log: { error: () => undefined },
    world: () => this.world,
    caughtUp: () => Promise.resolve(),
    isWatched: id => this.watched.has(id),
    gather: (incidentId, nowMs, sinceSeq) =>
      Promise.resolve(
        this.closed.has(incidentId)
          ? undefined
          : {
              seq: this.seq,
              because: sinceSeq < this.seq ? 'sighting' : 'time',
              question: { incidentId, nowMs } as unknown as BeliefQuestion,
            },
      ),
    ask: ({ incidentId }) => {
      this.asked.push(incidentId);
      return this.failing.has(incidentId)
        ? Promise.reject(new Error('no road leads there'))
        : Promise.resolve(answer);
    },
    forget: id => void this.forgotten.push(id),
    store: made => {
      this.stored.push(made);
      return Promise.resolve();
    },
    timings: { add: () => undefined, fail: () => void this.failures++ },
  });

  constructor(...incidentIds: string[]) {
    const sightings = { s: {} };
    const incidents = incidentIds.map(id => [
      id,
      { id, state: 'open', sightings } as unknown as WorldIncident,
    ]);
    this.world = { ...emptyWorld, incidents: Object.fromEntries(incidents) };
  }

  fact(
    incidentId: string,
    kind: 'sightingRecorded' | 'incidentClosed' | 'roadOpened' = 'sightingRecorded',
  ): void {
    this.seq++;
    this.beliefs.heard([
      { kind, seq: this.seq, payload: { incidentId, kind: 'cell' } } as unknown as DomainEvent,
    ]);
  }
}

let stage: Stage;
afterEach(() => stage.beliefs.close());
const settled = () => new Promise(resolve => setTimeout(resolve, 150));

it('makes one belief of a burst, with the newest facts', async () => {
  stage = new Stage('a');
  for (let i = 0; i < 8; i++) stage.fact('a');
  await settled();
  expect(stage.asked).toEqual(['a']);
  expect(stage.stored).toMatchObject([{ incidentId: 'a', seq: 8, because: 'sighting' }]);
});

it('who asks gets what is known, without working it out again', async () => {
  stage = new Stage('a');
  const first = await stage.beliefs.now('a');
  expect(first).toMatchObject({ seq: 0 });
  expect(await stage.beliefs.now('a')).toBe(first);
  expect(stage.asked).toHaveLength(1);
  stage.fact('a');
  expect(await stage.beliefs.now('a')).toMatchObject({ seq: 1 });
  stage.fact('', 'roadOpened');
  await stage.beliefs.now('a');
  expect(stage.asked).toHaveLength(3);
  stage.clock.advance(31_000);
  expect((await stage.beliefs.now('a'))!.atMs).toBe(stage.clock.now());
  expect(stage.stored.at(-1)!.because).toBe('time');
});

it('the newest fact comes first, whoever waits before it, and what is only old after all', async () => {
  stage = new Stage('old', 'a', 'b', 'c', 'asked');
  stage.beliefs.tick();
  for (const id of ['a', 'b', 'c', 'b']) stage.fact(id);
  const asked = stage.beliefs.now('asked');
  await settled();
  await asked;
  expect(stage.asked).toEqual(['asked', 'b', 'c', 'a', 'old']);
});

it('an incident that fails harms no other, and is tried again at the next fact or after a rest', async () => {
  stage = new Stage('a', 'b');
  stage.failing.add('a');
  stage.fact('a');
  stage.fact('b');
  await settled();
  expect(stage.stored.map(({ incidentId }) => incidentId)).toEqual(['b']);
  expect(stage.failures).toBe(1);
  await expect(stage.beliefs.now('a')).rejects.toThrow(CodedError);
  const times = stage.asked.length;
  stage.beliefs.tick();
  await settled();
  expect(stage.asked).toHaveLength(times);
  stage.failing.clear();
  stage.fact('a');
  await settled();
  expect(stage.stored.map(({ incidentId }) => incidentId)).toEqual(['b', 'a']);
});

it('goes by time: sooner while somebody looks, and not while it is held', async () => {
  stage = new Stage('a', 'b');
  stage.watched.add('a');
  stage.beliefs.tick();
  await settled();
  expect(stage.asked.toSorted()).toEqual(['a', 'b']);
  stage.clock.advance(31_000);
  stage.beliefs.tick();
  await settled();
  expect(stage.asked.slice(2)).toEqual(['a']);
  stage.beliefs.hold(true);
  stage.clock.advance(200_000);
  stage.beliefs.tick();
  stage.fact('b');
  await settled();
  expect(stage.asked).toHaveLength(3);
  stage.beliefs.hold(false);
  await settled();
  expect(stage.asked.slice(3)).toEqual(['b']);
});

it('forgets a closed incident and has no answer about it', async () => {
  stage = new Stage('a');
  stage.fact('a');
  await settled();
  stage.closed.add('a');
  stage.fact('a', 'incidentClosed');
  expect(stage.forgotten).toEqual(['a']);
  expect(await stage.beliefs.now('a')).toBeUndefined();
});
