/** Brings a whole server up from a configuration, in order, and down again in the reverse order. */
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { connectDatabase, type Database } from '../db/connect.ts';
import { EMBEDDED_DURABILITY_NOTE } from '../db/embedded/database.ts';
import { RoadRouter } from '#road/router.ts';
import { addressBook } from './address/book.ts';
import { createApp } from './app.ts';
import { guardedRoles, type SignInSettings } from './auth/sign-in-settings.ts';
import type { Clock } from './clock.ts';
import { Foresight } from './clocks/foresight.ts';
import { type Config, ConfigError } from './config.ts';
import type { ServiceDeps } from './deps.ts';
import { assertPortFree, listen } from './http/listen.ts';
import { Metrics } from './http/metrics.ts';
import { calibrationJobs } from './jobs/calibration-jobs.ts';
import { clockJobs } from './jobs/clock-jobs.ts';
import { roadJobs } from './jobs/learn-speeds.ts';
import { loopJobs } from './jobs/loop-jobs.ts';
import { retentionJobs } from './jobs/retention-jobs.ts';
import { Scheduler } from './jobs/scheduler.ts';
import { smsJobs } from './jobs/sms-jobs.ts';
import { trackJobs } from './jobs/track-jobs.ts';
import { type Live, startLive } from './live/live.ts';
import { type Locating, startLocating } from './locating/locating.ts';
import { tablesOf } from './locating/tables.ts';
import { nearestFreeS } from './live/nearest-free.ts';
import { Roads } from './live/roads.ts';
import { SmsGateway } from './sms/gateway.ts';
import { observeLive } from './live/metrics.ts';
import type { Logger } from './log.ts';
import { RegionInUse } from './region/in-use.ts';
import { readRoad } from './region/road-file.ts';
import { installRegionData } from './services/region/install.ts';
import { followRegion } from './services/region/take-up.ts';
import { loadSpeeds } from './services/speed/load.ts';
import { ensureSecret } from './services/secret/ensure.ts';
import { createDemoAccounts, createFirstAdministrator } from './setup/accounts.ts';
import { decideDemo } from './setup/demo.ts';
import { demoSimulator, startDemoTime } from './setup/demo-time.ts';
import { prepareRegion } from './setup/region.ts';
import { InProcessBus } from './stream/bus.ts';
import type { Platform } from './upward/platform.ts';
import { OutsideRoads } from './valhalla/fallback.ts';
import { Valhalla } from './valhalla/service.ts';

export interface StartOptions {
  config: Config;
  clock: Clock;
  log: Logger;
  /** Progress for the person at the terminal. */
  say: (line: string) => void;
}

export interface RunningServer {
  url: string;
  /** Stops taking requests, lets those under way finish, closes the database. */
  close(): Promise<void>;
}

/** The demo's day is the same each time. */
const demoSeed = 1;
/** Tells of something that is done. */
type Step = (what: string) => void;
/** What is undone at the end, in reverse order. */
type Undo = (() => Promise<void>)[];

/** Starts a server. Throws what keeps it from starting: ConfigError, DemoRefused, FolderInUse, RegionError, EADDRINUSE. */
export async function startServer(options: StartOptions): Promise<RunningServer> {
  const undo: Undo = [];
  const close = async () => {
    for (const action of undo.splice(0).reverse()) await action();
  };
  try {
    return { url: await bringUp(options, undo), close };
  } catch (error) {
    await close().catch((trouble: unknown) => options.log.error({ error: trouble }, 'closing failed'));
    throw error;
  }
}

