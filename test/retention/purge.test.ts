import { execFile } from 'node:child_process';
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { sql } from 'drizzle-orm';
import { afterEach, describe, expect, it } from 'vitest';
import { postgresPrograms } from '../../db/cluster.ts';
import { connectDatabase, type Database } from '../../db/connect.ts';
import { purgeReceipts } from '../../db/queries/retention.ts';
import { verifyAudit } from '../../server/audit/verify.ts';
import { archiveAfterDays, retentionRules } from '../../server/retention/classes.ts';
import { archiveIncidents } from '../../server/services/purge/archive.ts';
import { checkReceipts } from '../../server/services/purge/receipt.ts';
import { purge } from '../../server/services/purge/run.ts';
import { runCommand } from '../builders/command.ts';
import { contextOf } from '../../server/auth/reach.ts';
import { alertBody, fromNow, openTrace, type TestApp, testApp } from '../builders/app.ts';
import {
  copyOfTemplate,
  describeEachDatabase,
  dropServerDatabase,
  hasServer,
  newServerDatabase,
} from '../builders/database.ts';

const dayMs = 86_400_000;
const never = new AbortController().signal;
const exec = promisify(execFile);

const canary = {
  name: '金丝雀儿',
  phone: '13987650123',
  idNumber: '53012619900101777X',
  address: '翠雀路 99号',
  vehicle: '云A98761',
};
const note = '金丝雀的备注';
const account = '6222020111122220123';
const at = { lng: 103.271828459, lat: 24.314159265 };
const canaryTexts = [...Object.values(canary), note, account, String(at.lng), String(at.lat)];

/** The canary as it may lie in a file: as text, and each coordinate as the eight bytes of a double. */
function traces(): Buffer[] {
  const double = (value: number) => {
    const bytes = Buffer.alloc(8);
    bytes.writeDoubleLE(value);
    return bytes;
  };
  return [...canaryTexts.map(text => Buffer.from(text)), double(at.lng), double(at.lat)];
}

/** Puts the canary everywhere where something of a subject may come to lie, and closes the incident. */
async function wholeIncident(app: TestApp): Promise<string> {
  const leader = app.as('leader');
  const body = alertBody(
    { externalId: `platform-${canary.phone}`, note, accounts: [{ bank: '农行', number: account }] },
    { ...canary, home: at },
  );
  const { incidentId } = (await leader('POST', '/api/alerts', body)).body as { incidentId: string };
  for (const userId of ['trace', 'leader'])
    await leader('POST', `/api/incidents/${incidentId}/members`, { userId });
  const why = `查找${canary.name}，电话 ${canary.phone}`;
  const glass = await leader('POST', `/api/incidents/${incidentId}/break-glass`, { reason: why });
  expect(glass.status).toBe(201);
  const asked = await app.as('trace')('POST', `/api/incidents/${incidentId}/authorities`, {
    number: '刑查〔2026〕9号',
    legalBasis: '反电信网络诈骗法',
    reason: why,
    expiresAt: fromNow(app.clock, 3_600_000),
  });
  await leader('POST', `/api/authorities/${asked.body.authorityId}/approve`);
  const trace = app.as('trace');
  const reason = { 'X-Access-Reason': encodeURIComponent(why) };
  expect((await trace('POST', `/api/incidents/${incidentId}/looks`, undefined, reason)).status).toBe(200);
  expect((await trace('GET', `/api/incidents/${incidentId}/sightings`, undefined, reason)).status).toBe(200);
  expect((await leader('GET', `/api/incidents/${incidentId}/subject`)).body.phone).toBe(canary.phone);
  const seen = { observedAt: fromNow(app.clock, 0), source: 'carrier', position: at };
  const fix = { ...seen, kind: 'fix', accuracyM: 50 };
  const first = await trace('POST', `/api/incidents/${incidentId}/sightings`, fix);
  expect(first.status).toBe(201);
  const report = { ...seen, kind: 'report', credibility: 1, text: `${note} ${canary.name}` };
  await trace('POST', `/api/incidents/${incidentId}/sightings`, report);
  await trace('POST', `/api/incidents/${incidentId}/sightings`, {
    ...seen,
    kind: 'camera',
    plate: canary.vehicle,
  });
  await trace('POST', `/api/sightings/${first.body.sightingId}/correct`, { ...fix, reason: why });
  await app.database.maintain(tx =>
    tx.execute(sql`insert into belief (incident_id, seq, by_time, at, because, rest_of_world, entropy_bits, posterior, plan)
      values (${incidentId}, 1, false, now(), 'sighting', 0, 1, ${Buffer.from(note)}, ${gzipSync(note)})`),
  );
  await workTheLoop(app, incidentId);
  const closing = await leader('POST', `/api/incidents/${incidentId}/close`, {
    outcome: 'met',
    foundAt: at,
    note,
  });
  expect(closing.status).toBe(200);
  const late = { reportedAt: fromNow(app.clock, 0), transferredAfterAlert: true, caseNumber: note, note };
  expect((await leader('POST', `/api/incidents/${incidentId}/outcomes`, late)).status).toBe(201);
  return incidentId;
}

