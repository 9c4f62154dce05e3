import { sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { DatabaseUnavailable, DeveloperError, isConnectionLoss, sqlError } from '../../db/errors.ts';
import { auditEntry, domainEvent, station, unit } from '../../db/schema/index.ts';
import { assertVersions } from '../../db/version.ts';
import { describeEachDatabase } from '../builders/database.ts';

const AT = new Date('2026-11-22T01:35:00.123Z');
const actor = { actor: 'user:u1' };

describeEachDatabase('the database', makeDatabase => {
  it('gives the same JavaScript values on both engines', async () => {
    const database = await makeDatabase();
    const { rows } = await database.pool.query(`
      select 1::int as "int", 9007199254740993::bigint as "big", 1.50::numeric as "num", 0.1::float8 as "float",
        1.5::real as "real", true as "yes", 'Zhào 赵'::text as "text", null as "none", '\\x00ff'::bytea as "bytes",
        '2026-11-22T09:35:00.123+08:00'::timestamptz as "at", '2026-11-22'::date as "day",
        '{"a":[1,null]}'::jsonb as "json", array['a','b'] as "list", interval '90 s' as "span",
        st_setsrid(st_point(103.25, 24.75), 4326) as "geom"`);
    expect(rows[0]).toEqual({
      int: 1,
      big: '9007199254740993',
      num: '1.50',
      float: 0.1,
      real: 1.5,
      yes: true,
      text: 'Zhào 赵',
      none: null,
      bytes: Buffer.from([0, 255]),
      at: AT,
      day: new Date(2026, 10, 22),
      json: { a: [1, null] },
      list: ['a', 'b'],
      span: expect.objectContaining({ minutes: 1, seconds: 30 }),
      geom: '0101000020E61000000000000000D059400000000000C03840',
    });
  });

  it('writes as the application role with the actor in reach, and keeps neither afterwards', async () => {
    const database = await makeDatabase();
    const who = sql`select current_user as role, current_setting('jianmian.actor', true) as actor,
      current_setting('jianmian.station', true) as station`;
    const inside = await database.transaction({ ...actor, settings: { station: 'st-4' } }, tx =>
      tx.execute(who),
    );
    expect(inside.rows).toEqual([{ role: 'jianmian_app', actor: 'user:u1', station: 'st-4' }]);
    const after = (await database.db.execute<{ role: string; actor: string | null }>(who)).rows[0]!;
    expect(after.role).not.toBe('jianmian_app');
    expect(after.actor ?? '').toBe('');
    const maintaining = await database.maintain(tx => tx.execute<{ role: string }>(who));
    expect(maintaining.rows[0]!.role).toBe(after.role);
  });

  it('commits what succeeded and rolls back what threw, at every depth', async () => {
    const database = await makeDatabase();
    const put = (id: string) => ({ id, name: id, position: [103.3, 24.8] as [number, number] });
    await database.transaction(actor, async tx => {
      await tx.insert(station).values(put('kept'));
      await tx
        .transaction(async nested => {
          await nested.insert(station).values(put('undone'));
          throw new Error('inner');
        })
        .catch(() => undefined);
    });
    const outer = database.transaction(actor, async tx => {
      await tx.insert(station).values(put('lost'));
      throw new Error('outer');
    });
    await expect(outer).rejects.toThrow('outer');
    const stations = await database.read(tx => tx.select().from(station));
    expect(stations).toEqual([{ id: 'kept', name: 'kept', nameEn: null, position: [103.3, 24.8] }]);
  });

  it('reads without being able to write', async () => {
    const database = await makeDatabase();
    const attempt = database.read(tx => tx.insert(station).values({ id: 'x', name: 'x', position: [0, 0] }));
    await expect(attempt.catch(sqlError)).resolves.toMatchObject({ code: '25006' });
  });

  it('refuses a query past the open transaction instead of waiting for ever', async () => {
    const database = await makeDatabase();
    const past: Record<string, () => Promise<unknown>> = {
      pool: () => database.pool.query('select 1'),
      connect: () => database.pool.connect(),
      db: () => database.db.select().from(station),
      transaction: () => database.transaction(actor, async () => undefined),
      read: () => database.read(async () => undefined),
    };
    for (const [name, query] of Object.entries(past)) {
      const refused = await database.transaction(actor, async () => query()).catch((error: unknown) => error);
      const cause = (refused as Error).cause ?? refused;
      expect(cause, name).toBeInstanceOf(DeveloperError);
      expect((cause as Error).message, name).toContain('Pass the transaction (tx) down');
    }
    await expect(database.probe()).resolves.toBeUndefined();
  });

  it('lets code that a transaction started, but did not wait for, query after its end', async () => {
    const database = await makeDatabase();
    let later: Promise<unknown> = Promise.resolve();
    await database.transaction(actor, async () => {
      later = new Promise(resolve => setTimeout(resolve, 50)).then(() => database.probe());
    });
    await expect(later).resolves.toBeUndefined();
  });

  it('serves many transactions at once, in turn where there is one connection', async () => {
    const database = await makeDatabase();
    const ids = Array.from({ length: 40 }, (_, index) => index);
    await Promise.all(
      ids.map(index =>
        database.transaction(actor, tx => tx.insert(domainEvent).values({ ...logRow, payload: { index } })),
      ),
    );
    const rows = await database.read(tx => tx.select().from(domainEvent).orderBy(domainEvent.seq));
    expect(rows.map(row => row.seq)).toEqual(ids.map(index => index + 1));
    expect(rows.map(row => (row.payload as { index: number }).index).toSorted((a, b) => a - b)).toEqual(ids);
  });

  it('keeps audit and log as they were written (S5)', async () => {
    const database = await makeDatabase();
    await database.transaction(actor, async tx => {
      await tx.insert(domainEvent).values(logRow);
      await tx
        .insert(auditEntry)
        .values({ at: AT, actor: 'user:u1', action: 'trace.open', resource: 'incident:i1', detail: {} });
    });
    for (const table of ['domain_event', 'audit_entry', 'log_head', 'audit_head'])
      for (const act of [`update ${table} set seq = 0`, `delete from ${table}`, `truncate ${table}`]) {
        const attempt = database.transaction(actor, tx => tx.execute(sql.raw(act)));
        await expect(attempt.catch(sqlError), act).resolves.toMatchObject({ code: '42501' });
      }
    expect(await database.read(tx => tx.$count(auditEntry))).toBe(1);
  });

  it('tells a broken rule by its SQLSTATE and constraint', async () => {
    const database = await makeDatabase();
    const values = {
      id: 'u1',
      callsign: '101',
      kind: 'car',
      state: 'available',
      sworn: 1,
      auxiliary: 2,
      createdAt: AT,
    } as const;
    await database.transaction(actor, tx => tx.insert(unit).values(values));
    const again = database.transaction(actor, tx => tx.insert(unit).values({ ...values, id: 'u2' }));
    await expect(again.catch(sqlError)).resolves.toEqual({ code: '23505', constraint: 'unit_callsign_key' });
  });
});

const logRow = { kind: 'unit.stateChanged', actor: 'user:u1', observedAt: AT, receivedAt: AT, payload: {} };

describe('errors', () => {
  it('a lost connection is told from a wrong statement, however deep it is wrapped', () => {
    const coded = (code: string, message = 'x') => Object.assign(new Error(message), { code });
    const lost = [
      coded('ECONNREFUSED'),
      coded('57P01'),
      coded('08006'),
      new Error('Connection terminated unexpectedly'),
      new Error('Failed query', { cause: coded('ECONNRESET') }),
      new AggregateError([coded('ECONNREFUSED'), coded('ECONNREFUSED')], ''),
    ];
    for (const error of lost) expect(isConnectionLoss(error), String(error)).toBe(true);
    for (const error of [coded('23505'), coded('42501'), new Error('no'), 'text', undefined])
      expect(isConnectionLoss(error), String(error)).toBe(false);
    expect(new DatabaseUnavailable(lost[0]).retryable).toBe(true);
  });

  it('a version that is too old is named with what is needed', () => {
    expect(() => assertVersions(15, '3.3.2')).not.toThrow();
    expect(() => assertVersions(18, '3.10.0')).not.toThrow();
    expect(() => assertVersions(14, '3.4.0')).toThrow('PostgreSQL 14 is too old: version 15 or later');
    expect(() => assertVersions(16, '3.2.9')).toThrow('PostGIS 3.2.9 is too old: version 3.3 or later');
    expect(() => assertVersions(16, null)).toThrow('apt-get install postgresql-16-postgis-3');
  });
});
