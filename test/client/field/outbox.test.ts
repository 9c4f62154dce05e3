import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ApiFailure, type FailureCode } from '../../../client/api/http.ts';
import { isSaidAlready, type Unsent } from '../../../client/field/answers.ts';
import { type Keep, Outbox } from '../../../client/field/outbox.ts';

class Storage implements Keep {
  readonly #texts = new Map<string, string>();
  getItem = (name: string) => this.#texts.get(name) ?? null;
  setItem = (name: string, text: string) => void this.#texts.set(name, text);
}

/** A server that counts each key once, behind a network that loses what it is told to lose. */
class Server {
  readonly counted: string[] = [];
  readonly sent: Unsent[] = [];
  /** What happens to the next requests: through, lost on the way there, or its answer lost on the way back. */
  weather: ('there' | 'back' | FailureCode)[] = [];

  send = async (unsent: Unsent): Promise<void> => {
    const fate = this.weather.shift();
    if (fate === 'there') throw new ApiFailure('offline', 'lost');
    if (fate !== undefined && fate !== 'back') throw new ApiFailure(fate, 'refused');
    if (!this.counted.includes(unsent.key)) this.counted.push(unsent.key);
    if (fate === 'back') throw new ApiFailure('offline', 'lost');
  };
}

const answer = (key: string, taskId = 'tsk_1'): Unsent => ({
  key,
  taskId,
  place: '江源银行',
  answer: { say: 'accept' },
  saidAt: '2026-11-22T02:00:00.000Z',
});

function setUp(keep = new Storage(), server = new Server()) {
  const timers: { ms: number; callback: () => void }[] = [];
  const sent: string[] = [];
  const make = (userId = 'u1') =>
    new Outbox(userId, {
      keep,
      send: server.send,
      random: () => 0.5,
      isSaid: (unsent, { code, details }) => isSaidAlready(unsent, code, details),
      after: (ms, callback) => {
        const timer = { ms, callback };
        timers.push(timer);
        return () => void timers.splice(timers.indexOf(timer), 1);
      },
      onSent: ({ key }) => sent.push(key),
    });
  return { keep, server, timers, sent, make, outbox: make() };
}
const settle = () => new Promise(resolve => setImmediate(resolve));
const keysOf = (outbox: Outbox) => outbox.store.getState().unsent.map(({ key }) => key);

describe('the outbox', () => {
  it('sends at once while there is a network, in the order of saying', async () => {
    const { outbox, server, sent } = setUp();
    for (const key of ['a', 'b', 'c']) outbox.add(answer(key));
    await settle();
    expect(server.counted).toEqual(['a', 'b', 'c']);
    expect(sent).toEqual(['a', 'b', 'c']);
    expect(outbox.store.getState()).toMatchObject({ unsent: [], refused: [], sending: null, settled: 3 });
  });

  it('whatever the network loses, each answer counts once, in order, and nothing is left', async () => {
    const fates = fc.array(fc.constantFrom('there', 'back', 'ok'), { maxLength: 25 });
    await fc.assert(
      fc.asyncProperty(
        fates,
        fc.integer({ min: 1, max: 6 }),
        fc.boolean(),
        async (weather, count, reloads) => {
          const world = setUp();
          let { outbox } = world;
          world.server.weather = weather.map(fate => (fate === 'ok' ? undefined : fate)) as never;
          const keys = Array.from({ length: count }, (_, i) => `k${i}`);
          for (const key of keys) {
            outbox.add(answer(key));
            await settle();
            if (reloads) {
              outbox.stop();
              outbox = world.make();
            }
          }
          for (let tries = 0; keysOf(outbox).length > 0 && tries < 40; tries++) {
            outbox.wake();
            await settle();
          }
          expect(world.server.counted).toEqual(keys);
          expect(keysOf(outbox)).toEqual([]);
          expect(outbox.store.getState().refused).toEqual([]);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('tries again by itself, ever more patiently, and at once when it is woken', async () => {
    const { outbox, server, timers } = setUp();
    server.weather = ['there', 'there', 'there', 'there'];
    outbox.add(answer('a'));
    await settle();
    const waits: number[] = [];
    for (let i = 0; i < 3; i++) {
      expect(timers).toHaveLength(1);
      const [timer] = timers.splice(0, 1);
      waits.push(timer!.ms);
      timer!.callback();
      await settle();
    }
    expect(waits).toEqual(waits.toSorted((a, b) => a - b));
    expect(waits[0]).toBeLessThanOrEqual(1000);
    expect(keysOf(outbox)).toEqual(['a']);
    outbox.wake();
    await settle();
    expect(server.counted).toEqual(['a']);
    expect(timers).toHaveLength(0);
  });

  it('outlives the page, apart for each person', async () => {
    const { outbox, make, server } = setUp();
    server.weather = Array.from({ length: 9 }, () => 'there' as const);
    outbox.add(answer('a'));
    await settle();
    outbox.stop();
    expect(keysOf(make())).toEqual(['a']);
    expect(keysOf(make('u2'))).toEqual([]);
  });

  it.each(['conflict', 'alreadyClosed', 'notFound', 'forbidden', 'invalidBody'] as const)(
    'gives back what the server refuses with %s until that was read, and goes on with the next',
    async code => {
      const { outbox, server, make } = setUp();
      server.weather = [code];
      outbox.add(answer('a'));
      outbox.add(answer('b'));
      await settle();
      expect(server.counted).toEqual(['b']);
      const kept = make().store.getState().refused;
      expect(kept.map(each => [each.unsent.key, each.code])).toEqual([['a', code]]);
      outbox.acknowledge('a');
      expect(make().store.getState().refused).toEqual([]);
    },
  );

  it.each([
    'unauthenticated',
    'databaseUnavailable',
    'internal',
    'tooManyRequests',
    'auditUnavailable',
  ] as const)('keeps what meets a server that is %s', async code => {
    const { outbox, server } = setUp();
    server.weather = [code];
    outbox.add(answer('a'));
    await settle();
    expect(keysOf(outbox)).toEqual(['a']);
    expect(outbox.store.getState().refused).toEqual([]);
  });

  it('takes back what was not sent, never what is on its way', async () => {
    const { outbox, server } = setUp();
    server.weather = ['there'];
    outbox.add(answer('a'));
    expect(outbox.takeBack('a')).toBe(false);
    await settle();
    expect(outbox.takeBack('a')).toBe(true);
    outbox.wake();
    await settle();
    expect(server.counted).toEqual([]);
  });

  it('works on when nothing can be kept', async () => {
    const refusing: Keep = {
      getItem: () => {
        throw new Error('denied');
      },
      setItem: () => {
        throw new Error('denied');
      },
    };
    const server = new Server();
    server.weather = ['there'];
    const outbox = new Outbox('u1', {
      keep: refusing,
      send: server.send,
      random: () => 0,
      after: () => () => {},
      onSent: () => {},
    });
    outbox.add(answer('a'));
    await settle();
    expect(keysOf(outbox)).toEqual(['a']);
    outbox.wake();
    await settle();
    expect(server.counted).toEqual(['a']);
    expect(keysOf(outbox)).toEqual([]);
  });
});
