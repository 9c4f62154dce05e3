/**
 * What audit and row-level security cost the people who ask: the list of incidents, one incident, and where she may be, each with
 * both, without the policies of the rows (the tables' own are switched off for the run), without the audit row, and without either.
 * Embedded, or DATABASE_URL. `--incidents N`, `--calls N`.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { connectDatabase } from '../../db/connect.ts';
import { beliefAt } from '../../db/queries/belief.ts';
import { incidentDetail } from '../../db/queries/incident-detail.ts';
import { listIncidents } from '../../db/queries/list-incidents.ts';
import { auditEntry } from '../../db/schema/index.ts';
import { SYSTEM, type TransactionContext } from '../../db/transaction.ts';
import { contextOf, listReach, lookContextOf } from '../../server/auth/reach.ts';
import { option, printReport, round, seedOption, spread } from './report.ts';

const incidents = Number(option('incidents') ?? 5000);
const calls = Number(option('calls') ?? 300);
const rounds = 5;
const databaseUrl = process.env['DATABASE_URL'];
const dataDir = await mkdtemp(join(tmpdir(), 'jianmian-bench-'));
const database = await connectDatabase({ databaseUrl, dataDir });
const nowMs = Date.UTC(2026, 10, 22);
const person = (role: 'operator' | 'station') =>
  ({
    kind: 'user',
    userId: `bench-${role}`,
    username: role,
    role,
    stationId: role === 'station' ? 'bench-1' : null,
    sessionId: 's',
  }) as const;
const tables =
  'incident incident_member alert authority trace_look subject subject_private text_private account_private sighting belief task'.split(
    ' ',
  );

/** Twenty stations, three alerts, two members, a sighting and a belief to each incident. */
async function seed(): Promise<void> {
  await database.maintain(async tx => {
    await tx.execute(sql`insert into station select 'bench-' || s, 's', null, ST_SetSRID(ST_MakePoint(103, 24), 4326)
      from generate_series(1, 20) s`);
    await tx.execute(sql`insert into app_user (id, username, display_name, role, password_hash, created_at)
      select 'bench-' || r, 'bench-' || r, r, r, '-', now() from unnest(array['operator', 'station', 'leader']) r`);
    await tx.execute(
      sql`insert into subject select 'bench-' || i, now() from generate_series(1, ${incidents}::int) i`,
    );
    await tx.execute(sql`insert into subject_private (subject_id, name, phone, phone_hash)
      select 'bench-' || i, '赵小兰', '138' || i, sha256(convert_to(i::text, 'UTF8')) from generate_series(1, ${incidents}::int) i`);
    await tx.execute(sql`insert into incident (id, number, subject_id, state, risk, scam_type, station_id, station_basis, opened_at)
      select 'bench-' || i, i, 'bench-' || i, 'open', 'high', 'loan', 'bench-' || (i % 20 + 1), 'nearest', now()
      from generate_series(1, ${incidents}::int) i`);
    await tx.execute(sql`insert into alert (id, incident_id, source, risk, scam_type, observed_at, received_at, content_hash)
      select 'bench-' || i || '-' || a, 'bench-' || i, 's', 'high', 'loan', now(), now(), '' from generate_series(1, ${incidents}::int) i,
      generate_series(1, 3) a`);
    await tx.execute(sql`insert into incident_member select 'bench-' || i, 'bench-' || r, 'x', now()
      from generate_series(1, ${incidents}::int) i, unnest(array['operator', 'leader']) r`);
    await tx.execute(sql`insert into authority (id, incident_id, number, legal_basis, reason, requested_by, requested_at, expires_at,
        approved_by)
      select 'bench-' || i, 'bench-' || i, '1', 'b', 'r', 'bench-operator', now(), '2100-01-01', 'bench-leader'
      from generate_series(1, ${incidents}::int) i`);
    await tx.execute(sql`insert into sighting (id, incident_id, kind, source, observed_at, received_at, detail, raw, recorded_by)
      select 'bench-' || i, 'bench-' || i, 'fix', 's', now(), now(), '{}', '{}', 'x' from generate_series(1, ${incidents}::int) i`);
    await tx.execute(sql`insert into belief (incident_id, seq, by_time, at, because, rest_of_world, entropy_bits, posterior, plan)
      select 'bench-' || i, 1, false, now(), 'opened', 0, 0, decode(repeat('ab', 20000), 'hex'), '' from generate_series(1, ${incidents}::int) i`);
  });
  await database.pool.query('analyze');
}

async function secure(on: boolean): Promise<void> {
  for (const table of tables)
    await database.pool.query(`alter table ${table} ${on ? 'enable' : 'disable'} row level security`);
}

/** The same names with other values. */
const mapped = <A, B>(of: Record<string, A>, to: (value: A) => B): Record<string, B> =>
  Object.fromEntries(Object.entries(of).map(([name, value]) => [name, to(value)]));

const query = { limit: 51 };
const one = (call: number) => `bench-${(call % incidents) + 1}`;
/** What each question reads, and for whom. */
const questions: Record<string, (call: number) => Promise<unknown>> = {
  listOfAll: () => list(person('operator')),
  listOfStation: () => list(person('station')),
  detail: call => database.read(tx => incidentDetail(tx, one(call)), contextOf(person('operator'))),
  posterior: call =>
    database.read(tx => beliefAt(tx, one(call), 9), lookContextOf(person('operator'), one(call), nowMs)),
};
const list = (who: ReturnType<typeof person>) =>
  database.read(tx => listIncidents(tx, listReach(who, 'incident.read'), query), contextOf(who));

/** As the services do before a look: its row, committed. */
const audited = (context: TransactionContext) =>
  database.transaction(context, async tx => {
    await tx.insert(auditEntry).values({
      seq: 0,
      at: new Date(nowMs),
      actor: 'user:bench',
      action: 'trace.read',
      resource: 'bench',
      detail: {},
      previousHash: new Uint8Array(),
      hash: new Uint8Array(),
    });
  });

async function run(ask: (call: number) => Promise<unknown>, audit: boolean): Promise<number[]> {
  const times: number[] = [];
  for (let call = -calls / rounds / 5; call < calls / rounds; call++) {
    const begun = performance.now();
    if (audit) await audited(SYSTEM);
    await ask(Math.abs(Math.round(call)));
    if (call >= 0) times.push(performance.now() - begun);
  }
  return times;
}

try {
  await seed();
  const times: Record<string, Record<string, number[]>> = {};
  // In turns, so that what else the machine does falls on all alike.
  for (let turn = 0; turn < rounds; turn++) {
    for (const rowSecurity of [true, false]) {
      await secure(rowSecurity);
      for (const audit of [true, false]) {
        const how = `${rowSecurity ? 'rowSecurity' : 'noRowSecurity'}${audit ? 'Audit' : ''}`;
        for (const [name, ask] of Object.entries(questions))
          ((times[name] ??= {})[how] ??= []).push(...(await run(ask, audit)));
      }
    }
  }
  const figures = mapped(times, ways =>
    mapped(ways, taken => ({ ms: spread(taken), leastMs: round(Math.min(...taken)) })),
  );
  printReport({ bench: 'access', seed: seedOption(), figures, bounds: {}, peers: {} }, [
    `${database.kind === 'embedded' ? 'embedded database' : 'PostgreSQL'}, ${incidents} incidents, ${calls} calls each, one after the other`,
    `Node ${process.version}, ${availableParallelism()} cores`,
  ]);
} finally {
  await secure(true);
  await database.close();
  await rm(dataDir, { recursive: true, force: true });
}
