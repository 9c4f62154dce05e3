/**
 * Valhalla as a peer: another engine over the same roads, asked over HTTP by the same adapter as in the product. It is
 * no dependency of the product; the bench fetches it (280 MB) into `.cache/peers` when it is first asked for.
 */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { json } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Snap } from '../../server/road/access.ts';
import { nodePosition } from '../../server/road/graph.ts';
import type { RoadRouter } from '../../server/road/router.ts';
import type { RoadService } from '../../server/road/service.ts';
import type { Exchange } from '../fixtures/valhalla-server.ts';

const run = promisify(execFile);
const packageName = '@valhallajs/valhallajs';
const version = '3.6.1';
const peers = fileURLToPath(new URL('../../.cache/peers/', import.meta.url));
const installed = join(peers, 'node_modules', packageName);

type Ask = (query: object) => Promise<object>;
type Actor = Record<'matrix' | 'route' | 'isochrone', Ask>;
interface Bindings {
  Actor: new (config: object) => Actor;
  getConfig: (options: { tileDir: string; tileExtract: string }) => Promise<object>;
}

/** Its refusals by number; the bindings only give the words. */
const refusals: [code: number, words: string][] = [
  [442, 'No path could be found'],
  [171, 'No suitable edges near location'],
  [154, 'Path distance exceeds'],
];

export class ValhallaPeer {
  readonly url: string;
  /** Everything that was asked and answered. */
  readonly exchanges: Exchange[] = [];
  private readonly server: Server;
  private readonly dir: string;

  private constructor(server: Server, dir: string) {
    this.server = server;
    this.dir = dir;
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  /**
   * Builds Valhalla's tiles from an .osm.pbf file and serves them on a free port. Throws when the package cannot be
   * had or the tiles cannot be built.
   */
  static async over(pbf: string): Promise<ValhallaPeer> {
    const { Actor, getConfig } = await bindings();
    const dir = await mkdtemp(join(tmpdir(), 'valhalla-'));
    const config = await getConfig({ tileDir: join(dir, 'tiles'), tileExtract: join(dir, 'none.tar') });
    // Each part has a log of its own, and each would print.
    for (const part of Object.values(config) as { logging?: { type: string } }[])
      if (part.logging) part.logging.type = '';
    const cli = join(installed, 'bin', 'valhalla-cli.js');
    // It leaves a file about doubled ways where it stands.
    const options = { maxBuffer: 1 << 28, cwd: dir };
    await run(process.execPath, [cli, 'build_tiles', '-i', JSON.stringify(config), resolve(pbf)], options);
    const actor = new Actor(config);
    const server = createServer((request, response) => {
      void json(request).then(async body => {
        const path = request.url ?? '/';
        const { status, answer } = await answerTo(actor, path, body as object);
        peer.exchanges.push({ path, body: body as object, status, answer });
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
      });
    });
    await new Promise<void>(listening => server.listen(0, '127.0.0.1', listening));
    const peer = new ValhallaPeer(server, dir);
    return peer;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await rm(this.dir, { recursive: true, force: true });
  }
}

async function bindings(): Promise<Bindings> {
  if (!existsSync(installed)) {
    await mkdir(peers, { recursive: true });
    const flags = ['--no-save', '--no-audit', '--no-fund'];
    await run('npm', ['install', '--prefix', peers, ...flags, `${packageName}@${version}`]);
  }
  return createRequire(join(peers, 'index.cjs'))(packageName) as Bindings;
}

async function answerTo(actor: Actor, path: string, body: object) {
  const asked = { '/sources_to_targets': 'matrix', '/route': 'route', '/isochrone': 'isochrone' } as const;
  try {
    return { status: 200, answer: await actor[asked[path as keyof typeof asked]](body) };
  } catch (cause) {
    const { message } = cause as Error;
    const code = refusals.find(([, words]) => message.includes(words))?.[0] ?? 199;
    return { status: 400, answer: { error_code: code, error: message, status_code: 400 } };
  }
}

/** Asks one question of each kind, and one that cannot be answered; returns the exchanges with what they were about. */
export async function askForFixture(
  service: RoadService,
  router: RoadRouter,
  peer: ValhallaPeer,
): Promise<string> {
  const { graph } = router;
  const places = Array.from({ length: 5 }, (_, i) => {
    const [lng, lat] = nodePosition(graph, Math.floor((graph.junctionCount * (i + 0.5)) / 5));
    return router.snap([lng + 0.0003, lat])!;
  });
  const [a, b, ...rest] = places as [Snap, Snap, ...Snap[]];
  const nowhere: Snap = { ...a, asked: [0, 0], position: [0, 0] };
  peer.exchanges.length = 0;
  await service.matrix([a, b], rest);
  await service.nearest(a, [b, ...rest], 2);
  await service.route(a, b);
  await service.isochrone(a, 300);
  await service.route(a, nowhere).catch(() => undefined);
  return `${JSON.stringify({ places, nowhere, exchanges: peer.exchanges }, null, 1)}\n`;
}
