import { describe, expect, it } from 'vitest';
import { PROTOCOL_VERSION, type StreamMessage } from '#contract/stream.ts';
import { StreamConnection } from '../../../client/store/connection.ts';
import type { Link } from '../../../client/store/messages.ts';
import { FakeServer, settle } from './fake-server.ts';

function connect() {
  const server = new FakeServer();
  const messages: StreamMessage[] = [];
  const links: Link[] = [];
  const connection = new StreamConnection({
    ...server.deps,
    onMessage: message => {
      messages.push(message);
      return message.type !== 'snapshot' || message.protocol === PROTOCOL_VERSION;
    },
    onLink: link => void links.push(link),
  });
  return { server, connection, messages, links };
}

const stateFact = (seq: number) => ({
  seq,
  kind: 'unitStateChanged' as const,
  incidentId: null,
  actor: 'user:x',
  observedAt: '2026-11-22T01:35:00Z',
  receivedAt: '2026-11-22T01:35:00Z',
  payload: { unitId: 'u', state: 'enRoute' as const },
});

describe('StreamConnection', () => {
  it('asks for a snapshot first and resumes after the newest fact or ping', async () => {
    const { server, connection } = connect();
    connection.start();
    await settle();
    expect(server.last.lastEventId).toBeNull();
    server.snapshot({ seq: 3 });
    server.fact(stateFact(4));
    server.ping(9);
    await settle();
    server.last.end();
    await server.pass(1000);
    expect(server.streams).toHaveLength(2);
    expect(server.last.lastEventId).toBe('9');
  });

  it('R5: comes back within a second, then ever more slowly while the server is away', async () => {
    const { server, connection, links } = connect();
    connection.start();
    await settle();
    server.snapshot({ seq: 1 });
    await settle();
    server.answers = ['down', 503, 'down'];
    server.last.end();
    await server.pass(1000);
    expect(server.answers).toEqual([503, 'down']);
    expect(links.at(-1)).toMatchObject({ state: 'waiting' });
    // 0.75 + 1.5 + 3 + 6 s with the middle luck of the fake.
    await server.pass(11_000);
    expect(links.at(-1)).toMatchObject({ state: 'connecting' });
    expect(server.last.lastEventId).toBe('1');
  });

  it('does not trust a line that has been silent for three pings', async () => {
    const { server, connection } = connect();
    connection.start();
    await settle();
    server.snapshot({ seq: 1 });
    await settle();
    const first = server.last;
    await server.pass(14_900);
    expect(first.signal.aborted).toBe(false);
    await server.pass(1200);
    expect(first.signal.aborted).toBe(true);
    expect(server.streams).toHaveLength(2);
  });

  it('gives up a request that is never answered', async () => {
    const { server, connection, links } = connect();
    server.deps.fetch = () => new Promise(() => {});
    new StreamConnection({
      ...server.deps,
      onMessage: () => true,
      onLink: link => void links.push(link),
    }).start();
    connection.stop();
    await server.pass(15_000);
    expect(links.at(-1)?.state).toBe('waiting');
  });

  it('wakes at once when the tab shows again', async () => {
    const { server, connection } = connect();
    server.answers = ['down', 'down', 'down'];
    connection.start();
    await server.pass(5000);
    expect(server.streams).toHaveLength(0);
    connection.wake();
    await settle();
    expect(server.streams).toHaveLength(1);
    connection.wake();
    await settle();
    expect(server.streams, 'an open line is left alone').toHaveLength(1);
  });

  it('begins anew without a seq after resync, but not in a tight loop', async () => {
    const { server, connection } = connect();
    connection.start();
    await settle();
    server.snapshot({ seq: 5 });
    server.last.send('resync', { reason: 'tooFarBehind' });
    await settle();
    expect(server.streams).toHaveLength(1);
    await server.pass(1000);
    expect(server.streams).toHaveLength(2);
    expect(server.last.lastEventId).toBeNull();
  });

  it('ends for good when the session is over, without a role for it, or with another protocol', async () => {
    for (const [answer, state] of [
      [401, 'signedOut'],
      [403, 'idle'],
    ] as const) {
      const { server, connection, links } = connect();
      server.answers = [answer];
      connection.start();
      await server.pass(120_000);
      expect(links.at(-1)?.state).toBe(state);
      expect(server.streams).toHaveLength(0);
    }
    const { server, connection, links } = connect();
    connection.start();
    await settle();
    server.snapshot({ seq: 5 }, [], 99);
    await server.pass(120_000);
    expect(links.at(-1)?.state).toBe('incompatible');
    expect(server.streams).toHaveLength(1);
  });

  it('knows how far the clocks are apart and how old the data is', async () => {
    const { server, connection, links } = connect();
    connection.start();
    await settle();
    server.snapshot({ seq: 1 });
    server.ping(1, 12);
    await settle();
    expect(links.at(-1)).toMatchObject({
      state: 'live',
      clockOffsetMs: 60_000,
      dataAgeS: 12,
      heardAt: server.nowMs,
    });
  });

  it('passes over messages that it does not know', async () => {
    const { server, connection, messages } = connect();
    connection.start();
    await settle();
    server.last.send('weather', { rain: true });
    server.snapshot({ seq: 1 });
    await settle();
    expect(messages.map(({ type }) => type)).toEqual(['snapshot']);
  });
});
