/** Results to a platform that misbehaves: a real server on this machine. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { type UpwardBody, upwardBodySchema } from '#contract/upward.ts';
import { isSigned, signedHeaders } from '../../server/http/signature.ts';
import { retryAfterMs, sendUpward } from '../../server/services/upward/send.ts';
import { deliver } from '../../server/upward/platform.ts';
import { alertBody, fromNow, type TestApp, testApp } from '../builders/app.ts';
import { inEast } from '../builders/county.ts';
import { describeEachDatabase } from '../builders/database.ts';

const key = 'a-key-of-sixteen-or-more';
const never = new AbortController().signal;

interface Heard {
  headers: IncomingMessage['headers'];
  body: UpwardBody;
  text: string;
}
type Behave = (response: ServerResponse, heard: Heard) => void;

/** Answers as told, one behaviour after the other; the last one stays. */
class Elsewhere {
  readonly heard: Heard[] = [];
  url = '';
  #behaviours: Behave[];
  #server: Server;

  constructor(...behaviours: Behave[]) {
    this.#behaviours = behaviours;
    this.#server = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on('data', part => parts.push(part as Buffer));
      request.on('end', () => {
        const text = Buffer.concat(parts).toString('utf8');
        const heard = { headers: request.headers, body: JSON.parse(text) as UpwardBody, text };
        this.heard.push(heard);
        const behave = this.#behaviours.length > 1 ? this.#behaviours.shift()! : this.#behaviours[0]!;
        behave(response, heard);
      });
    });
  }

  async open(): Promise<this> {
    await new Promise<void>(resolve => this.#server.listen(0, '127.0.0.1', resolve));
    this.url = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/results`;
    return this;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise(resolve => this.#server.close(resolve));
  }
}

const answers =
  (status: number, body = '', headers: Record<string, string> = {}): Behave =>
  response =>
    response.writeHead(status, headers).end(body);
const hangsUp: Behave = response => response.socket?.destroy();
const babbles: Behave = response => {
  response.writeHead(200);
  response.on('error', () => undefined);
  const more = () => {
    while (!response.destroyed && response.write('x'.repeat(65_536)));
    if (!response.destroyed) response.once('drain', more);
  };
  more();
};

describeEachDatabase('results for the platform', makeDatabase => {
  let app: TestApp;
  let elsewhere: Elsewhere;
  afterEach(async () => {
    await elsewhere.close();
    await app.close();
  });

  const start = async (...behaviours: Behave[]) => {
    elsewhere = await new Elsewhere(...behaviours).open();
    app = await testApp(await makeDatabase(), { upward: { url: elsewhere.url, key } });
    const body = alertBody({ externalId: 'P-2026-0001', source: 'province' }, { home: inEast });
    const { incidentId } = (await app.as('leader')('POST', '/api/alerts', body)).body;
    return incidentId as string;
  };
  const close = (incidentId: string) =>
    app.as('leader')('POST', `/api/incidents/${incidentId}/close`, { outcome: 'met', note: '赵小兰已劝阻' });
  const send = () => sendUpward(app.deps, { url: elsewhere.url, key }, never);
  const messages = async () => (await app.as('leader')('GET', '/api/upward')).body.items;

  it('is sent signed, says what came of it and nobody by name, and is acknowledged by the answer', async () => {
    const incidentId = await start(answers(200, '{"accepted":true}'));
    await app.as('leader')('POST', '/api/alerts', alertBody({ source: '96110' }, { home: inEast }));
    const officer = { name: '李明', badgeNumber: '051234', sworn: true, stationId: 'st-east' };
    const { officerId } = (await app.as('leader')('POST', '/api/officers', officer)).body;
    const at = fromNow(app.clock, 0);
    const meeting = { at, place: '赵小兰家门口', officers: [officerId] };
    const { meetingId } = (await app.as('field')('POST', `/api/incidents/${incidentId}/meetings`, meeting))
      .body;
    await app.as('field')('POST', `/api/meetings/${meetingId}/steps/1`, { done: true });
    const denied = { done: false, refusal: 'denied', note: '赵小兰称没有转账' };
    await app.as('field')('POST', `/api/meetings/${meetingId}/steps/4`, denied);
    await close(incidentId);
    expect(await send()).toBe(1);
    expect(await send()).toBe(0);
    const [heard, ...rest] = elsewhere.heard;
    expect(rest).toEqual([]);
    expect(upwardBodySchema.strict().parse(heard!.body)).toMatchObject({
      externalId: 'P-2026-0001',
      source: 'province',
      outcome: 'met',
      metAt: at,
      steps: [
        { step: 1, done: true, refusal: null },
        { step: 4, done: false, refusal: 'denied' },
      ],
      pledgeSigned: false,
      transferredAfterAlert: null,
      times: { receivedAt: at, metAt: at, closedAt: at },
    });
    expect(heard!.text).not.toMatch(/赵|138|李明|门口/);
    const header = (name: string) => heard!.headers[name]?.toString();
    expect(isSigned(key, heard!.text, header, app.clock.now())).toBe(true);
    expect(heard!.headers['idempotency-key']).toBe(heard!.body.messageId);
    expect(await messages()).toMatchObject([
      { state: 'acknowledged', attempts: 1, externalId: 'P-2026-0001' },
    ]);
    await app.settled();
    expect(app.deps.live.world().incidents[incidentId]?.loop.upward).toMatchObject({ state: 'acknowledged' });
    const { rows } = await app.database.pool.query(
      `select (select string_agg(a::text, ' ') from audit_entry a) || (select string_agg(e::text, ' ') from domain_event e) as all`,
    );
    expect(rows[0].all + app.logLines.join(' ')).not.toMatch(/赵小兰|P-2026-0001/);
  });

  it('is tried again, ever more seldom, until the platform takes it, under the same number', async () => {
    const moved = answers(302, '', { location: 'http://127.0.0.1:9/elsewhere' });
    const incidentId = await start(answers(503), hangsUp, moved, answers(200, 'not json'));
    await close(incidentId);
    const pauses: number[] = [];
    for (const trouble of ['http 503', 'unreachable', 'http 302']) {
      expect(await send()).toBe(0);
      const [message] = await messages();
      expect(message).toMatchObject({ state: 'queued', trouble });
      expect(await send()).toBe(0);
      const pause = Date.parse(message.nextTryAt) - app.clock.now();
      pauses.push(pause);
      app.clock.advance(pause);
    }
    expect(elsewhere.heard).toHaveLength(3);
    for (const [i, pause] of pauses.entries()) {
      expect(pause).toBeGreaterThanOrEqual(retryAfterMs(i + 1, 0) - 1);
      expect(pause).toBeLessThanOrEqual(retryAfterMs(i + 1, 1));
    }
    expect(await send()).toBe(1);
    expect(new Set(elsewhere.heard.map(({ headers }) => headers['idempotency-key'])).size).toBe(1);
    const [message] = await messages();
    expect(message).toMatchObject({ state: 'delivered', attempts: 4, trouble: null });

    const ack = async (body: object, headers: Record<string, string>) =>
      app.anonymous('POST', '/feeds/upward-acks', body, headers);
    const body = { acks: [{ messageId: message.id }, { messageId: 'upw_none', accepted: false }] };
    const sign = (nowMs = app.clock.now(), with_ = key) =>
      signedHeaders(with_, JSON.stringify(body), nowMs, 'nonce-of-the-platform');
    expect((await ack(body, {})).status).toBe(401);
    expect((await ack(body, sign(app.clock.now() - 301_000))).status).toBe(401);
    expect((await ack(body, sign(app.clock.now(), 'another-key-of-sixteen'))).status).toBe(401);
    expect((await ack({ acks: [] }, sign())).status).toBeGreaterThanOrEqual(400);
    expect(await ack(body, sign())).toMatchObject({
      status: 200,
      body: { changed: 1, unknown: ['upw_none'] },
    });
    expect((await ack(body, sign())).body).toMatchObject({ changed: 0 });
    expect((await messages())[0]).toMatchObject({ state: 'acknowledged' });
  });

  it('is not sent twice by two processes, and comes due again when one dies with it', async () => {
    const incidentId = await start(answers(200));
    await close(incidentId);
    const sent = await Promise.all([send(), send(), send()]);
    expect(sent.toSorted((a, b) => a - b)).toEqual([0, 0, 1]);
    expect(elsewhere.heard).toHaveLength(1);
    // One more result for the same alert: the process is stopped while it sends.
    await app.database.pool.query(`update upward_message set state = 'queued', next_try_at = $1`, [
      new Date(app.clock.now()),
    ]);
    const stopped = AbortSignal.abort();
    expect(await sendUpward(app.deps, { url: elsewhere.url, key }, stopped)).toBe(0);
    expect(await send()).toBe(0);
    app.clock.advance(5 * 60_000);
    expect(await send()).toBe(1);
  });

  it('fails at once where the message itself is refused; a person sends it again, or marks it as gone up by file', async () => {
    const incidentId = await start(answers(422, '赵小兰'), answers(200, '{"accepted":false}'), answers(200));
    await close(incidentId);
    await send();
    const [{ id }] = await messages();
    expect((await messages())[0]).toMatchObject({ state: 'failed', trouble: 'http 422' });
    const leader = app.as('leader');
    expect((await leader('POST', `/api/upward/${id}/retry`)).status).toBe(200);
    await send();
    expect((await messages())[0]).toMatchObject({ state: 'failed', trouble: 'notAccepted' });
    expect((await leader('POST', `/api/upward/${id}/delivered`)).status).toBe(200);
    expect((await leader('POST', `/api/upward/${id}/delivered`)).status).toBe(409);
    expect((await leader('POST', '/api/upward/upw_none/retry')).status).toBe(404);
    expect((await app.as('station')('GET', '/api/upward')).status).toBe(403);
  });

  it('takes in no endless answer', async () => {
    const incidentId = await start(babbles);
    await close(incidentId);
    expect(await send()).toBe(1);
    expect((await messages())[0]).toMatchObject({ state: 'delivered' });
  });

  it('an order that is fed back and a closing are one result until somebody tries to send it; nothing new is not sent', async () => {
    const incidentId = await start(answers(200));
    const [order] = (await app.as('leader')('GET', `/api/incidents/${incidentId}/orders`)).body.items;
    const station = app.as('station');
    await station('POST', `/api/orders/${order.id}/acknowledge`);
    const fed = await station('POST', `/api/orders/${order.id}/feedback`, { text: '已见面劝阻', met: true });
    expect(fed.status).toBe(200);
    expect(await messages()).toHaveLength(1);
    await close(incidentId);
    expect(await messages()).toHaveLength(1);
    await send();
    expect(elsewhere.heard[0]!.body).toMatchObject({
      outcome: 'met',
      times: { fedBackAt: fromNow(app.clock, 0) },
    });
    // Days later it turns out that she paid after all: the platform hears of that, too.
    app.clock.advance(1000);
    const loss = { reportedAt: fromNow(app.clock, 0), transferredAfterAlert: true, lossAmount: 180_000 };
    const late = await app.as('leader')('POST', `/api/incidents/${incidentId}/outcomes`, loss);
    expect(late.status).toBe(201);
    await send();
    expect(elsewhere.heard[1]!.body).toMatchObject({ transferredAfterAlert: true, lossAmount: 180_000 });
    const day = fromNow(app.clock, 8 * 3_600_000).slice(0, 10);
    const file = await app.as('operator')('GET', `/api/upward/file?day=${day}`);
    expect(file.body.results).toEqual(elsewhere.heard.map(({ body }) => body));
    const table = await app.as('operator')('GET', `/api/upward/file?day=${day}&format=csv`);
    expect(table.headers.get('content-disposition')).toMatch(/attachment; filename="upward-.*\.csv"/);
    expect(table.body.split('\r\n')[2]).toMatch(/^P-2026-0001,province,met,/);
    const { rows } = await app.database.pool.query(
      `select resource from audit_entry where action = 'upward.send' and detail ? 'file' order by seq`,
    );
    expect(rows[0].resource).toBe(file.headers.get('x-export-id'));
    expect(rows).toHaveLength(2);
  });
});

it('a platform that is silent is given up', { timeout: 20_000 }, async () => {
  const silent = await new Elsewhere(() => undefined).open();
  const started = performance.now();
  const delivery = await deliver({ url: silent.url, key }, { id: 'upw_1', body: '{}' }, 0, never);
  expect(delivery).toEqual({ kind: 'failed', trouble: 'timeout', final: false });
  expect(performance.now() - started).toBeGreaterThan(9000);
  await silent.close();
});