/** The canary in everything that people say and keep while they work the case. */
async function workTheLoop(app: TestApp, incidentId: string): Promise<void> {
  const leader = app.as('leader');
  const incident = `/api/incidents/${incidentId}`;
  const made = async (path: string, body: unknown, headers?: Record<string, string>) => {
    const answer = await leader('POST', path, body, headers);
    expect([200, 201], `${path} ${JSON.stringify(answer.body)}`).toContain(answer.status);
    return answer.body as Record<string, string>;
  };
  const now = fromNow(app.clock, 0);
  await made(`${incident}/contacts`, { channel: 'family', outcome: 'reached', at: now, note });
  const { stopId } = await made(`${incident}/stop-payments`, { account, amount: 1000 });
  await made(`/api/stop-payments/${stopId}/refuse`, { note });
  await made(`${incident}/trace-requests`, { askedOf: 'hotel', what: `${canary.name} ${note}` });
  const officer = { name: '民警', badgeNumber: `B-${incidentId}`, sworn: true, stationId: 'st-west' };
  const { officerId } = await made('/api/officers', officer);
  const meeting = { at: now, place: canary.address, officers: [officerId] };
  const { meetingId } = await made(`${incident}/meetings`, meeting);
  await made(`/api/meetings/${meetingId}/steps/1`, { done: false, refusal: 'denied', note });
  await made(`${incident}/phrase`, undefined);
  const photo = Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    Buffer.from(note),
  ]);
  const sent = await app.app.request(`/api/meetings/${meetingId}/documents?kind=photo`, {
    method: 'POST',
    headers: { ...app.credentials('leader'), 'content-type': 'image/png' },
    body: new Uint8Array(photo),
  });
  expect([200, 201], await sent.clone().text()).toContain(sent.status);
}

/** All rows of all tables as text, and the planner's samples of them. */
async function sqlDump({ pool }: Database): Promise<string> {
  const tables = await pool.query<{ name: string }>(
    `select oid::regclass::text as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
      and relname <> 'spatial_ref_sys'`,
  );
  const parts = [];
  for (const { name } of tables.rows)
    parts.push(...(await pool.query(`select t::text as row from ${name} t`)).rows.map(({ row }) => row));
  const samples = await pool.query(`select s::text as row from pg_stats s where schemaname = 'public'`);
  return [...parts, ...samples.rows.map(({ row }) => row)].join('\n');
}

async function filesWithTraces(folder: string): Promise<string[]> {
  const wanted = traces();
  const found: string[] = [];
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = join(entry.parentPath, entry.name);
    const bytes = await readFile(file);
    if (wanted.some(trace => bytes.includes(trace))) found.push(file);
  }
  return found;
}

