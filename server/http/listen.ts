/** The socket: where it listens, what it is called, how it ends. */
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer, type ServerType } from '@hono/node-server';
import { ConfigError } from '../config.ts';

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

/**
 * How long a request may take to arrive: a connection that dribbles its headers is one that others cannot have. 20 MB of
 * a gateway's back-log pass a slow line in two minutes.
 */
const arrival = { headersTimeout: 10_000, requestTimeout: 120_000, connectionsCheckingInterval: 5000 };

/** Serves `fetch`. Rejects with the system's error when the port is taken or the address is not this machine's. */
export async function listen(fetch: Fetch, { host, port, tls }: ListenOptions): Promise<Listener> {
  const server = tls
    ? await tlsServer(fetch, tls)
    : createAdaptorServer({ fetch, createServer, serverOptions: arrival });
  await bound(server, host, port);
  const address = server.address() as AddressInfo;
  const name = host.includes(':') ? `[${host}]` : host;
  return {
    url: `${tls ? 'https' : 'http'}://${name}:${address.port}`,
    close: endStreams => close(server, endStreams),
  };
}

/** Throws ConfigError for files that hold no certificate or key, or two that do not belong together. */
async function tlsServer(fetch: Fetch, { certFile, keyFile }: NonNullable<ListenOptions['tls']>) {
  const [cert, key] = await Promise.all([readFile(certFile), readFile(keyFile)]);
  try {
    return createAdaptorServer({
      fetch,
      createServer: createTlsServer,
      serverOptions: { ...arrival, cert, key, minVersion: 'TLSv1.2' },
    });
  } catch (error) {
    const why = (error as Error).message;
    throw new ConfigError(
      `TLS_CERT and TLS_KEY: expected a PEM certificate chain and its private key (${why})`,
    );
  }
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
