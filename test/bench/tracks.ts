/**
 * Where units were: chunks beside rows. Ten million fixes on a PostgreSQL of its own and one million on the embedded
 * database; what they take on the disk, how fast they are compacted, a unit's day and an hour in a box.
 * `--points N` makes fewer on the server.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRandom } from '#domain/random.ts';
import { decodeChunk } from '#domain/track/chunk.ts';
import { postgresPrograms, startCluster, stopCluster } from '../../db/cluster.ts';
import { connectDatabase, type Database } from '../../db/connect.ts';
import { type Day, startOfDay } from '../../db/partitions.ts';
import { chunksBetween, chunksOfUnit } from '../../db/queries/track-chunks.ts';
import { compactTracks } from '../../server/services/track/compact.ts';
import { readTrack, readTracksIn } from '../../server/services/track/read.ts';
import { type Figures, option, printReport, round, seedOption, type Spread, spread } from './report.ts';
import { patrolBox, storePatrols } from './track-rows.ts';

const seed = seedOption();
const days: Day[] = ['2026-11-17', '2026-11-18', '2026-11-19'];
/** Each to be got rid of in its own way. */
const [comparedDay, droppedDay, deletedDay] = days as [Day, Day, Day];
const clock = { now: () => Date.parse('2026-11-22T01:00:00Z') };
const everyS = 5;
const fixesOfUnit = (days.length * 86_400) / everyS;
const questions = 40;
const hourMs = 3_600_000;
const never = new AbortController().signal;

const serverPoints = Number(option('points') ?? 10_000_000);
const dataDir = await mkdtemp(join(tmpdir(), 'jianmian-bench-'));
const figures: Figures = {};
const peers: Figures = {};
try {
  if (postgresPrograms()) {
    const { databaseUrl } = await startCluster({ folder: join(dataDir, 'postgres') });
    await bench('server', await connectDatabase({ databaseUrl, dataDir }), serverPoints);
  } else console.log('PostgreSQL is not installed: only the embedded database is measured.');
  await bench('embedded', await connectDatabase({ dataDir }), Math.min(1_000_000, serverPoints));
} finally {
  await stopCluster(join(dataDir, 'postgres'), { remove: true });
  await rm(dataDir, { recursive: true, force: true });
}
printReport(
  { bench: 'tracks', seed, figures, bounds: { bytesPerPoint: 8, unitDayMs: 15, hourInBoxMs: 15 }, peers },
  [
    `${days.length} days, a fix every ${everyS} s, ${questions} questions of each kind`,
    `Node ${process.version}, ${availableParallelism()} cores`,
  ],
);

async function bench(name: string, database: Database, points: number): Promise<void> {
  const units = Math.max(1, Math.ceil(points / fixesOfUnit));
  try {
    const rows = await storePatrols(database, { units, days, everyS, seed });
    await unhurried(database, 'vacuum analyze position');
    const asRows = await questionsToRows(database, units);
    const rowBytes = await bytesOf(database, 'position');
    const copying = await seconds(() => compactTracks({ database, clock }, never));
    await unhurried(database, 'vacuum analyze track_chunk');
    const rid = await gettingRid(database);
    const comparing = await seconds(() => compactTracks({ database, clock }, never));
    figures[name] = {
      points: rows,
      units,
      bytesPerPoint: round((await bytesOf(database, 'track_chunk')) / rows),
      bodyBytesPerPoint: round((await sumOfBodies(database)) / rows),
      compactPointsPerS: Math.round(rows / copying),
      comparePointsPerS: Math.round(rows / days.length / comparing),
      ...(await questionsToChunks(database, units)),
      dropDayMs: rid.dropMs,
    };
    peers[name] = {
      rows: { bytesPerPoint: round(rowBytes / rows), ...asRows, deleteAndVacuumDayMs: rid.deleteMs },
    };
  } finally {
    await database.close();
  }
}

interface Question {
  unitId: string;
  dayMs: number;
  hourFromMs: number;
  box: [number, number, number, number];
}

/** The same questions each time: a unit's day, and an hour in a box of a quarter of the county's width. */
function questionsOf(units: number): Question[] {
  const random = createRandom(seed);
  return Array.from({ length: questions }, () => {
    const dayMs = startOfDay(random.pick(days));
    const [width, height] = [(patrolBox[2] - patrolBox[0]) / 4, (patrolBox[3] - patrolBox[1]) / 4];
    const [west, south] = [
      random.range(patrolBox[0], patrolBox[2] - width),
      random.range(patrolBox[1], patrolBox[3] - height),
    ];
    return {
      unitId: `unt_${String(1 + random.int(units)).padStart(26, '0')}`,
      dayMs,
      hourFromMs: dayMs + random.int(23) * hourMs + random.int(3600) * 1000,
      box: [west, south, west + width, south + height],
    };
  });
}

