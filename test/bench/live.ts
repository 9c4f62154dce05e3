/**
 * The live path in a real server: positions come in over HTTP, are stored, and reach the screens. Loopback only, ends
 * by itself. Options: --positions 2000 (a second) --clients 200 --seconds 20 --batch 20 (positions a request).
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { connectDatabase, type Database } from '../../db/connect.ts';
import { startServer } from '../e2e/server.ts';
import { FrameReader, Histogram, numberedLng, openScreen } from './live-screens.ts';
import { rawInsertPerS, seed, type Seeded } from './live-seed.ts';
import { option, printReport, seedOption, spread } from './report.ts';

const positionsPerS = Number(option('positions') ?? 2000);
const clients = Number(option('clients') ?? 200);
const seconds = Number(option('seconds') ?? 20);
const batch = Number(option('batch') ?? 20);
/** Ten minutes of records that a gateway kept while its line was down. */
const backfillFixes = 10_000;
const backfillSeconds = Math.min(8, seconds);
const warmUpSeconds = 3;
const databaseUrl = process.env['DATABASE_URL'];

const dataDir = await mkdtemp(join(tmpdir(), 'jianmian-bench-'));
const withDatabase = async <T>(work: (database: Database) => Promise<T>): Promise<T> => {
  const database = await connectDatabase({ databaseUrl, dataDir });
  try {
    return await work(database);
  } finally {
    await database.close();
  }
};

/** Numbers each fix, remembers when it was sent, and what came of it. */
class Traffic {
  /** By number of the fix: when it was sent, performance.now(). */
  readonly sentAt = new Float64Array(
    (warmUpSeconds + seconds + 2 * backfillSeconds + 10) * positionsPerS * 2,
  );
  sent = 0;
  accepted = 0;
  refused = 0;
  ackMs: number[] = [];
  readonly #url: string;
  readonly #seeded: Seeded;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 64 });

  constructor(url: string, seeded: Seeded) {
    this.#url = url;
    this.#seeded = seeded;
  }

  /** Sends positions at the wanted rate; resolves when all are acknowledged. */
  async run(forS: number): Promise<void> {
    const started = performance.now();
    const first = this.sent;
    const pending: Promise<void>[] = [];
    for (let elapsed = 0; elapsed < forS; elapsed = (performance.now() - started) / 1000) {
      while (this.sent - first < elapsed * positionsPerS) pending.push(this.#send(batch));
      await sleep(2);
    }
    await Promise.all(pending);
  }

  /** Old positions of all units in one request; resolves to the milliseconds until they were acknowledged. */
  async backfill(fixes: number): Promise<number> {
    const from = Date.now() - 3_600_000;
    const { unitIds } = this.#seeded;
    const body = Array.from({ length: fixes }, (_, index) => ({
      unitId: unitIds[index % unitIds.length],
      observedAt: new Date(from + Math.floor(index / unitIds.length) * 1000).toISOString(),
      lng: 90,
      lat: 24.8,
    }));
    const started = performance.now();
    await this.#post(body);
    return performance.now() - started;
  }

  async #send(count: number): Promise<void> {
    const { unitIds } = this.#seeded;
    const now = performance.now();
    const observedAt = new Date().toISOString();
    const body = Array.from({ length: count }, () => {
      const number = this.sent++;
      this.sentAt[number] = now;
      return {
        unitId: unitIds[number % unitIds.length],
        observedAt,
        lng: numberedLng(number),
        lat: 24.8,
        speedMps: 8,
        courseDeg: 90,
      };
    });
    await this.#post(body);
    this.ackMs.push(performance.now() - now);
  }

  #post(body: object[]): Promise<void> {
    const headers = {
      authorization: `Bearer ${this.#seeded.gatewayToken}`,
      'content-type': 'application/json',
    };
    return new Promise((resolve, reject) => {
      const call = request(
        `${this.#url}/feeds/positions`,
        { method: 'POST', agent: this.#agent, headers },
        response => {
          let text = '';
          response.setEncoding('utf8');
          response.on('data', (chunk: string) => (text += chunk));
          response.on('end', () => {
            if (response.statusCode === 200)
              this.accepted += (JSON.parse(text) as { accepted: number }).accepted;
            else this.refused += body.length;
            resolve();
          });
        },
      );
      call.on('error', reject);
      call.end(JSON.stringify(body));
    });
  }
}

/** Processor time and memory of a process and its threads; zeros where /proc does not tell. */
async function usage(pid: number): Promise<{ cpuS: number; rssMB: number }> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const ticks = Number(fields[11] ?? 0) + Number(fields[12] ?? 0);
  return { cpuS: ticks / 100, rssMB: Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024) };
}

