import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { auditDays } from '../../db/queries/audit-view.ts';
import { secretNamed } from '../../db/queries/secret.ts';
import { anchorFile, anchorOf, BadAnchor, readAnchorFile, signedDay } from '../../server/audit/anchors.ts';
import { signerOf } from '../../server/audit/signing.ts';
import { verifyAudit } from '../../server/audit/verify.ts';
import { reportDays } from '../../server/services/review/report-days.ts';
import { perform } from '../../server/services/unit-of-work.ts';
import { type TestApp, testApp } from '../builders/app.ts';
import { describeEachDatabase } from '../builders/database.ts';

const dayMs = 86_400_000;
const never = new AbortController().signal;

describeEachDatabase('S4 the audit anchored each day', makeDatabase => {
  let app: TestApp;
  let dataDir: string;
  afterEach(async () => {
    await app.close();
    await rm(dataDir, { recursive: true });
  });
  const write = (count: number) =>
    perform(app.deps, { actor: { kind: 'system', name: 'setup' } }, async work => {
      for (let i = 0; i < count; i++) work.audit({ action: 'trace.read', resource: `inc_${i}` });
    });
  const report = () => reportDays({ ...app.deps, dataDir }, never);
  /** Three days of three rows each, each reported. */
  const start = async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'jianmian-anchors-'));
    app = await testApp(await makeDatabase());
    for (let i = 0; i < 3; i++) {
      await write(3);
      app.clock.advance(dayMs);
      await report();
    }
  };
  const publicKey = async () =>
    signerOf((await app.database.read(tx => secretNamed(tx, 'signingKey')))!).publicKey;
  const anchors = async () => {
    const key = await publicKey();
    return (await readAnchorFile(anchorFile(dataDir))).map(line => anchorOf(line, key, 'line'));
  };
  const asOwner = (statement: string) => app.database.pool.query(statement);

  it('writes one signed row and line for each day that is over, with its counts, and each only once', async () => {
    await start();
    expect(await report()).toEqual([]);
    const noted = await anchors();
    expect(noted.map(({ day, seq }) => [day, seq])).toEqual([
      ['2026-11-22', 3],
      ['2026-11-23', 6],
      ['2026-11-24', 9],
    ]);
    expect(await verifyAudit(app.database, undefined, noted)).toMatchObject({ ok: true, rows: 9 });
    const { items } = (await (await app.asUser('late', 'auditor'))('GET', '/api/audit/days')).body;
    expect(items).toHaveLength(3);
    expect(items[0]).toMatchObject({ day: '2026-11-24', seq: 9, rows: 3, looks: 3, refusals: 0 });
    // A server that stood still for days reports them all.
    app.clock.advance(3 * dayMs);
    expect(await report()).toEqual(['2026-11-25', '2026-11-26', '2026-11-27']);
    expect((await anchors()).at(-1)).toMatchObject({ day: '2026-11-27', seq: 9 });
  });

  it('a tail that was cut together with its head shows', async () => {
    await start();
    await asOwner(`delete from audit_entry where seq > 7;
      update audit_head set seq = 7, hash = (select hash from audit_entry where seq = 7)`);
    expect(await verifyAudit(app.database)).toMatchObject({ ok: true, rows: 7 });
    const verdict = await verifyAudit(app.database, undefined, await anchors());
    expect(verdict).toMatchObject({ ok: false, reason: 'tail', firstBadSeq: 8 });
  });

  it('a chain that was written anew from some row on shows, and behind which anchor', async () => {
    await start();
    const noted = await anchors();
    await asOwner(`create temp table kept as select * from audit_entry where seq > 4 order by seq;
      delete from audit_entry where seq > 4;
      update audit_head set seq = 4, hash = (select hash from audit_entry where seq = 4);
      update kept set actor = 'user:somebody' where seq = 5;
      insert into audit_entry (at, actor, action, resource, detail, seq, previous_hash, hash)
        select at, actor, action, resource, detail, 0, '', '' from kept order by seq;
      drop table kept`);
    expect(await verifyAudit(app.database)).toMatchObject({ ok: true, rows: 9 });
    const verdict = await verifyAudit(app.database, undefined, noted);
    expect(verdict).toMatchObject({ ok: false, reason: 'rewritten', firstBadSeq: 4 });
  });

  it('refuses lines that were edited or signed by another', async () => {
    await start();
    const file = anchorFile(dataDir);
    const key = await publicKey();
    const text = await readFile(file, 'utf8');
    const edited = text.replace('\\"seq\\":6', '\\"seq\\":5');
    expect(edited).not.toBe(text);
    await writeFile(file, edited);
    const [, second] = await readAnchorFile(file);
    expect(() => anchorOf(second!, key, 'line 2')).toThrow(BadAnchor);
    const other = signerOf(new Uint8Array(32).fill(1));
    const [row] = await app.database.read(tx => auditDays(tx, 1));
    const forged = { ...signedDay(row!), signature: other.sign(row!.body).toString('base64') };
    expect(() => anchorOf(forged, key, 'x')).toThrow('not that of its text');
    const withKey = { ...forged, publicKey: other.publicKey.toString('base64') };
    expect(() => anchorOf(withKey, key, 'x')).toThrow('another key');
    await appendFile(file, 'not a line\n');
    await expect(readAnchorFile(file)).rejects.toThrow(`${file} line 4: expected a JSON object`);
  });
});
