import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GroupCommit } from '../../server/ingest/group-commit.ts';
import { fixOf } from './fixes.ts';

/** A store that behaves like the table: keeps each key once, and may fail. */
function tableStore(fails: (keys: readonly string[]) => boolean = () => false) {
  const stored = new Set<string>();
  const transactions: string[][] = [];
  const store = async (fixes: readonly { key: string }[]) => {
    await new Promise(resolve => setImmediate(resolve));
    const keys = fixes.map(fix => fix.key);
    if (fails(keys)) throw new Error('refused');
    transactions.push(keys);
    const fresh = new Set(keys.filter(key => !stored.has(key)));
    for (const key of fresh) stored.add(key);
    return fresh;
  };
  return { stored, transactions, store };
}

const requests = fc.array(fc.array(fc.nat(30), { maxLength: 12 }), { maxLength: 20 });

describe('GroupCommit', () => {
  it('acknowledges every request after its commit, and counts every key as new exactly once', async () => {
    await fc.assert(
      fc.asyncProperty(
        requests,
        fc.integer({ min: 1, max: 10 }),
        fc.array(fc.boolean()),
        async (all, rows, lanes) => {
          const table = tableStore();
          const published: string[] = [];
          const publish = (fixes: readonly { key: string }[]) =>
            void published.push(...fixes.map(fix => fix.key));
          const writer = new GroupCommit({
            store: table.store,
            publish,
            lingerMs: 0,
            maxLiveRows: rows,
            maxBackfillRows: rows,
          });
          const counts = await Promise.all(
            all.map(async (numbers, index) => {
              const fixes = numbers.map(number => fixOf({ key: `k${number}` }));
              const fresh = await writer.submit(fixes, lanes[index] ? 'backfill' : 'live');
              for (const fix of fixes) expect(table.stored).toContain(fix.key);
              return fresh;
            }),
          );
          const distinct = new Set(all.flat()).size;
          expect(counts.reduce((sum, count) => sum + count, 0)).toBe(distinct);
          expect(new Set(published).size).toBe(published.length);
          expect(published).toHaveLength(distinct);
          expect(writer.waiting).toBe(0);
          for (const keys of table.transactions) expect(keys.length).toBeLessThanOrEqual(rows);
        },
      ),
      { numRuns: 100 },
    );
  });

  it('keeps the order of one lane', async () => {
    const table = tableStore();
    const writer = new GroupCommit({
      store: table.store,
      publish: () => undefined,
      maxLiveRows: 3,
      lingerMs: 0,
    });
    const keys = Array.from({ length: 20 }, (_, index) => `k${index}`);
    await Promise.all(keys.map(key => writer.submit([fixOf({ key })], 'live')));
    expect(table.transactions.flat()).toEqual(keys);
  });

  it('fails only the request whose fixes cannot be stored', async () => {
    const table = tableStore(keys => keys.includes('bad'));
    const writer = new GroupCommit({ store: table.store, publish: () => undefined, lingerMs: 0 });
    const results = await Promise.allSettled([
      writer.submit([fixOf({ key: 'a' })], 'live'),
      writer.submit([fixOf({ key: 'b' }), fixOf({ key: 'bad' })], 'live'),
      writer.submit([fixOf({ key: 'c' })], 'live'),
    ]);
    expect(results.map(result => result.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(writer.waiting).toBe(0);
    expect(await writer.submit([fixOf({ key: 'd' })], 'live')).toBe(1);
  });

  it('a long request that fails half way is refused once, and the rest of it is not tried', async () => {
    const table = tableStore(keys => keys.includes('k5'));
    const writer = new GroupCommit({
      store: table.store,
      publish: () => undefined,
      lingerMs: 0,
      maxBackfillRows: 2,
    });
    const fixes = Array.from({ length: 20 }, (_, index) => fixOf({ key: `k${index}` }));
    await expect(writer.submit(fixes, 'backfill')).rejects.toThrow('refused');
    expect(table.transactions.flat()).toEqual(['k0', 'k1', 'k2', 'k3']);
    expect(writer.waiting).toBe(0);
  });

  it('R4 lets live positions pass a back-fill, and the back-fill still gets its turns', async () => {
    const table = tableStore();
    const writer = new GroupCommit({
      store: table.store,
      publish: () => undefined,
      lingerMs: 0,
      maxBackfillRows: 250,
    });
    const old = Array.from({ length: 10_000 }, (_, index) => fixOf({ key: `old${index}` }));
    let backfilled = false;
    const backfill = writer.submit(old, 'backfill').then(count => {
      backfilled = true;
      return count;
    });
    let transactionsBefore = 0;
    for (let index = 0; !backfilled; index++) {
      await writer.submit([fixOf({ key: `live${index}` })], 'live');
      // At most the chunk that was under way, and one turn of the back-fill.
      expect(table.transactions.length - transactionsBefore).toBeLessThanOrEqual(3);
      transactionsBefore = table.transactions.length;
    }
    expect(await backfill).toBe(10_000);
  });

  it('refuses more than may wait', async () => {
    const table = tableStore();
    const writer = new GroupCommit({ store: table.store, publish: () => undefined, maxWaiting: 3 });
    const first = writer.submit([fixOf({ key: 'a' }), fixOf({ key: 'b' })], 'live');
    expect(() => writer.submit([fixOf({ key: 'c' }), fixOf({ key: 'd' })], 'live')).toThrow(
      /send again later/,
    );
    expect(await first).toBe(2);
  });
});