/** What bytes of this size cost when a bare server sends them to as many readers. */
async function bareFanout(frameBytes: number): Promise<Histogram> {
  const script = fileURLToPath(new URL('live-fanout.ts', import.meta.url));
  const child: ChildProcess = spawn(process.execPath, [script, String(frameBytes), '100', '8000'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const port = await new Promise<string>(resolve =>
    child.stdout!.once('data', chunk => resolve(String(chunk).trim())),
  );
  const histogram = new Histogram();
  const ended = new Promise(resolve => child.once('exit', resolve));
  const open = Array.from({ length: clients }, () =>
    openScreen(`http://127.0.0.1:${port}/`, {}, (_, data) =>
      histogram.add(performance.timeOrigin + performance.now() - Number.parseFloat(data)),
    ),
  );
  for (const screen of await Promise.all(open)) screen.on('error', () => undefined);
  await ended;
  return histogram;
}

try {
  const seeded = await withDatabase(database => seed(database, positionsPerS, clients));
  const server = await startServer({ dataDir, ...(databaseUrl && { databaseUrl }) });
  const traffic = new Traffic(server.baseUrl, seeded);
  const frames = new FrameReader();
  const shown = { main: new Histogram(), beside: new Histogram() };
  let phase: Histogram | undefined;
  let frameBytes = 0;
  let frameCount = 0;
  /** Number of the newest fix that each screen was shown of each unit. */
  const newest = Array.from({ length: clients }, () => new Uint32Array(positionsPerS));
  const opened = seeded.sessionTokens.map((token, screen) =>
    openScreen(
      `${server.baseUrl}/api/stream`,
      { cookie: `jm=${token}; __Host-jm=${token}` },
      (name, data) => {
        if (name !== 'positions') return;
        const now = performance.now();
        frameBytes += data.length;
        frameCount++;
        for (const number of frames.numbers(data)) {
          phase?.add(now - traffic.sentAt[number]!);
          newest[screen]![number % positionsPerS] = number;
        }
      },
    ),
  );
  const screens = await Promise.all(opened);
  for (const screen of screens) screen.on('error', () => undefined);

  await traffic.run(warmUpSeconds);
  traffic.ackMs = [];
  frameBytes = frameCount = 0;
  phase = shown.main;
  const [before, started, sentBefore] = [await usage(server.pid), performance.now(), traffic.sent];
  await traffic.run(seconds);
  const [after, elapsedS] = [await usage(server.pid), (performance.now() - started) / 1000];
  const rate = (traffic.sent - sentBefore) / elapsedS;
  const ackMs = spread(traffic.ackMs);
  const meanFrameBytes = Math.round(frameBytes / Math.max(1, frameCount));
  phase = shown.beside;
  const [backfillMs] = await Promise.all([traffic.backfill(backfillFixes), traffic.run(backfillSeconds)]);
  await sleep(1000);
  const behind = newest.flatMap(numbers =>
    [...numbers].filter((number, unit) => number < traffic.sent - positionsPerS && unit < traffic.sent),
  ).length;
  for (const screen of screens) screen.destroy();
  await server.stop();

  const { lost, insertPerS, database } = await withDatabase(async open => {
    const { rows } = await open.pool.query<{ stored: number }>(
      `select count(*)::int as stored from position where device_id = 'dev_bench'`,
    );
    const version = await open.pool.query<{ version: string }>(
      `select split_part(version(), ' on ', 1) as version`,
    );
    return {
      lost: traffic.accepted - rows[0]!.stored,
      insertPerS: await rawInsertPerS(open, 3000),
      database: `${open.kind}, ${version.rows[0]!.version}`,
    };
  });
  const bare = await bareFanout(meanFrameBytes);
  printReport(
    {
      bench: 'live',
      seed: seedOption(),
      figures: {
        database,
        cores: availableParallelism(),
        positionsPerS: Math.round(rate),
        clients,
        receiptToClientMs: shown.main.spread(),
        ackMs,
        cpuPct: Math.round(((after.cpuS - before.cpuS) / elapsedS) * 100),
        rssMB: after.rssMB,
        lost,
        refused: traffic.refused,
        unitsBehindAtEnd: behind,
        backfill: {
          fixes: backfillFixes,
          ackMs: Math.round(backfillMs),
          receiptToClientMs: shown.beside.spread(),
        },
      },
      bounds: { rawInsertPerS: insertPerS, bareFanoutMs: bare.spread() },
      peers: {},
    },
    [
      `database ${database}; ${availableParallelism()} cores, which the senders and screens share`,
      `${positionsPerS} positions a second in requests of ${batch}, ${clients} screens, ${seconds} s; frames of ${meanFrameBytes} bytes`,
    ],
  );
} finally {
  await rm(dataDir, { recursive: true, force: true });
}
