/** A stream server, clock and timers for the connection and the hub, all in memory and in the test's hands. */
import type { Fact } from '#domain/apply.ts';
import { emptyWorld, type World } from '#domain/world.ts';
import {
  PROTOCOL_VERSION,
  positionRecordBytes,
  type PositionRecord,
  writePositionRecord,
} from '#contract/stream.ts';

export interface OpenStream {
  lastEventId: string | null;
  signal: AbortSignal;
  send(type: string, data: unknown, id?: number): void;
  sendRaw(text: string): void;
  end(): void;
}

export class FakeServer {
  nowMs = Date.parse('2026-11-22T01:35:00Z');
  streams: OpenStream[] = [];
  /** What the next requests are answered with instead of a stream; 'down' refuses the connection. */
  answers: (number | 'down')[] = [];
  private timers: { atMs: number; callback: () => void }[] = [];

  readonly deps = {
    fetch: (_url: string, init: RequestInit) => this.answer(init),
    now: () => this.nowMs,
    random: () => 0.5,
    after: (ms: number, callback: () => void) => {
      const timer = { atMs: this.nowMs + ms, callback };
      this.timers.push(timer);
      return () => void (this.timers = this.timers.filter(other => other !== timer));
    },
  };

  get last(): OpenStream {
    const stream = this.streams.at(-1);
    if (!stream) throw new Error('no stream has been opened');
    return stream;
  }

  /** Lets time pass; due timers fire in order. */
  async pass(ms: number): Promise<void> {
    await settle();
    const endMs = this.nowMs + ms;
    for (;;) {
      const due = this.timers.filter(({ atMs }) => atMs <= endMs).toSorted((a, b) => a.atMs - b.atMs)[0];
      if (!due) break;
      this.timers = this.timers.filter(timer => timer !== due);
      this.nowMs = due.atMs;
      due.callback();
      await settle();
    }
    this.nowMs = endMs;
    await settle();
  }

  snapshot(world: Partial<World>, records: PositionRecord[] = [], protocol = PROTOCOL_VERSION): void {
    const whole = { ...emptyWorld, ...world };
    const positions = Buffer.from(encode(records)).toString('base64');
    this.last.send(
      'snapshot',
      { protocol, seq: whole.seq, serverTime: this.serverTime(), world: whole, positions },
      whole.seq,
    );
  }
  fact(fact: Fact): void {
    this.last.send('fact', fact, fact.seq);
  }
  ping(seq: number, dataAgeS = 0): void {
    this.last.send('ping', { serverTime: this.serverTime(), seq, dataAgeS });
  }
  positions(records: PositionRecord[]): void {
    this.last.sendRaw(`event: positions\ndata: ${Buffer.from(encode(records)).toString('base64')}\n\n`);
  }

  /** Ahead of the client's clock by a minute, as machines' clocks differ. */
  serverTime(): string {
    return new Date(this.nowMs + 60_000).toISOString();
  }

  private async answer(init: RequestInit): Promise<Response> {
    const answer = this.answers.shift() ?? 200;
    if (answer === 'down') throw new TypeError('fetch failed');
    if (answer !== 200) return new Response('{}', { status: answer });
    let controller!: ReadableStreamDefaultController<Uint8Array>;
    const body = new ReadableStream<Uint8Array>({ start: made => void (controller = made) });
    const signal = init.signal!;
    const encoder = new TextEncoder();
    signal.addEventListener('abort', () => controller.error(new DOMException('aborted', 'AbortError')));
    const sendRaw = (text: string) => controller.enqueue(encoder.encode(text));
    this.streams.push({
      lastEventId: new Headers(init.headers).get('Last-Event-ID'),
      signal,
      sendRaw,
      send: (type, data, id) =>
        sendRaw(`${id === undefined ? '' : `id: ${id}\n`}event: ${type}\ndata: ${JSON.stringify(data)}\n\n`),
      end: () => controller.close(),
    });
    return new Response(body, { status: 200 });
  }
}

/** Until everything that was promised has happened. */
export async function settle(): Promise<void> {
  for (let i = 0; i < 20; i++) await new Promise(resolve => setImmediate(resolve));
}

export function encode(records: readonly PositionRecord[]): Uint8Array {
  const bytes = new Uint8Array(records.length * positionRecordBytes);
  const view = new DataView(bytes.buffer);
  records.forEach((record, i) => writePositionRecord(view, i * positionRecordBytes, record));
  return bytes;
}
