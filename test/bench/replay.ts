/**
 * A replay of eight hours with 300 units out of ten million stored positions (PostgreSQL of its own; one million embedded): how long
 * it takes to open, and to go to any moment of it. Beside it the way of tools that load every point into the browser and filter by
 * time: the same points as rows of JSON, kept as objects, and filtered again at each seek. `--points N` makes fewer.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import type { EndMessage, TrackMessage } from '#contract/replay.ts';
import type { SnapshotMessage } from '#contract/stream.ts';
import type { Fact } from '#domain/apply.ts';
import { createRandom, type Random } from '#domain/random.ts';
import { decodeChunk } from '#domain/track/chunk.ts';
import { mergeTracks, type Track } from '#domain/track/track.ts';
import { Recording } from '../../client/replay/recording.ts';
import { postgresPrograms, startCluster, stopCluster } from '../../db/cluster.ts';
import { connectDatabase, type Database } from '../../db/connect.ts';
import { type Day, startOfDay } from '../../db/partitions.ts';
import { compactTracks } from '../../server/services/track/compact.ts';
import { type TestApp, testApp } from '../builders/app.ts';
import { messagesIn } from '../stream/stream-client.ts';
import { type Figures, option, printReport, round, seedOption, type Spread, spread } from './report.ts';
import { storePatrols } from './track-rows.ts';

const seed = seedOption();
const units = 300;
const days: Day[] = ['2026-11-18', '2026-11-19'];
/** The incident: from eight in the morning to four in the afternoon in Shanghai. */
const openedMs = startOfDay('2026-11-19');
const closedMs = openedMs + 8 * 3_600_000;
/** Rows of the log, of which so many are the incident's. */
const logRows = 100_000;
const ownRows = 400;
const openings = 5;
const seeks = 500;
const never = new AbortController().signal;

/** ms that the peer's JSON took to be made. */
let making = 0;
const serverPoints = Number(option('points') ?? 10_000_000);
const dataDir = await mkdtemp(join(tmpdir(), 'jianmian-bench-'));
const figures: Figures = {};
const peers: Figures = {};
try {
  if (postgresPrograms() && !process.argv.includes('--embedded')) {
    const { databaseUrl } = await startCluster({ folder: join(dataDir, 'postgres') });
    await bench('server', await connectDatabase({ databaseUrl, dataDir }), serverPoints);
  } else console.log('PostgreSQL is not installed: only the embedded database is measured.');
  await bench('embedded', await connectDatabase({ dataDir }), Math.min(1_000_000, serverPoints));
} finally {
  await stopCluster(join(dataDir, 'postgres'), { remove: true });
  await rm(dataDir, { recursive: true, force: true });
}
printReport({ bench: 'replay', seed, figures, bounds: { seekP95Ms: 200 }, peers }, [
  `${units} units, eight hours, ${logRows} rows of the log, ${openings} openings, ${seeks} seeks`,
  `Node ${process.version}, ${availableParallelism()} cores`,
]);

async function bench(name: string, database: Database, points: number): Promise<void> {
  const app = await testApp(database);
  try {
    const everyS = Math.max(1, Math.round((units * days.length * 86_400) / points));
    const stored = await storePatrols(database, { units, days, everyS, seed });
    await compactTracks({ database, clock: { now: () => Date.parse('2026-11-22T01:00:00Z') } }, never);
    const incidentId = await storeLog(database);
    const own = await measured(() => openOften(app, incidentId));
    const { recording, bytes, fixes, firstOpenMs, openMs } = own.value;
    const random = createRandom(seed);
    const seekMs = seekOften(recording, random.fork('seeks'));
    figures[name] = {
      rows: stored,
      everyS,
      firstOpenMs,
      openMs,
      seekMs,
      positions: fixes,
      bytesPerPosition: round(bytes / fixes),
      memoryMB: own.memoryMB,
    };
    const all = await measured(() => loadAll(database));
    peers[name] = {
      allPointsInTheBrowser: {
        openMs: round(all.value.tookMs),
        seekMs: filterOften(all.value.points, 2 * everyS, random.fork('filter')),
        positions: all.value.points.length,
        bytesPerPosition: round(all.value.bytes / all.value.points.length),
        memoryMB: all.memoryMB,
      },
    };
  } finally {
    await app.close();
    await database.close();
  }
}

