/** The socket: where it listens, what it is called, how it ends. */
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer, type ServerType } from '@hono/node-server';

/** As in the configuration: port 0 takes a free one; with `tls` it speaks HTTPS. */
export interface ListenOptions {
  host: string;
  port: number;
  tls: { certFile: string; keyFile: string } | undefined;
}

export interface Listener {
  url: string;
  /**
   * Takes no new connections, calls `endStreams` (their answers would stay open for ever), lets the requests under way
   * finish for a few seconds.
   */
  close(endStreams: () => void): Promise<void>;
}

type Fetch = Parameters<typeof createAdaptorServer>[0]['fetch'];

/** Longest wait for requests under way. */
const drainMs = 3000;

/** Serves `fetch`. Rejects with the system's error when the port is taken or the address is not this machine's. */
export async function listen(fetch: Fetch, { host, port, tls }: ListenOptions): Promise<Listener> {
  const server = tls
    ? createAdaptorServer({
        fetch,
        createServer: createTlsServer,
        serverOptions: { cert: await readFile(tls.certFile), key: await readFile(tls.keyFile) },
      })
    : createAdaptorServer({ fetch, createServer });
  await bound(server, host, port);
  const address = server.address() as AddressInfo;
  const name = host.includes(':') ? `[${host}]` : host;
  return {
    url: `${tls ? 'https' : 'http'}://${name}:${address.port}`,
    close: endStreams => close(server, endStreams),
  };
}

/** Rejects at once what `listen` would reject after the long work of a start. */
export async function assertPortFree({ host, port }: ListenOptions): Promise<void> {
  const probe = createServer();
  await bound(probe, host, port);
  await new Promise(resolve => probe.close(resolve));
}

function bound(server: Pick<ServerType, 'once' | 'listen'>, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
}

async function close(server: ServerType, endStreams: () => void): Promise<void> {
  const closed = new Promise<void>(resolve => server.close(() => resolve()));
  endStreams();
  if ('closeIdleConnections' in server) server.closeIdleConnections();
  const patience = setTimeout(() => {
    if ('closeAllConnections' in server) server.closeAllConnections();
  }, drainMs);
  await closed;
  clearTimeout(patience);
}
