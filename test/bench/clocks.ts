/**
 * What waiting clocks cost: reading them at the start, a second in which nothing is due, one that is due among them, all of them
 * due at once with two servers on the database, and a fact that moves a clock beside one that moves none. Embedded, or
 * DATABASE_URL. `--clocks N`.
 */
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import type { NewDomainEvent } from '#domain/event/event.ts';
import { emptyWorld } from '#domain/world.ts';
import { connectDatabase } from '../../db/connect.ts';
import { clockActor } from '../../server/auth/actor.ts';
import type { ServiceDeps } from '../../server/deps.ts';
import { clockJobs } from '../../server/jobs/clock-jobs.ts';
import { createLog } from '../../server/log.ts';
import { perform } from '../../server/services/unit-of-work.ts';
import { InProcessBus } from '../../server/stream/bus.ts';
import { ManualClock } from '../builders/clock.ts';
import { option, printReport, round, seedOption, spread } from './report.ts';

const count = Number(option('clocks') ?? 10_000);
const idleTurns = 2000;
const writes = 200;
const hour = 3_600_000;
const never = new AbortController().signal;
const databaseUrl = process.env['DATABASE_URL'];
const dataDir = await mkdtemp(join(tmpdir(), 'jianmian-bench-'));
const database = await connectDatabase({ databaseUrl, dataDir });
const clock = new ManualClock();
const log = createLog('warn');
const deps: ServiceDeps = {
  clock,
  database,
  log,
  randomBytes: bytes => new Uint8Array(randomBytes(bytes)),
  hashKey: new Uint8Array(32),
  bus: new InProcessBus(error => log.error({ error }, 'a listener failed')),
};
const live = { world: () => emptyWorld };

/** Each clock with an incident of its own, all due in an hour; of a risk and a kind that call nobody. */
async function seed(): Promise<void> {
  const startedAt = new Date(clock.now()).toISOString();
  await database.maintain(async tx => {
    await tx.execute(
      sql`insert into subject select 'bench-' || i, now() from generate_series(1, ${count}::int) i`,
    );
    await tx.execute(sql`insert into incident (id, number, subject_id, state, risk, scam_type, station_basis, opened_at)
      select 'bench-' || i, i, 'bench-' || i, 'open', 'low', 'loan', 'none', now() from generate_series(1, ${count}::int) i`);
    await tx.execute(sql`insert into clock (id, incident_id, kind, ref_id, started_at, warn_at, due_at)
      select 'bench-' || i, 'bench-' || i, 'acknowledge', 'bench-' || i, t, t + interval '59 min', t + interval '1 h'
      from generate_series(1, ${count}::int) i, (select ${startedAt}::timestamptz as t) s`);
  });
  await database.pool.query('analyze');
}

/** A server's clocks: reads those that run, and a turn of the job that tells of them. */
async function server() {
  const begun = performance.now();
  const { jobs, close } = await clockJobs(deps, live);
  const startMs = performance.now() - begun;
  const fire = jobs.find(({ name }) => name === 'fireClocks')!;
  return { startMs, turn: () => fire.run(never), close };
}

/** Milliseconds of one transaction with one fact. */
async function write(fact: NewDomainEvent): Promise<number> {
  const begun = performance.now();
  await perform(deps, { actor: clockActor }, async work => {
    work.append(fact);
  });
  return performance.now() - begun;
}
const facts = {
  noClock: (i: number): NewDomainEvent => ({
    kind: 'lineTaken',
    incidentId: `bench-${i}`,
    observedAt: new Date(clock.now()).toISOString(),
    payload: { incidentId: `bench-${i}`, line: 'trace', userId: null },
  }),
  stopsOne: (i: number): NewDomainEvent => ({
    kind: 'orderMoved',
    incidentId: `bench-${i}`,
    observedAt: new Date(clock.now()).toISOString(),
    payload: { incidentId: `bench-${i}`, orderId: `bench-${i}`, stationId: 'bench', to: 'acknowledged' },
  }),
};

async function told(kind: string): Promise<{ count: number; clocks: number }> {
  const { rows } = await database.pool.query<{ count: number; clocks: number }>(
    `select count(*)::int as count, count(distinct payload->>'clockId')::int as clocks from domain_event where kind = $1`,
    [kind],
  );
  return rows[0]!;
}

/** Milliseconds until both have told of all that is due. */
async function bothTell(servers: readonly { turn: () => Promise<unknown> }[]): Promise<number> {
  const begun = performance.now();
  await Promise.all(servers.map(({ turn }) => turn()));
  return round(performance.now() - begun);
}

try {
  await seed();
  const one = await server();
  const begun = performance.now();
  for (let turn = 0; turn < idleTurns; turn++) await one.turn();
  const idleTurnUs = round(((performance.now() - begun) / idleTurns) * 1000);
  if ((await told('clockWarned')).count > 0) throw new Error('a clock warned before its time');
  const [noClockMs, stopsOneMs]: [number[], number[]] = [[], []];
  // In turns, so that what else the machine does falls on both alike.
  for (let i = 1; i <= writes; i++) {
    noClockMs.push(await write(facts.noClock(i)));
    stopsOneMs.push(await write(facts.stopsOne(i)));
  }
  // One is due sooner than the others.
  const first = `bench-${writes + 1}`;
  await database.pool.query(
    `update clock set warn_at = warn_at - interval '10 min', due_at = due_at - interval '10 min' where id = $1`,
    [first],
  );
  one.close();
  const servers = [await server(), await server()];
  clock.advance(hour - 10 * 60_000 + 1000);
  const oneDueMs = await bothTell(servers);
  clock.advance(10 * 60_000);
  const allDueMs = await bothTell(servers);
  const breached = await told('clockBreached');
  for (const { close } of servers) close();
  const expected = count - writes;
  if (breached.count !== expected || breached.clocks !== expected)
    throw new Error(`${breached.count} breaches of ${breached.clocks} clocks; expected ${expected} of each`);
  printReport(
    {
      bench: 'clocks',
      seed: seedOption(),
      figures: {
        clocks: count,
        startMs: round(one.startMs),
        idleTurnUs,
        oneDueTwoServersMs: oneDueMs,
        allDueTwoServersMs: allDueMs,
        allDuePerS: Math.round((expected / allDueMs) * 1000),
        factThatStopsOneMs: spread(stopsOneMs),
        toldTwice: breached.count - breached.clocks,
      },
      bounds: { factWithoutClockMs: spread(noClockMs) },
      peers: {},
    },
    [
      `${database.kind === 'embedded' ? 'embedded database' : 'PostgreSQL'}, ${count} clocks that wait, one an incident`,
      `Node ${process.version}, ${availableParallelism()} cores`,
    ],
  );
} finally {
  await database.close();
  await rm(dataDir, { recursive: true, force: true });
}