async function questionsToRows({ pool }: Database, units: number): Promise<Figures> {
  const columns = `observed_at, received_at, ST_X(point) as lng, ST_Y(point) as lat, speed_mps, course_deg, accuracy_m`;
  let boxed = 0;
  const unitDayMs = await timed(units, ({ unitId, dayMs }) =>
    pool.query(
      `select ${columns} from position where unit_id = $1 and observed_at >= to_timestamp($2::float8)
        and observed_at < to_timestamp($3::float8) order by observed_at`,
      [unitId, dayMs / 1000, dayMs / 1000 + 86_400],
    ),
  );
  const hourInBoxMs = await timed(units, async ({ hourFromMs, box }) => {
    const { rows } = await pool.query(
      `select unit_id, ${columns} from position where observed_at >= to_timestamp($1::float8)
        and observed_at < to_timestamp($2::float8) and point && ST_MakeEnvelope($3, $4, $5, $6, 4326) order by unit_id, observed_at`,
      [hourFromMs / 1000, (hourFromMs + hourMs) / 1000, ...box],
    );
    boxed += rows.length;
  });
  return { unitDayMs, hourInBoxMs, pointsInBox: Math.round(boxed / 2 / questions) };
}

/** `…Ms`: fixes in order, decoded and cut to the question. `…AsIsMs`: the chunks that hold them, as a browser gets them. */
async function questionsToChunks(database: Database, units: number): Promise<Figures> {
  let boxed = 0;
  let decoded = 0;
  const unitDayMs = await timed(units, ({ unitId, dayMs }) =>
    readTrack(database, unitId, dayMs, dayMs + 24 * hourMs),
  );
  const hourInBoxMs = await timed(units, async ({ hourFromMs, box }) => {
    for (const track of (await readTracksIn(database, box, hourFromMs, hourFromMs + hourMs)).values())
      boxed += track.length;
  });
  const unitDayAsIsMs = await timed(units, ({ unitId, dayMs }) =>
    database.read(tx => chunksOfUnit(tx, unitId, dayMs, dayMs + 24 * hourMs)),
  );
  const hourInBoxAsIsMs = await timed(units, async ({ hourFromMs, box }) => {
    await database.read(tx => chunksBetween(tx, hourFromMs, hourFromMs + hourMs, box));
  });
  const some = await database.read(tx =>
    chunksBetween(tx, startOfDay(comparedDay), startOfDay(comparedDay) + hourMs),
  );
  const decoding = await seconds(async () => {
    for (const { body } of some) decoded += decodeChunk(body).length;
  });
  return {
    unitDayMs,
    hourInBoxMs,
    unitDayAsIsMs,
    hourInBoxAsIsMs,
    pointsInBox: Math.round(boxed / 2 / questions),
    decodePointsPerS: Math.round(decoded / decoding),
  };
}

/** Asks every question twice; the first round only warms up. */
async function timed(units: number, ask: (question: Question) => Promise<unknown>): Promise<Spread> {
  const times: number[] = [];
  for (const turn of ['warm', 'measured'])
    for (const question of questionsOf(units)) {
      const startedAt = performance.now();
      await ask(question);
      if (turn === 'measured') times.push(performance.now() - startedAt);
    }
  return spread(times);
}

/** One day of rows dropped as a whole, one deleted and vacuumed. */
async function gettingRid(database: Database): Promise<{ dropMs: number; deleteMs: number }> {
  const table = (day: Day) => `position_${day.replaceAll('-', '')}`;
  const dropS = await seconds(() => database.maintain(tx => tx.execute(`drop table ${table(droppedDay)}`)));
  const deleteS = await seconds(() =>
    unhurried(database, `delete from ${table(deletedDay)}`, `vacuum ${table(deletedDay)}`),
  );
  return { dropMs: Math.round(dropS * 1000), deleteMs: Math.round(deleteS * 1000) };
}

/** Statements that may take longer than those of the server may. */
async function unhurried({ pool }: Database, ...statements: string[]): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('set statement_timeout = 0');
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.query('reset statement_timeout');
    client.release();
  }
}

/** With indexes, of all partitions. */
async function bytesOf({ pool }: Database, table: string): Promise<number> {
  const { rows } = await pool.query<{ bytes: string }>(
    `select sum(pg_total_relation_size(inhrelid)) as bytes from pg_inherits where inhparent = $1::regclass`,
    [table],
  );
  return Number(rows[0]!.bytes);
}

async function sumOfBodies({ pool }: Database): Promise<number> {
  const { rows } = await pool.query<{ bytes: string }>(
    'select sum(octet_length(body)) as bytes from track_chunk',
  );
  return Number(rows[0]!.bytes);
}

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return (performance.now() - startedAt) / 1000;
}
