import fc from 'fast-check';
import { sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import type { Database } from '../../db/connect.ts';
import { dayOf, dropPartitions, ensurePositionPartitions, positionPartitions } from '../../db/partitions.ts';
import { position } from '../../db/schema/index.ts';
import { describeEachDatabase } from '../builders/database.ts';

async function store(database: Database, times: readonly string[]): Promise<void> {
  await database.transaction({ actor: 'device:d1' }, tx =>
    tx.insert(position).values(
      times.map((time, index) => ({
        deviceId: 'd1',
        unitId: 'u1',
        observedAt: new Date(time),
        receivedAt: new Date('2026-11-22T02:00:00Z'),
        payloadHash: Uint8Array.of(index),
        point: [103.3, 24.8] as [number, number],
        rawLng: 103.3,
        rawLat: 24.8,
        rawCrs: 'wgs84' as const,
        future: false,
      })),
    ),
  );
}

/** How many rows each partition holds. */
async function counts(database: Database): Promise<Record<string, number>> {
  const { rows } = await database.pool.query<{ name: string; n: number }>(
    'select tableoid::regclass::text as name, count(*)::int as n from position group by 1 order by 1',
  );
  return Object.fromEntries(rows.map(({ name, n }) => [name, n]));
}

describeEachDatabase('partitions of positions', makeDatabase => {
  it('take the rows of their day, also those that came before the partition', async () => {
    const database = await makeDatabase();
    await database.maintain(tx => dropPartitions(tx, 'position', '9999-12-31'));
    const times = [
      '1970-01-01T00:00:00Z',
      '2026-11-21T23:59:59.999Z',
      '2026-11-22T00:00:00Z',
      '2026-11-22T07:59:00+08:00',
      '2026-11-22T23:59:59.999Z',
      '2026-11-23T00:00:00Z',
    ];
    await store(database, times);
    expect(await counts(database)).toEqual({ position_default: 6 });
    const made = await database.maintain(tx => ensurePositionPartitions(tx, '2026-11-21', '2026-11-22'));
    expect(made).toEqual(['2026-11-21', '2026-11-22']);
    expect(await counts(database)).toEqual({
      position_20261121: 2,
      position_20261122: 2,
      position_default: 2,
    });
    expect(await database.maintain(tx => ensurePositionPartitions(tx, '2026-11-22', '2026-11-23'))).toEqual([
      '2026-11-23',
    ]);
    await store(database, ['2026-11-23T12:00:00Z']);
    expect(await counts(database)).toMatchObject({ position_20261123: 2, position_default: 1 });
  });

  it('are still one table: the key holds across them and indexes cover them', async () => {
    const database = await makeDatabase();
    await database.maintain(tx => ensurePositionPartitions(tx, '2026-11-22', '2026-11-22'));
    await store(database, ['2026-11-22T01:00:00Z']);
    await expect(store(database, ['2026-11-22T01:00:00Z'])).rejects.toThrow();
    const { rows } = await database.pool.query(
      "select count(*)::int as n from pg_indexes where tablename = 'position_20261122'",
    );
    expect(rows[0].n).toBe(3);
  });

  it('go with their rows when they are old', async () => {
    const database = await makeDatabase();
    await database.maintain(tx => ensurePositionPartitions(tx, '2026-11-20', '2026-11-23'));
    await store(database, ['2026-11-20T01:00:00Z', '2026-11-22T01:00:00Z']);
    const dropped = await database.maintain(tx => dropPartitions(tx, 'position', '2026-11-22'));
    expect(dropped.slice(-2)).toEqual(['2026-11-20', '2026-11-21']);
    expect(await counts(database)).toEqual({ position_20261122: 1 });
    expect(await database.maintain(positionPartitions)).toContain('2026-11-23');
  });

  it('may be made by several at once', async () => {
    const database = await makeDatabase();
    await Promise.all(
      [1, 2, 3].map(() => database.maintain(tx => ensurePositionPartitions(tx, '2026-12-01', '2026-12-03'))),
    );
    expect(await database.maintain(positionPartitions)).toEqual(
      expect.arrayContaining(['2026-12-01', '2026-12-02', '2026-12-03']),
    );
  });

  it('are not the application role’s to alter, and take no other text for a day', async () => {
    const database = await makeDatabase();
    const asApp = database.transaction({ actor: 'x' }, tx =>
      ensurePositionPartitions(tx, '2027-01-01', '2027-01-01'),
    );
    await expect(asApp).rejects.toThrow();
    for (const day of ['2026-02-30', '20261122', "2026-11-22'; drop table position; --"])
      await expect(
        database.maintain(tx => ensurePositionPartitions(tx, day, day)),
        day,
      ).rejects.toThrow('expected a day');
    await expect(
      database.maintain(tx => ensurePositionPartitions(tx, '2020-01-01', '2026-01-01')),
    ).rejects.toThrow('more than 400 days');
    await expect(database.maintain(tx => tx.execute(sql`select from position`))).resolves.toBeDefined();
  });
});

describe('dayOf', () => {
  it('is the UTC day, whatever the time', () => {
    fc.assert(
      fc.property(fc.date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true }), at => {
        const start = Date.parse(`${dayOf(at.getTime())}T00:00:00Z`);
        expect(at.getTime() - start).toBeGreaterThanOrEqual(0);
        expect(at.getTime() - start).toBeLessThan(86_400_000);
      }),
    );
  });
});
