/** The whole application on a test database, asked without a socket; one signed-in client a role. */
import { createHash, randomBytes } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { type Role, roles } from '#contract/incident.ts';
import type { LngLat } from '#road/geo.ts';
import type { Database } from '../../db/connect.ts';
import { addressBook } from '../../server/address/book.ts';
import { createApp } from '../../server/app.ts';
import { Foresight } from '../../server/clocks/foresight.ts';
import type { AppDeps } from '../../server/deps.ts';
import { Metrics } from '../../server/http/metrics.ts';
import { type Live, startLive } from '../../server/live/live.ts';
import { Roads } from '../../server/live/roads.ts';
import { startLocating } from '../../server/locating/locating.ts';
import type { GroundTables } from '../../server/locating/protocol.ts';
import { createLog } from '../../server/log.ts';
import { RegionInUse } from '../../server/region/in-use.ts';
import { InProcessBus } from '../../server/stream/bus.ts';
import { ManualClock } from './clock.ts';
import { seedCounty } from './county.ts';

interface Answer {
  status: number;
  // Tests look into answers of many shapes; what they expect is in their assertions.
  // oxlint-disable-next-line typescript/no-explicit-any
  body: any;
  headers: Headers;
}

type Ask = (
  method: string,
  path: string,
  body?: unknown,
  headers?: Record<string, string>,
) => Promise<Answer>;