async function bringUp({ config, clock, log, say }: StartOptions, undo: Undo): Promise<string> {
  const step = stepPrinter(say);
  await assertPortFree(config);
  const demo = await decideDemo(config);
  // The embedded engine takes seconds in a thread of its own; the region's files are read meanwhile.
  const opening = openDatabase(config, log, step);
  // Also when the region fails while the database is still being opened.
  undo.push(() =>
    opening.then(
      database => database.close(),
      () => undefined,
    ),
  );
  const [database, { region, road, router }] = await Promise.all([opening, openRegion(config, demo, step)]);

  const demoTime = demo ? await startDemoTime(database, clock.now(), config.demoHistoryDays) : undefined;
  const base = await servicesOver(database, demoTime?.clock ?? clock, log);
  const { smsGateway } = config;
  const services = { ...base, ...(smsGateway && { sms: new SmsGateway(smsGateway, clock) }) };
  if (region) {
    const { changed } = await installRegionData(services, region);
    if (changed) step('region loaded into the database');
  } else say('No region is installed yet: npm run region -- import FILE.osm.pbf');
  await prepareAccounts(services, demo, say);

  const live = await startLive({ ...services, ...(router && { snap: position => router.snap(position) }) });
  undo.push(() => live.stop());
  step('live state');
  const https = config.tls !== undefined;
  const metrics = observed(live);
  const roads = new Roads({ router, world: () => live.world(), clock: services.clock });
  await restoreSpeedUse(services, roads);
  const upward = upwardPlatform(config);
  const keeping = retentionJobs({ ...services, dataDir: config.dataDir });
  let locating: Locating | null = null;
  const foresight = new Foresight({
    ...services,
    plannedMs: incidentId => locating?.likelyFoundMs(incidentId),
    driveS: home => nearestFreeS({ ...services, live, roads }, home),
  });
  const clocks = await clockJobs(services, live, foresight);
  undo.push(async () => clocks.close());
  const jobs = new Scheduler(
    [
      ...clocks.jobs,
      ...trackJobs(services),
      ...roadJobs(services, live, roads),
      ...smsJobs(services),
      ...loopJobs(services, upward),
      ...calibrationJobs(services, () => locating),
      ...keeping,
    ],
    {
      ...services,
      metrics,
    },
  );
  jobs.start();
  undo.push(() => jobs.stop());
  const inUse = new RegionInUse(region);
  undo.push(followRegion(services, inUse, config.dataDir));
  const addresses = addressBook(inUse);
  const tables = tablesOf(inUse);
  locating = road && (await startLocating({ ...services, live, roads, tables, road: road.memory, metrics }));
  undo.push(async () => locating?.close());
  const outside = outsideRoads(config, clock, log);
  const installed = { region: inUse, addresses, dataDir: config.dataDir, router, ...outside };
  const held = {
    hold(on: boolean) {
      jobs.hold(on);
      locating?.hold(on);
    },
  };
  const simulator =
    demoTime && demoSimulator(demoTime, { dataDir: config.dataDir, database, live, jobs: held, say });
  const parts = {
    ...services,
    metrics,
    live,
    roads,
    foresight,
    ...(upward && { upward }),
    ...(locating && { locating }),
    ...(road && { forks: { road: road.memory, tables } }),
    ...(simulator && { simulator }),
  };
  const signIn = signInSettings(config, demo);
  warnOfPlain(config, say);
  warnOfPasswordsAlone(config, demo, say);
  const app = createApp({ ...parts, demo, https, signIn, ...installed, ...clientFolder() });
  const listener = await listen(app.fetch, config);
  undo.push(() => listener.close(() => live.stream.close()));
  step('web server');

  if (simulator && region) {
    const deviceFile = join(config.dataDir, 'demo-devices.json');
    const { historyToMs } = demoTime;
    const life = { baseUrl: listener.url, regionDir: region.dir, deviceFile, seed: demoSeed };
    await simulator.start({ ...life, ...(historyToMs !== undefined && { historyToMs }) });
    undo.push(() => simulator.close());
  }
  return listener.url;
}

/** Lets answers use the learned speeds if they are to. They use the defaults for the seconds that it takes. */
async function restoreSpeedUse({ database, log }: ServiceDeps, roads: Roads): Promise<void> {
  const { setting, speeds } = await loadSpeeds(database);
  if (!setting.useSpeeds) return;
  roads.useSpeeds(speeds).catch((error: unknown) => log.error({ error }, 'learned speeds cannot be used'));
}

async function openDatabase({ databaseUrl, dataDir }: Config, log: Logger, step: Step): Promise<Database> {
  const database = await connectDatabase({
    databaseUrl,
    dataDir,
    onTrouble: error => log.error({ error }, 'the database had trouble'),
  });
  if (database.kind === 'embedded') log.info(EMBEDDED_DURABILITY_NOTE);
  step(database.kind === 'embedded' ? 'embedded database' : 'database server');
  return database;
}

