/** Brings a whole server up from a configuration, in order, and down again in the reverse order. */
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createAdaptorServer, type ServerType } from '@hono/node-server';
import { connectDatabase } from '../db/connect.ts';
import { EMBEDDED_DURABILITY_NOTE } from '../db/embedded/database.ts';
import { createApp } from './app.ts';
import type { Clock } from './clock.ts';
import type { Config } from './config.ts';
import type { AppDeps, ServiceDeps } from './deps.ts';
import { Metrics } from './http/metrics.ts';
import { startLive } from './live/live.ts';
import type { Logger } from './log.ts';
import { startSim } from './sim/start.ts';
import { installRegionData } from './services/region/install.ts';
import { ensureSecret } from './services/secret/ensure.ts';
import { createDemoAccounts, createFirstAdministrator } from './setup/accounts.ts';
import { decideDemo } from './setup/demo.ts';
import { openRouter, prepareRegion } from './setup/region.ts';
import { InProcessBus } from './stream/bus.ts';

export interface StartOptions {
  config: Config;
  clock: Clock;
  log: Logger;
  /** Progress for the person at the terminal. */
  say(line: string): void;
}

export interface RunningServer {
  url: string;
  /** Stops taking requests, lets those under way finish, closes the database. */
  close(): Promise<void>;
}

/** The demo's day is the same each time. */
const demoSeed = 1;
/** Longest wait for requests under way when the server stops. */
const drainMs = 3000;

/** Starts a server. Throws what keeps it from starting: ConfigError, DemoRefused, FolderInUse, RegionError, EADDRINUSE. */
export async function startServer({ config, clock, log, say }: StartOptions): Promise<RunningServer> {
  const step = stepPrinter(say);
  const undo: (() => Promise<void>)[] = [];
  const close = async () => {
    for (const action of undo.reverse().splice(0)) await action();
  };
  try {
    await assertPortFree(config);
    const demo = await decideDemo(config);
    const database = await connectDatabase({
      databaseUrl: config.databaseUrl,
      dataDir: config.dataDir,
      onTrouble: error => log.error({ error }, 'the database had trouble'),
    });
    undo.push(() => database.close());
    step(database.kind === 'embedded' ? 'embedded database' : 'database server');
    if (database.kind === 'embedded') log.info(EMBEDDED_DURABILITY_NOTE);

    const bus = new InProcessBus(error => log.error({ error }, 'a listener failed'));
    const base = { clock, database, log, bus, randomBytes: (count: number) => new Uint8Array(randomBytes(count)) };
    const services = { ...base, hashKey: await ensureSecret(base, 'hashKey') };
    const region = await prepareRegion(config.dataDir, demo);
    if (region) {
      const { changed } = await installRegionData(services, region);
      step(`region ${region.manifest.name}${changed ? ', loaded into the database' : ''}`);
    }
    const router = region && (await openRouter(region));
    if (router) step('road network');
    await prepareAccounts(services, demo, say);

    const live = await startLive(services);
    undo.push(() => live.stop());
    step('live state');

    const deps: AppDeps = {
      ...services,
      metrics: new Metrics(),
      demo,
      https: config.tls !== undefined,
      region,
      router,
      live,
      ...clientFolder(),
    };
    const server = await listen(createApp(deps).fetch, config);
    undo.push(() => stopListening(server, () => live.stream.close()));
    const url = addressOf(server, config);
    step('web server');
    if (!region) say('No region is installed yet: npm run region -- import FILE.osm.pbf');
    if (demo && region) {
      const deviceFile = join(config.dataDir, 'demo-devices.json');
      const sim = startSim({ baseUrl: url, regionDir: region.dir, deviceFile, seed: demoSeed }, say);
      undo.push(() => sim.stop());
    }
    return { url, close };
  } catch (error) {
    await close().catch((trouble: unknown) => log.error({ error: trouble }, 'closing failed'));
    throw error;
  }
}

async function prepareAccounts(services: ServiceDeps, demo: boolean, say: StartOptions['say']): Promise<void> {
  if (demo) return createDemoAccounts(services);
  const first = await createFirstAdministrator(services);
  if (!first) return;
  say('First start. Shown only this once:');
  say(`  administrator  ${first.username}`);
  say(`  password       ${first.password}`);
}

function clientFolder(): { clientDir?: string } {
  const dir = fileURLToPath(new URL('../dist', import.meta.url));
  return existsSync(join(dir, 'index.html')) ? { clientDir: dir } : {};
}

type Fetch = Parameters<typeof createAdaptorServer>[0]['fetch'];

async function listen(fetch: Fetch, { host, port, tls }: Config): Promise<ServerType> {
  const server = tls
    ? createAdaptorServer({
        fetch,
        createServer: createTlsServer,
        serverOptions: { cert: await readFile(tls.certFile), key: await readFile(tls.keyFile) },
      })
    : createAdaptorServer({ fetch, createServer });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  return server;
}

/** Fails before the long work begins, not after it. */
async function assertPortFree({ host, port }: Config): Promise<void> {
  const probe = createServer();
  await new Promise<void>((resolve, reject) => {
    probe.once('error', reject);
    probe.listen(port, host, resolve);
  });
  await new Promise(resolve => probe.close(resolve));
}

function addressOf(server: ServerType, { host, tls }: Config): string {
  const { port } = server.address() as AddressInfo;
  return `${tls ? 'https' : 'http'}://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/** No new connections; `endStreams`, whose answers would stay open for ever; then the requests under way. */
async function stopListening(server: ServerType, endStreams: () => void): Promise<void> {
  const closed = new Promise<void>(resolve => server.close(() => resolve()));
  endStreams();
  if ('closeIdleConnections' in server) server.closeIdleConnections();
  const patience = setTimeout(() => {
    if ('closeAllConnections' in server) server.closeAllConnections();
  }, drainMs);
  await closed;
  clearTimeout(patience);
}

/** Says what was done and how long it took since the last step. */
function stepPrinter(say: (line: string) => void): (what: string) => void {
  let since = performance.now();
  return what => {
    const now = performance.now();
    say(`  ${((now - since) / 1000).toFixed(1).padStart(5)} s  ${what}`);
    since = now;
  };
}

