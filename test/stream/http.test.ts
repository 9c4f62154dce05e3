import { createServer, get, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { createAdaptorServer } from '@hono/node-server';
import { OpenAPIHono } from '@hono/zod-openapi';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AppEnv } from '../../server/http/types.ts';
import { streamRoutes } from '../../server/routes/stream.ts';
import { logs } from './facts.ts';
import { LiveStage, viewer } from './live-stage.ts';
import { type Message, messagesIn } from './stream-client.ts';

const bound = 200_000;

/** The stream over real sockets, signed in as an operator. */
describe('GET /api/stream', () => {
  let stage: LiveStage;
  let server: Server;
  let url: string;

  beforeEach(async () => {
    stage = new LiveStage({ maxWaitingBytes: bound });
    const app = new OpenAPIHono<AppEnv>();
    app.use(async (c, next) => {
      c.set('actor', viewer('operator', 'usr-1'));
      await next();
    });
    app.route('/', streamRoutes({ stream: stage.hub }));
    server = createAdaptorServer({ fetch: app.fetch, createServer }) as Server;
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/stream`;
  });
  afterEach(async () => {
    server.closeAllConnections();
    await new Promise(resolve => server.close(resolve));
  });

  const until = async (holds: () => boolean) => {
    while (!holds()) await sleep(5);
  };
  const open = (headers: Record<string, string> = {}, query = '') =>
    new Promise<{ response: IncomingMessage; messages: Message[] }>(resolve => {
      get(url + query, { headers, agent: false }, response => {
        const messages: Message[] = [];
        let rest = '';
        response.setEncoding('utf8').on('data', (chunk: string) => {
          const text = rest + chunk;
          const end = text.lastIndexOf('\n\n') + 2;
          messages.push(...messagesIn(text.slice(0, end)));
          rest = text.slice(end);
        });
        response.on('error', () => undefined);
        resolve({ response, messages });
      });
    });
  const has = (messages: Message[], name: string) => messages.some(message => message.name === name);
  /** A log of some length. */
  const someLog = () => fc.sample(logs(60), { numRuns: 50, seed: 5 }).find(log => log.length > 30)!;

  it('is a server-sent event stream that no proxy may keep, and notices when the reader leaves', async () => {
    const { response, messages } = await open();
    expect(response.headers['content-type']).toBe('text/event-stream; charset=utf-8');
    expect(response.headers['cache-control']).toBe('no-store');
    await until(() => has(messages, 'snapshot'));
    response.destroy();
    await until(() => stage.hub.size === 0);
  });

  it('resumes after Last-Event-ID, or since, the header being the newer', async () => {
    const log = someLog();
    await stage.commit(log);
    const half = Math.floor(log.length / 2);
    const factsOf = async (headers: Record<string, string>, query: string) => {
      const { response, messages } = await open(headers, query);
      await until(() => has(messages, 'ping'));
      response.destroy();
      return messages.filter(({ name }) => name === 'fact').map(({ id }) => Number(id));
    };
    const visible = log
      .filter(fact => !['deviceRegistered', 'priorsSet'].includes(fact.kind))
      .map(fact => fact.seq);
    expect(await factsOf({}, `?since=${half}`)).toEqual(visible.filter(seq => seq > half));
    expect(await factsOf({ 'last-event-id': String(half + 2) }, '?since=1')).toEqual(
      visible.filter(seq => seq > half + 2),
    );
  });

  it('R6 a reader that stops costs a bounded amount, and the others get everything', async () => {
    const stopped = await open();
    stopped.response.pause();
    const healthy = await open();
    let sent = 0;
    let mostWaiting = 0;
    const isCutOff = () => mostWaiting > bound / 2 && stage.hub.waitingBytes < 1000;
    // Long facts, since the buffers of the sockets have to be filled first.
    const callsign = 'x'.repeat(20_000);
    while (!isCutOff()) {
      const seq = ++sent;
      const payload = { ...unit, unitId: `unt-${seq}`, slot: seq, callsign };
      await stage.commit([{ ...stamp, kind: 'unitCreated', seq, payload }]);
      await until(() => healthy.messages.length > seq);
      mostWaiting = Math.max(mostWaiting, stage.hub.waitingBytes);
    }
    expect(mostWaiting).toBeLessThan(bound + 2 * callsign.length);
    expect(healthy.messages.filter(({ name }) => name === 'fact').map(({ id }) => Number(id))).toEqual(
      Array.from({ length: sent }, (_, index) => index + 1),
    );
    stopped.response.resume();
    await until(() => has(stopped.messages, 'resync'));
    expect(stopped.messages.at(-1)?.data).toBe('{"reason":"tooFarBehind"}');
    healthy.response.destroy();
  });
});

const unit = { stationId: null, kind: 'car', crew: { sworn: 1, auxiliary: 0 }, state: 'available' } as const;
const stamp = {
  incidentId: null,
  actor: 'system:test',
  observedAt: '2026-11-22T03:00:00.000Z',
  receivedAt: '2026-11-22T03:00:00.000Z',
};