/** The units as the log knows them, an incident of eight hours, and what else the centre did before and meanwhile. */
async function storeLog(database: Database): Promise<string> {
  const incidentId = 'inc_bench00000000000000000000';
  const row = sql`insert into domain_event (kind, incident_id, actor, observed_at, received_at, payload)`;
  await database.maintain(async tx => {
    await tx.execute('set local statement_timeout = 0');
    await tx.execute(sql`insert into subject (id, created_at) values ('sub_bench', now())`);
    await tx.execute(sql`insert into incident (id, number, subject_id, state, risk, scam_type, station_id, station_basis, opened_at, closed_at, outcome)
      values (${incidentId}, 1, 'sub_bench', 'closed', 'high', 'fakePolice', null, 'none', to_timestamp(${openedMs / 1000}),
        to_timestamp(${closedMs / 1000}), 'met')`);
    await tx.execute(sql`${row} select 'unitCreated', null, 'system:bench', t.at, t.at,
        jsonb_build_object('unitId', 'unt_' || lpad(n::text, 26, '0'), 'slot', n - 1, 'callsign', 'C' || n, 'kind', 'car',
          'stationId', null, 'state', 'available', 'crew', '{"sworn":1,"auxiliary":1}'::jsonb)
      from generate_series(1, ${units}::int) n, (select to_timestamp(${startOfDay(days[0]!) / 1000}) as at) t`);
    await tx.execute(states(row, logRows - ownRows, startOfDay(days[0]!), openedMs));
    await tx.execute(sql`${row} select 'incidentOpened', ${incidentId}, 'system:bench', t.at, t.at,
        jsonb_build_object('incidentId', ${incidentId}::text, 'number', 1, 'subjectId', 'sub_bench', 'risk', 'high', 'scamType',
          'fakePolice', 'stationId', null, 'stationBasis', 'none', 'openedAt', ${new Date(openedMs).toISOString()}::text)
      from (select to_timestamp(${openedMs / 1000}) as at) t`);
    await tx.execute(states(row, 3000, openedMs, closedMs));
    await tx.execute(sql`${row} select 'contactMade', ${incidentId}, 'system:bench', t.at, t.at,
        jsonb_build_object('incidentId', ${incidentId}::text, 'contactId', 'con_' || n, 'channel', 'call', 'outcome', 'noAnswer',
          'at', to_char(t.at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
      from generate_series(1, ${ownRows}::int) n,
        lateral (select to_timestamp(${openedMs / 1000} + n * ${(closedMs - openedMs) / 1000 / (ownRows + 1)}::float8) as at) t`);
    await tx.execute(sql`${row} select 'incidentClosed', ${incidentId}, 'system:bench', t.at, t.at,
        jsonb_build_object('incidentId', ${incidentId}::text, 'outcome', 'met', 'closedAt', ${new Date(closedMs).toISOString()}::text)
      from (select to_timestamp(${closedMs / 1000}) as at) t`);
  });
  return incidentId;
}

/** Units that change their state, evenly over a span. */
function states(row: ReturnType<typeof sql>, count: number, fromMs: number, toMs: number) {
  return sql`${row}
  select 'unitStateChanged', null, 'system:bench', t.at, t.at, jsonb_build_object(
    'unitId', 'unt_' || lpad((1 + n % ${units})::text, 26, '0'), 'state', case n % 2 when 0 then 'available' else 'enRoute' end)
  from generate_series(1, ${count}::int) n,
    lateral (select to_timestamp(${fromMs / 1000} + n * ${(toMs - fromMs) / 1000 / (count + 1)}::float8) as at) t`;
}

/** From the question to a recording that can be shown, as the browser does it. */
async function openOften(app: TestApp, incidentId: string) {
  const times: number[] = [];
  let opened!: Omit<Awaited<ReturnType<typeof open>>, 'tookMs'>;
  for (let i = 0; i < openings; i++) {
    const { tookMs, ...rest } = await open(app, incidentId);
    times.push(tookMs);
    opened = rest;
  }
  return { ...opened, firstOpenMs: round(times[0]!), openMs: spread(times.slice(1)) };
}

