/**
 * What audit and row-level security cost the people who ask: the list of incidents, one incident, and where she may be, each with
 * both, without the policies of the rows, without the audit row, and without either. One call of each way after the other, so that
 * what else the machine does falls on all alike; a difference is of the calls of one round, with its 95 % interval (bootstrap over
 * blocks of rounds). Without policies works a role that they do not hold for, in the same database at the same moment.
 * Embedded, or DATABASE_URL of a superuser. `--incidents N`, `--calls N`.
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
import { SYSTEM, type TransactionContext, type Tx } from '../../db/transaction.ts';
import { contextOf, listReach, lookContextOf } from '../../server/auth/reach.ts';
import { type Figures, option, printReport, round, seedOption, spread } from './report.ts';

const incidents = Number(option('incidents') ?? 5000);
const calls = Number(option('calls') ?? 300);
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
/** Twenty stations, three alerts, two members, a sighting and a belief to each incident. */
async function seedCounty(): Promise<void> {
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

/** What the application's role may do, without its policies. */
const bare = 'bench_without_policies';

async function makeBareRole(): Promise<void> {
  await dropBareRole();
  await database.pool.query(`create role ${bare} bypassrls in role jianmian_app`);
}
async function dropBareRole(): Promise<void> {
  await database.pool.query(`drop role if exists ${bare}`);
}

/** As `database.read`, with the policies or without. */
const read = <T>(secured: boolean, context: TransactionContext, ask: (tx: Tx) => Promise<T>): Promise<T> =>
  database.read(async tx => {
    // Both ways one statement more, for the same price.
    await tx.execute(sql`select set_config('role', ${secured ? 'jianmian_app' : bare}, true)`);
    return ask(tx);
  }, context);

const query = { limit: 51 };
const one = (call: number) => `bench-${(call % incidents) + 1}`;
/** What each question reads, and for whom. */
const questions: Record<string, (call: number, secured: boolean) => Promise<unknown>> = {
  listOfAll: (_, secured) => list(person('operator'), secured),
  listOfStation: (_, secured) => list(person('station'), secured),
  detail: (call, secured) =>
    read(secured, contextOf(person('operator')), tx => incidentDetail(tx, one(call))),
  posterior: (call, secured) =>
    read(secured, lookContextOf(person('operator'), one(call), nowMs), tx => beliefAt(tx, one(call), 9)),
};
const list = (who: ReturnType<typeof person>, secured: boolean) =>
  read(secured, contextOf(who), tx => listIncidents(tx, listReach(who, 'incident.read'), query));

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

const ways = [
  { name: 'neither', secured: false, audit: false },
  { name: 'rowSecurity', secured: true, audit: false },
  { name: 'audit', secured: false, audit: true },
  { name: 'both', secured: true, audit: true },
] as const;
type Way = (typeof ways)[number]['name'];

/** Milliseconds of each way, round by round. */
async function run(
  ask: (call: number, secured: boolean) => Promise<unknown>,
): Promise<Record<Way, number[]>> {
  const times: Record<Way, number[]> = { neither: [], rowSecurity: [], audit: [], both: [] };
  const warmUp = Math.ceil(calls / 10);
  for (let call = -warmUp; call < calls; call++) {
    // Nobody is always the first after the pause.
    for (let turn = 0; turn < ways.length; turn++) {
      const way = ways[(turn + call + warmUp) % ways.length]!;
      const begun = performance.now();
      if (way.audit) await audited(SYSTEM);
      await ask(Math.abs(call), way.secured);
      if (call >= 0) times[way.name].push(performance.now() - begun);
    }
  }
  return times;
}

const seed = seedOption();
const blockOfRounds = 10;

/** How much more `way` takes than `than` at a percentile, with the middle 95 % of what resampled blocks of rounds say. */
function difference(way: readonly number[], than: readonly number[], percentile: 'p50' | 'p95'): string {
  const blocks = Math.ceil(than.length / blockOfRounds);
  const random = mulberry32(seed);
  const drawn = Array.from({ length: 400 }, () => {
    const rows = Array.from({ length: blocks }, () => Math.floor(random() * blocks)).flatMap(block =>
      Array.from({ length: blockOfRounds }, (_, i) => block * blockOfRounds + i).filter(
        row => row < than.length,
      ),
    );
    const at = (times: readonly number[]) => spread(rows.map(row => times[row]!))[percentile];
    return at(way) - at(than);
  }).toSorted((a, b) => a - b);
  const middle = round(spread([...way])[percentile] - spread([...than])[percentile]);
  return `${middle} [${round(drawn[10]!)}, ${round(drawn[389]!)}]`;
}

/** A small generator of random numbers that repeats with its seed (Tommy Ettinger's mulberry32). */
function mulberry32(start: number): () => number {
  let state = start;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

try {
  await makeBareRole();
  await seedCounty();
  const figures: Figures = {};
  for (const [name, ask] of Object.entries(questions)) {
    const times = await run(ask);
    const more = (way: Way, percentile: 'p50' | 'p95') => difference(times[way], times.neither, percentile);
    figures[name] = Object.fromEntries(
      ways.map(({ name: way }) => [
        way,
        { ms: spread(times[way]), moreP50: more(way, 'p50'), moreP95: more(way, 'p95') },
      ]),
    );
  }
  printReport({ bench: 'access', seed, figures, bounds: {}, peers: {} }, [
    `${database.kind === 'embedded' ? 'embedded database' : 'PostgreSQL'}, ${incidents} incidents, ${calls} calls each way, in turns`,
    `Node ${process.version}, ${availableParallelism()} cores`,
  ]);
} finally {
  await dropBareRole().catch(() => undefined);
  await database.close();
  await rm(dataDir, { recursive: true, force: true });
}
