import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { apply } from '#domain/apply.ts';
import { emptyWorld } from '#domain/world.ts';
import { LiveWorld, WorldBuilder } from '../../server/live/world.ts';
import { logs } from '../stream/facts.ts';

describe('WorldBuilder', () => {
  it('gives the same world as applying every fact in order', () => {
    fc.assert(
      fc.property(logs(120), log => {
        const builder = new WorldBuilder();
        for (const fact of log) builder.add(fact);
        expect(builder.build()).toEqual(log.reduce(apply, emptyWorld));
      }),
      { numRuns: 60 },
    );
  });

  it('takes a fact that comes again as if it had come once', () => {
    fc.assert(
      fc.property(logs(60), fc.nat(60), (log, back) => {
        const builder = new WorldBuilder();
        for (const fact of log) builder.add(fact);
        for (const fact of log.slice(-back)) builder.add(fact);
        expect(builder.build()).toEqual(log.reduce(apply, emptyWorld));
      }),
      { numRuns: 30 },
    );
  });
});

describe('LiveWorld', () => {
  it('gives exactly the facts after a seq, or says that it no longer can', () => {
    fc.assert(
      fc.property(
        logs(80),
        fc.integer({ min: 1, max: 20 }),
        fc.integer({ min: -5, max: 100 }),
        (log, capacity, since) => {
          const world = new LiveWorld(emptyWorld, [], capacity);
          for (const fact of log) world.accept(fact);
          const wanted = log.filter(fact => fact.seq > since);
          const given = world.factsAfter(since);
          if (since < 0 || since > log.length) expect(given).toBeUndefined();
          else if (wanted.length <= capacity) expect(given).toEqual(wanted);
          else expect([undefined, wanted]).toContainEqual(given);
        },
      ),
    );
  });
});