export interface TestApp {
  deps: AppDeps;
  clock: ManualClock;
  database: Database;
  app: ReturnType<typeof createApp>;
  /** Lines of the log so far. */
  logLines: string[];
  /** Asks as one of the built-in users: ids are the roles; `station` and `field` belong to st-east. */
  as(role: Role): Ask;
  /** Asks as a second user of a role, with an id of your own. */
  asUser(userId: string, role: Role, stationId?: string | null): Promise<Ask>;
  /** As `asUser`: the header that makes a bare request one of that user. */
  credentialsOf(userId: string, role: Role, stationId?: string | null): Promise<Record<string, string>>;
  anonymous: Ask;
  /** The header that makes a bare request one of a built-in user. */
  credentials(role: Role): Record<string, string>;
  /** Resolves when what was committed is in the server's world. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

/** Roads and tables with which beliefs are worked out. */
export interface TestGround {
  road: SharedArrayBuffer;
  tables: GroundTables;
}

/**
 * Builds the application over an empty migrated database, with the county and a user a role in it. With `ground`, where
 * subjects may be is worked out in a thread of its own, as in the server.
 */
export async function testApp(
  database: Database,
  { ground, ...overrides }: Partial<AppDeps> & { ground?: TestGround } = {},
): Promise<TestApp> {
  const clock = new ManualClock();
  const logLines: string[] = [];
  const log = createLog('debug', { write: line => void logLines.push(line) });
  const bus = new InProcessBus(error => log.error({ error }, 'a listener failed'));
  await seedCounty(database);
  const tokens = new Map<Role, string>();
  for (const role of roles) {
    tokens.set(role, await signedInUser(database, clock, role, role, atStation(role)));
  }
  const snap = (position: LngLat) => overrides.router?.snap(position) ?? null;
  const live: Live = await startLive({ clock, database, log, bus, snap });
  const deps: AppDeps = {
    foresight: new Foresight({ clock, database }),
    clock,
    database,
    log,
    bus,
    randomBytes: count => new Uint8Array(randomBytes(count)),
    hashKey: new Uint8Array(32).fill(7),
    metrics: new Metrics(),
    demo: false,
    https: false,
    region: new RegionInUse(null),
    dataDir: '',
    router: null,
    addresses: addressBook(new RegionInUse(null)),
    live,
    ...overrides,
  };
  if (ground) {
    deps.roads ??= new Roads({ router: deps.router, world: () => live.world(), clock });
    const tables = { id: () => 'test', read: () => Promise.resolve(ground.tables) };
    deps.forks = { road: ground.road, tables };
    deps.locating = await startLocating({ ...deps, roads: deps.roads, tables, road: ground.road });
  }
  const app = createApp(deps);
  const ask =
    (credentials: Record<string, string>): Ask =>
    async (method, path, body, headers = {}) => {
      const response = await app.request(path, {
        method,
        headers: {
          ...credentials,
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      });
      const text = await textOf(response);
      const isJson = response.headers.get('content-type')?.includes('json') === true;
      return {
        status: response.status,
        headers: response.headers,
        body: isJson && text !== '' ? JSON.parse(text) : text,
      };
    };
  const cookie = (token: string) => ({ cookie: `__Host-jm=${token}` });
  return {
    deps,
    clock,
    database,
    app,
    logLines,
    as: role => ask(cookie(tokens.get(role)!)),
    asUser: async (userId, role, stationId = null) =>
      ask(cookie(await signedInUser(database, clock, userId, role, stationId))),
    credentialsOf: async (userId, role, stationId = null) =>
      cookie(await signedInUser(database, clock, userId, role, stationId)),
    anonymous: ask({}),
    credentials: role => cookie(tokens.get(role)!),
    settled: () => live.caughtUp(),
    async close() {
      await deps.locating?.close();
      await live.stop();
    },
  };
}

/** The body; of a recorded trace, which stays open, as much as comes at once. */
async function textOf(response: Response): Promise<string> {
  if (!response.body || response.headers.get('content-type')?.includes('event-stream') !== true)
    return response.text();
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  const pieces: string[] = [];
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return pieces.join('');
    pieces.push(value);
    // Frames come whole, one a piece.
    if (!value.startsWith('event: whole')) continue;
    await reader.cancel();
    return pieces.join('');
  }
}

/** Both small-reach roles work at the eastern station. */
const atStation = (role: Role): string | null => (role === 'station' || role === 'field' ? 'st-east' : null);

/** A user with a session, past the slow password check; returns the session's token. */
async function signedInUser(
  database: Database,
  clock: ManualClock,
  userId: string,
  role: Role,
  stationId: string | null,
): Promise<string> {
  const token = randomBytes(32).toString('base64url');
  const hash = createHash('sha256').update(token).digest();
  const now = new Date(clock.now()).toISOString();
  const end = new Date(clock.now() + 16 * 3_600_000).toISOString();
  await database.maintain(async tx => {
    await tx.execute(sql`insert into app_user (id, username, display_name, role, station_id, password_hash, created_at)
      values (${userId}, ${userId}, ${`名 ${userId}`}, ${role}, ${stationId}, '-', ${now}::timestamptz)`);
    await tx.execute(sql`insert into user_session (id, token_hash, user_id, created_at, last_seen_at, expires_at)
      values (${`ses-${userId}`}, ${hash}, ${userId}, ${now}::timestamptz, ${now}::timestamptz, ${end}::timestamptz)`);
  });
  return token;
}

/** An alert that passes; give what matters to the test. */
export const alertBody = (
  overrides: Record<string, unknown> = {},
  subject: Record<string, unknown> = {},
) => ({
  source: 'platform',
  risk: 'high',
  scamType: 'fakePolice',
  subject: { name: '赵小兰', phone: '13800000001', ...subject },
  ...overrides,
});

/** A time as the API wants it, `ms` from the test's now. */
export const fromNow = (clock: ManualClock, ms: number): string => new Date(clock.now() + ms).toISOString();

export const reasonHeader = { 'X-Access-Reason': encodeURIComponent('当事人失联，查找位置') };

/** Makes an incident, puts members on it and approves an authority: the trace is open to them with a reason. */
export async function openTrace(
  app: TestApp,
  members: readonly string[] = ['trace'],
): Promise<{ incidentId: string; authorityId: string }> {
  const { body } = await app.as('operator')(
    'POST',
    '/api/alerts',
    alertBody({}, { phone: `139${randomBytes(4).readUInt32BE().toString().padStart(10, '0').slice(0, 8)}` }),
  );
  const { incidentId } = body as { incidentId: string };
  for (const userId of members)
    await app.as('leader')('POST', `/api/incidents/${incidentId}/members`, { userId });
  const asked = await app.as('trace')('POST', `/api/incidents/${incidentId}/authorities`, {
    number: '刑查〔2026〕1号',
    legalBasis: '反电信网络诈骗法',
    reason: '当事人失联，查找位置',
    expiresAt: fromNow(app.clock, 3_600_000),
  });
  const { authorityId } = asked.body as { authorityId: string };
  await app.as('leader')('POST', `/api/authorities/${authorityId}/approve`);
  return { incidentId, authorityId };
}