describe('S8 a purge leaves no trace of a canary', () => {
  const undo: (() => Promise<unknown>)[] = [];
  afterEach(async () => {
    for (const action of undo.splice(0).reverse()) await action();
  });

  it('embedded: in no table, no sample and no byte of any file, its write-ahead log included', async () => {
    const dataDir = await copyOfTemplate();
    undo.push(() => rm(dataDir, { recursive: true }));
    const database = await connectDatabase({ dataDir });
    const app = await testApp(database, { dataDir });
    await wholeIncident(app);
    await database.pool.query('checkpoint');
    expect(await sqlDump(database)).toContain(canary.phone);
    expect((await filesWithTraces(dataDir)).length).toBeGreaterThan(2);
    app.clock.advance(400 * dayMs);
    const receipt = await purge(app.deps, never);
    const dump = await sqlDump(database);
    for (const text of canaryTexts) expect(dump).not.toContain(text);
    expect(receipt).toMatchObject({ space: 'rewritten' });
    await app.close();
    expect(await filesWithTraces(dataDir)).toEqual([]);
    await database.close();
    expect(await filesWithTraces(dataDir)).toEqual([]);
  }, 300_000);

  it.runIf(hasServer)(
    'server: in no table, no sample, and not in what pg_dump writes',
    async () => {
      const databaseUrl = await newServerDatabase();
      undo.push(() => dropServerDatabase(databaseUrl));
      const database = await connectDatabase({ databaseUrl, dataDir: '' });
      undo.push(() => database.close());
      const app = await testApp(database);
      undo.push(() => app.close());
      await wholeIncident(app);
      await database.pool.query('analyze');
      const programs = postgresPrograms()!;
      const dump = async () =>
        (await exec(join(programs, 'pg_dump'), [databaseUrl], { maxBuffer: 2 ** 29 })).stdout +
        (await sqlDump(database));
      expect(await dump()).toContain(canary.phone);
      app.clock.advance(400 * dayMs);
      expect(await purge(app.deps, never)).toMatchObject({ space: 'vacuumed' });
      const after = await dump();
      for (const text of canaryTexts) expect(after).not.toContain(text);
    },
    120_000,
  );
});