/** The region and its roads; both null in a real installation that has none yet. */
async function openRegion({ dataDir }: Config, demo: boolean, step: Step) {
  const region = await prepareRegion(dataDir, demo);
  const road = region && (await readRoad(region));
  const router = road && new RoadRouter(road.graph, road.hierarchy);
  if (region) step(`region ${region.manifest.name} and its roads`);
  return { region, road, router };
}

/** A demo asks nobody for a second factor: its accounts are for everyone. */
const signInSettings = (
  { trustedProxies, certificateHeader, secondFactorRoles }: Config,
  demo: boolean,
): SignInSettings => ({
  secondFactorRoles: new Set(demo ? [] : secondFactorRoles),
  trustedProxies,
  certificateHeader,
});

const ownMachine = new Set(['127.0.0.1', '::1', 'localhost']);

/** Who opens traces or gives out accounts with a password alone is one guessed password away from a stranger. */
function warnOfPasswordsAlone({ secondFactorRoles }: Config, demo: boolean, say: StartOptions['say']): void {
  const alone = guardedRoles.filter(role => !secondFactorRoles.includes(role));
  if (!demo && alone.length > 0)
    say(`WARNING: SECOND_FACTOR_ROLES lets ${alone.join(', ')} sign in with a password alone.`);
}

/** The platform that alerts come from, where one is set. Throws ConfigError for a secret that cannot be read. */
function upwardPlatform({ upward }: Config): Platform | undefined {
  if (!upward) return undefined;
  const { url, key } = upward;
  if (typeof key === 'string') return { url, key };
  try {
    const secret = readFileSync(key.file, 'utf8').trim();
    if (secret.length >= 16) return { url, key: secret };
  } catch {
    throw new ConfigError('UPWARD_KEY_FILE: the file cannot be read');
  }
  throw new ConfigError('UPWARD_KEY_FILE: expected at least 16 characters in the file');
}

/** Plain HTTP that others can reach is no place for real cases. A proxy in front may speak TLS; then it is named. */
function warnOfPlain({ host, tls, trustedProxies }: Config, say: StartOptions['say']): void {
  if (tls || ownMachine.has(host) || trustedProxies.length > 0) return;
  say(
    `WARNING: ${host} is reached over plain HTTP: whoever is on the network can read passwords and traces.`,
  );
  say('  Set TLS_CERT and TLS_KEY, or put a TLS proxy in front and name it in TRUSTED_PROXIES.');
  say('  Until then passkeys, the field app and own positions do not work from other machines.');
}

async function servicesOver(database: Database, clock: Clock, log: Logger): Promise<ServiceDeps> {
  const bus = new InProcessBus(error => log.error({ error }, 'a listener failed'));
  const random = (count: number) => new Uint8Array(randomBytes(count));
  const base = { clock, database, log, bus, randomBytes: random };
  return { ...base, hashKey: await ensureSecret(base, 'hashKey') };
}

async function prepareAccounts(
  services: ServiceDeps,
  demo: boolean,
  say: StartOptions['say'],
): Promise<void> {
  if (demo) return createDemoAccounts(services);
  const first = await createFirstAdministrator(services);
  if (!first) return;
  say('First start. Shown only this once:');
  say(`  administrator  ${first.username}`);
  say(`  password       ${first.password}`);
}

function observed(live: Live): Metrics {
  const metrics = new Metrics();
  observeLive(metrics, live);
  return metrics;
}

/** The outside road engine, where one is set. */
function outsideRoads({ valhallaUrl }: Config, clock: Clock, log: Logger): { outsideRoads?: OutsideRoads } {
  if (valhallaUrl === undefined) return {};
  return { outsideRoads: new OutsideRoads({ service: new Valhalla(valhallaUrl), clock, log }) };
}

function clientFolder(): { clientDir?: string } {
  const dir = fileURLToPath(new URL('../dist', import.meta.url));
  return existsSync(join(dir, 'index.html')) ? { clientDir: dir } : {};
}

/** Says what is done, and how long after the start. Some things are done side by side. */
function stepPrinter(say: (line: string) => void): Step {
  const since = performance.now();
  return what => say(`  ${((performance.now() - since) / 1000).toFixed(1).padStart(5)} s  ${what}`);
}
