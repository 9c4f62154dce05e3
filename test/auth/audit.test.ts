import fc from 'fast-check';
import { afterEach, expect, it } from 'vitest';
import type { Database } from '../../db/connect.ts';
import { auditRowsAfter } from '../../db/queries/audit-rows.ts';
import { canonicalText, verifyAudit } from '../../server/audit/verify.ts';
import { perform } from '../../server/services/unit-of-work.ts';
import { type TestApp, testApp } from '../builders/app.ts';
import { describeEachDatabase } from '../builders/database.ts';

/** PostgreSQL keeps no NUL and no lone surrogates in text. */
const text = fc
  .string({ unit: 'binary', maxLength: 30 })
  .map(chars => chars.replaceAll('\0', '').toWellFormed());

describeEachDatabase('S4 the audit chain', makeDatabase => {
  let app: TestApp;
  let database: Database;
  afterEach(() => app.close());
  const write = (reason: string, detail: Record<string, string | number | boolean | null | string[]> = {}) =>
    perform(app.deps, { actor: { kind: 'system', name: 'setup' } }, async work =>
      work.audit({ action: 'trace.read', resource: 'inc_1', incidentId: 'inc_1', reason, detail }),
    );
  const start = async (rows = 7) => {
    database = await makeDatabase();
    app = await testApp(database);
    for (let i = 0; i < rows; i++) await write(`reason ${i}`, { number: i, list: ['a', '"b"'], none: null });
  };
  const asOwner = (statement: string) => database.pool.query(statement);

  it('holds for what was written, whatever the words (property)', async () => {
    await start(1);
    await fc.assert(
      fc.asyncProperty(
        text,
        fc.dictionary(fc.stringMatching(/^[a-zA-Z]{1,8}$/), fc.oneof(fc.integer(), fc.boolean(), text), {
          noNullPrototype: true,
        }),
        async (reason, detail) => {
          await write(reason, detail);
        },
      ),
      { numRuns: 30 },
    );
    expect(await verifyAudit(database)).toMatchObject({ ok: true, rows: 31 });
    const [first] = await database.read(tx => auditRowsAfter(tx, 0, 1));
    const { rows } = await asOwner('select audit_canonical(a) as text from audit_entry a where seq = 1');
    expect(canonicalText(first!)).toBe(rows[0].text);
  });

  it.each([
    ['an edited reason', "update audit_entry set reason = 'other' where seq = 4", 4, 'changed'],
    [
      'an edited time',
      "update audit_entry set at = at + interval '1 microsecond' where seq = 1",
      1,
      'changed',
    ],
    [
      'an edited detail',
      `update audit_entry set detail = detail || '{"number": 99}' where seq = 7`,
      7,
      'changed',
    ],
    ['an edited hash', "update audit_entry set hash = sha256('x') where seq = 3", 3, 'changed'],
    [
      'an edited row with a hash that fits',
      `update audit_entry a set actor = 'user:x', hash = (
        select sha256(b.previous_hash || convert_to(audit_canonical(b), 'UTF8')) from
        (select (jsonb_populate_record(a, '{"actor":"user:x"}')).*) b) where seq = 4`,
      5,
      'link',
    ],
    ['a deleted row', 'delete from audit_entry where seq = 4', 4, 'missing'],
    ['the first row deleted', 'delete from audit_entry where seq = 1', 1, 'missing'],
    [
      'a row put in behind the back',
      `set session_replication_role = replica;
        insert into audit_entry select 8, at, actor, action, resource, incident_id, reason, detail, previous_hash, hash from audit_entry where seq = 7;
        set session_replication_role = origin`,
      8,
      'link',
    ],
    [
      'two rows swapped',
      `update audit_entry set seq = 100 where seq = 3; update audit_entry set seq = 3 where seq = 5;
        update audit_entry set seq = 5 where seq = 100`,
      3,
      'link',
    ],
    ['a cut tail', 'delete from audit_entry where seq > 5', 6, 'tail'],
    ['everything gone', 'delete from audit_entry', 1, 'tail'],
  ])('names the first bad row: %s', async (_, tampering, firstBadSeq, reason) => {
    await start();
    expect(await verifyAudit(database)).toMatchObject({ ok: true, rows: 7 });
    await asOwner(tampering);
    expect(await verifyAudit(database)).toMatchObject({ ok: false, firstBadSeq, reason });
  });

  it('a tail cut together with its head shows against a head noted elsewhere', async () => {
    await start();
    const verdict = await verifyAudit(database);
    const noted = verdict.ok ? verdict.headHash : '';
    await write('one more');
    expect(await verifyAudit(database, noted)).toMatchObject({ ok: true, rows: 8 });
    await asOwner(`delete from audit_entry where seq > 5;
      update audit_head set seq = 5, hash = (select hash from audit_entry where seq = 5)`);
    expect(await verifyAudit(database)).toMatchObject({ ok: true, rows: 5 });
    expect(await verifyAudit(database, noted)).toMatchObject({ ok: false, reason: 'tail' });
  });

  it('S5 the application cannot rewrite log or audit', async () => {
    await start(2);
    for (const table of ['audit_entry', 'domain_event', 'audit_head', 'log_head']) {
      for (const statement of [
        `update ${table} set seq = seq`,
        `delete from ${table}`,
        `truncate ${table}`,
      ]) {
        const attempt = database.transaction({ actor: 'test' }, tx => tx.execute(statement));
        await expect(attempt, statement).rejects.toMatchObject({ cause: { code: '42501' } });
      }
    }
    expect(await verifyAudit(database)).toMatchObject({ ok: true, rows: 2 });
  });

  it('many writers at once leave one chain without gaps', async () => {
    await start(0);
    await Promise.all(Array.from({ length: 30 }, (_, i) => write(`writer ${i}`)));
    expect(await verifyAudit(database)).toMatchObject({ ok: true, rows: 30 });
  });
});