describeEachDatabase('S8 retention', makeDatabase => {
  let app: TestApp;
  afterEach(() => app.close());
  const start = async () => (app = await testApp(await makeDatabase()));
  const count = async (table: string, where = 'true') =>
    Number((await app.database.pool.query(`select count(*) as n from ${table} where ${where}`)).rows[0].n);

  it('each text is of the incident of what points at it, none is lost, and it is as far as its incident', async () => {
    await start();
    const incidentId = await wholeIncident(app);
    const { pool } = app.database;
    const { rows: pointers } = await pool.query<{ of: string; by: string; incident: string }>(
      `select c.conrelid::regclass::text as of, a.attname as by,
          case c.conrelid when 'incident'::regclass then 'p.id'
            when 'meeting_step'::regclass then '(select m.incident_id from meeting m where m.id = p.meeting_id)'
            else 'p.incident_id' end as incident
        from pg_constraint c join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
        where c.contype = 'f' and c.confrelid = 'text_private'::regclass and c.conparentid = 0 order by 1, 2`,
    );
    expect(pointers.length).toBeGreaterThan(20);
    for (const { of, by, incident } of pointers)
      expect(
        (
          await pool.query(
            `select from ${of} p join text_private t on t.id = p.${by} where t.incident_id is distinct from ${incident}`,
          )
        ).rowCount,
        `${of}.${by}`,
      ).toBe(0);
    const pointed = pointers.map(({ of, by }) => `select ${by} from ${of} where ${by} is not null`);
    expect(
      await count('text_private', `id not in (${pointed.join(' union ')})`),
      'pointed at by nothing',
    ).toBe(0);
    const seen = (role: 'station' | 'operator', stationId: string | null) =>
      app.database.read(
        async tx =>
          (await tx.execute(`select from text_private where incident_id = '${incidentId}'`)).rowCount,
        contextOf({ kind: 'user', userId: 'x', username: 'x', role, stationId, sessionId: '' }),
      );
    const all = await count('text_private');
    expect(all).toBeGreaterThan(10);
    expect(await seen('station', 'st-west')).toBe(all);
    expect(await seen('station', 'st-east')).toBe(0);
    await expect(
      app.database.transaction(
        contextOf({
          kind: 'user',
          userId: 'x',
          username: 'x',
          role: 'station',
          stationId: 'st-east',
          sessionId: '',
        }),
        tx => tx.execute(`insert into text_private values ('txt_x', '${incidentId}', 'x', now())`),
      ),
      'nobody writes into what he does not see',
    ).rejects.toThrow();
  });

  it('takes the trace first and the names later, leaves log and audit whole, and signs what it did', async () => {
    await start();
    const incidentId = await wholeIncident(app);
    const rowsOfLog = await count('domain_event');
    app.clock.advance((retentionRules.trace.defaultDays - 1) * dayMs);
    expect((await purge(app.deps, never))?.classes[0]).toMatchObject({ class: 'trace', incidents: 0 });
    expect(await count('sighting')).toBe(4);
    app.clock.advance(2 * dayMs);
    const first = await purge(app.deps, never);
    expect(first?.classes[0]).toMatchObject({
      incidents: 1,
      rows: { sighting: 4, belief: 1, trace_look: 1 },
    });
    expect(await count('sighting')).toBe(0);
    expect(await count('belief')).toBe(0);
    expect(await count('incident', 'found_at is not null')).toBe(0);
    expect(await count('subject_private')).toBe(1);
    app.clock.advance((retentionRules.vault.defaultDays - retentionRules.trace.defaultDays) * dayMs);
    const second = await purge(app.deps, never);
    expect(second?.classes[1]).toMatchObject({
      incidents: 1,
      rows: { subject_private: 1, account_private: 1 },
    });
    for (const table of ['subject_private', 'text_private', 'account_private'])
      expect(await count(table)).toBe(0);
    // One more row: that the incident left the screens.
    expect(await count('domain_event')).toBe(rowsOfLog + 1);
    expect(await verifyAudit(app.database)).toMatchObject({ ok: true });
    expect(await count('audit_entry', `action = 'retention.erase'`)).toBe(2);
    const receipts = checkReceipts(await app.database.read(purgeReceipts));
    expect(receipts.map(({ valid }) => valid)).toEqual([true, true, true]);
    const written = JSON.stringify(receipts);
    for (const text of [...canaryTexts, incidentId]) expect(written).not.toContain(text);
    // Called again years later she is somebody new.
    const late = await app.asUser('late', 'leader');
    const again = await late('POST', '/api/alerts', alertBody({}, canary));
    expect(again.body).toMatchObject({ joined: false });
    expect((await late('GET', `/api/incidents/${incidentId}`)).body.subject).toBeUndefined();
  });

  it('a receipt that was edited, forged or taken away shows', async () => {
    await start();
    for (let i = 0; i < 3; i++) {
      await purge(app.deps, never);
      app.clock.advance(dayMs);
    }
    const validity = async () =>
      checkReceipts(await app.database.read(purgeReceipts)).map(({ valid }) => valid);
    expect(await validity()).toEqual([true, true, true]);
    const { pool } = app.database;
    const { rows } = await pool.query<{ id: string; body: string }>(
      'select id, body from purge_receipt order by id',
    );
    const set = (id: string, body: string) =>
      pool.query('update purge_receipt set body = $2 where id = $1', [id, body]);
    await set(rows[1]!.id, rows[1]!.body.replace('"held":0', '"held":7'));
    expect(await validity()).toEqual([true, false, false]);
    await set(rows[1]!.id, rows[1]!.body);
    expect(await validity()).toEqual([true, true, true]);
    await pool.query('delete from purge_receipt where id = $1', [rows[0]!.id]);
    expect(await validity()).toEqual([false, true]);
    const rewrite = app.database.transaction({ actor: 'test' }, tx =>
      tx.execute(sql`delete from purge_receipt`),
    );
    await expect(rewrite).rejects.toMatchObject({ cause: { code: '42501' } });
  });

  it('a held incident stays as it is until the hold is lifted; both are audited', async () => {
    await start();
    const incidentId = await wholeIncident(app);
    const admin = app.as('admin');
    const named = (await app.as('leader')('GET', '/api/retention')).body;
    expect(named).toMatchObject({ holds: [], due: 0 });
    const day = new Date(app.clock.now() + 8 * 3_600_000).toISOString().slice(0, 10);
    const held = await admin('POST', '/api/holds', {
      incident: { day, number: 1 },
      reason: '检察院调取证据',
    });
    expect(held.status).toBe(201);
    const twice = await admin('POST', '/api/holds', {
      incident: { id: incidentId },
      reason: '检察院调取证据',
    });
    expect(twice.status).toBe(409);
    app.clock.advance(400 * dayMs);
    const purged = async () => {
      const receipt = await purge(app.deps, never);
      return {
        held: receipt?.held,
        incidents: receipt?.classes.slice(0, 2).map(({ incidents }) => incidents),
      };
    };
    expect(await purged()).toEqual({ held: 1, incidents: [0, 0] });
    expect(await count('subject_private')).toBe(1);
    expect(await count('sighting')).toBe(4);
    const fresh = await app.asUser('late', 'leader');
    expect((await fresh('GET', '/api/retention')).body).toMatchObject({
      holds: [
        { incident: { id: incidentId, day, number: 1 }, reason: '检察院调取证据', placedBy: '名 admin' },
      ],
    });
    const lifted = await fresh('POST', `/api/holds/${held.body.holdId}/lift`, { reason: '案件已经判决生效' });
    expect(lifted.status).toBe(200);
    expect(await purged()).toEqual({ held: 0, incidents: [1, 1] });
    expect(await count('subject_private')).toBe(0);
    const { rows } = await app.database.pool.query(
      `select action, actor, incident_id from audit_entry where action like 'hold.%' order by seq`,
    );
    expect(rows).toEqual([
      { action: 'hold.place', actor: 'user:admin', incident_id: incidentId },
      { action: 'hold.lift', actor: 'user:late', incident_id: incidentId },
    ]);
    const gone = await fresh('POST', '/api/holds', {
      incident: { id: incidentId },
      reason: '检察院调取证据',
    });
    expect(gone.status).toBe(409);
  });

  it('a person who is in another incident that is kept keeps her name', async () => {
    await start();
    const first = await wholeIncident(app);
    app.clock.advance(300 * dayMs);
    const fresh = await app.asUser('late', 'leader');
    const second = (await fresh('POST', '/api/alerts', alertBody({}, canary))).body;
    expect(second.joined).toBe(false);
    app.clock.advance(100 * dayMs);
    await purge(app.deps, never);
    expect(await count('text_private', `incident_id = '${first}'`)).toBe(0);
    expect(await count('subject_private')).toBe(1);
  });

  it('periods are set within their bounds, with a reason, and only by an administrator', async () => {
    await start();
    const set = (days: number, name = 'trace') => ({
      path: `/api/retention/${name}`,
      body: { days, reason: '县局决定缩短期限' },
    });
    const put = (role: 'admin' | 'leader', { path, body }: ReturnType<typeof set>) =>
      app.as(role)('PUT', path, body);
    expect((await put('leader', set(60))).status).toBe(403);
    expect((await put('admin', set(29))).status).toBe(400);
    expect((await put('admin', set(366))).status).toBe(400);
    expect((await put('admin', set(60, 'nothing'))).status).toBe(400);
    expect((await put('admin', set(60))).body).toEqual({ class: 'trace', days: 60 });
    // Names may not go before what is known about them.
    expect((await put('admin', set(45, 'vault'))).status).toBe(400);
    const { periods } = (await app.as('auditor')('GET', '/api/retention')).body;
    expect(periods[0]).toMatchObject({ class: 'trace', days: 60, defaultDays: 90, setBy: '名 admin' });
    const { rows } = await app.database.pool.query(
      `select detail from audit_entry where action = 'retention.set'`,
    );
    expect(rows).toEqual([{ detail: { days: 60, before: 90 } }]);
  });

  it('forgets sessions, refused sign-ins and kept answers in their time', async () => {
    await start();
    await app.as('operator')('POST', '/api/alerts', alertBody(), { 'Idempotency-Key': 'one' });
    await app.database.pool.query(`insert into login_failure (username, at) values ('x', $1)`, [
      new Date(app.clock.now()),
    ]);
    app.clock.advance(8 * dayMs);
    await purge(app.deps, never);
    expect(await count('idempotency_key')).toBe(0);
    expect(await count('user_session')).toBeGreaterThan(0);
    app.clock.advance(180 * dayMs);
    await purge(app.deps, never);
    expect(await count('user_session')).toBe(0);
    expect(await count('login_failure')).toBe(0);
  });

  it('an incident leaves the screens some days after closing, and comes back after no restart', async () => {
    await start();
    const incidentId = await wholeIncident(app);
    await app.settled();
    expect(app.deps.live.world().incidents[incidentId]).toMatchObject({ state: 'closed' });
    app.clock.advance((archiveAfterDays + 1) * dayMs);
    expect(await archiveIncidents(app.deps, never)).toBe(1);
    expect(await archiveIncidents(app.deps, never)).toBe(0);
    await app.settled();
    expect(app.deps.live.world().incidents).toEqual({});
    expect(app.deps.live.world().tasks).toEqual({});
    const { startLive } = await import('../../server/live/live.ts');
    const again = await startLive(app.deps);
    expect(again.world().incidents).toEqual({});
    await again.stop();
    const late = await app.asUser('late', 'leader');
    expect((await late('GET', `/api/incidents/${incidentId}`)).status).toBe(200);
  });

  it('an open trace cannot be purged, however old it is', async () => {
    await start();
    const { incidentId } = await openTrace(app);
    app.clock.advance(1200 * dayMs);
    await purge(app.deps, never);
    expect(await count('subject_private')).toBe(1);
    expect(await count('incident', `id = '${incidentId}' and archived_at is null`)).toBe(1);
  });
});

describe('S8 npm run purge', () => {
  const run = (env: Record<string, string>, ...args: string[]) => runCommand('purge', env, ...args);

  it.runIf(hasServer)(
    'runs, says what is due, and checks the receipts',
    async () => {
      const databaseUrl = await newServerDatabase();
      const env = { DATABASE_URL: databaseUrl };
      try {
        expect(await run(env, '--due')).toMatchObject({ code: 0, out: '0 incidents are due, 0 are held\n' });
        const { code, out } = await run(env);
        expect(code).toBe(0);
        expect(out).toMatch(/^receipt rcp_\w+, 0 incidents held, space vacuumed\n {2}trace/);
        expect(await run(env, '--verify')).toMatchObject({ code: 0, out: 'ok: 1 receipts\n' });
        const database = await connectDatabase({ databaseUrl, dataDir: '' });
        await database.pool.query(`update purge_receipt set body = replace(body, '"held":0', '"held":1')`);
        await database.close();
        expect(await run(env, '--verify')).toMatchObject({ code: 1, err: expect.stringContaining('BAD') });
        expect(await run(env, '--verify', '--due')).toMatchObject({ code: 2 });
      } finally {
        await dropServerDatabase(databaseUrl);
      }
    },
    60_000,
  );
});