async function open(app: TestApp, incidentId: string) {
  const begun = performance.now();
  const response = await app.app.request(`/api/replay/${incidentId}`, {
    headers: app.credentials('analyst'),
  });
  const text = await response.text();
  if (response.status !== 200) throw new Error(text);
  const messages = messagesIn(text);
  const of = <T>(name: string) =>
    messages.filter(each => each.name === name).map(({ data }) => JSON.parse(data) as T);
  const parts = new Map<string, Track[]>();
  let bytes = 0;
  for (const { unitId, chunk } of of<TrackMessage>('track')) {
    const body = Buffer.from(chunk, 'base64');
    bytes += body.length;
    parts.set(unitId, [...(parts.get(unitId) ?? []), decodeChunk(body)]);
  }
  const tracks = new Map([...parts].map(([unitId, chunks]) => [unitId, mergeTracks(chunks)]));
  const [{ from, to }] = of<EndMessage>('end') as [EndMessage];
  const span = { fromMs: Date.parse(from), toMs: Date.parse(to) };
  const [snapshot] = of<SnapshotMessage>('snapshot') as [SnapshotMessage];
  const recording = new Recording(snapshot.world, of<Fact>('fact'), tracks, span);
  const fixes = [...tracks.values()].reduce((sum, { length }) => sum + length, 0);
  return { tookMs: performance.now() - begun, recording, bytes, fixes };
}

/** To any moment: the world of it and where each unit was. */
function seekOften(recording: Recording, random: Random): Spread {
  const times: number[] = [];
  for (let i = 0; i < seeks; i++) {
    const atMs = random.range(recording.fromMs, recording.toMs);
    const begun = performance.now();
    const world = recording.worldAfter('known', recording.countAt('known', atMs));
    const bytes = recording.positionsAt('known', atMs, world);
    times.push(performance.now() - begun);
    if (bytes.length === 0) throw new Error('no unit was anywhere');
  }
  return spread(times);
}

interface Point {
  unitId: string;
  atMs: number;
  lng: number;
  lat: number;
}

/** Every point of the eight hours as rows of JSON, parsed to objects. */
async function loadAll({ pool }: Database): Promise<{ points: Point[]; tookMs: number; bytes: number }> {
  making = 0;
  const begun = performance.now();
  const points: Point[] = [];
  let bytes = 0;
  for (let fromMs = openedMs; fromMs < closedMs; fromMs += 900_000) {
    const { rows } = await pool.query<{ body: Uint8Array; unitId: string }>(
      `select unit_id as "unitId", body from track_chunk where window_at = to_timestamp($1::float8)`,
      [fromMs / 1000],
    );
    // The rows as such a tool gets them: the making of the JSON is not counted.
    const made = performance.now();
    const text = JSON.stringify(
      rows.flatMap(({ unitId, body }) => {
        const track = decodeChunk(body);
        return Array.from(
          { length: track.length },
          (_, i): Point => ({
            unitId,
            atMs: track.observedAtMs[i]!,
            lng: track.lngE7[i]! / 1e7,
            lat: track.latE7[i]! / 1e7,
          }),
        );
      }),
    );
    making += performance.now() - made;
    bytes += text.length;
    for (const point of JSON.parse(text) as Point[]) points.push(point);
  }
  return { points, tookMs: performance.now() - begun - making, bytes };
}
/** What such a filter shows: each unit's last point of a short time before the moment. */
function filterOften(points: readonly Point[], windowS: number, random: Random): Spread {
  const times: number[] = [];
  for (let i = 0; i < 20; i++) {
    const atMs = random.range(openedMs, closedMs);
    const begun = performance.now();
    const last = new Map<string, Point>();
    for (const point of points)
      if (point.atMs <= atMs && point.atMs > atMs - windowS * 1000) last.set(point.unitId, point);
    times.push(performance.now() - begun);
    if (last.size === 0) throw new Error('no unit was anywhere');
  }
  return spread(times);
}

/** What is held afterwards, heap and buffers, when the collector has been. */
async function measured<T>(work: () => Promise<T>): Promise<{ value: T; memoryMB: number }> {
  const held = () => {
    globalThis.gc?.();
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    return heapUsed + arrayBuffers;
  };
  const before = held();
  const value = await work();
  return { value, memoryMB: Math.round((held() - before) / 1e6) };
}
