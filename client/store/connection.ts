/** The one connection to GET /api/stream: opens, listens, and comes back after a break where it left off. */
import type { StreamMessage } from '#contract/stream.ts';
import { retryDelayMs } from './backoff.ts';
import { decodeBase64 } from './base64.ts';
import { idleLink, type Link } from './messages.ts';
import { type SseEvent, SseParser } from './sse.ts';

/** The server pings every 5 s: three missed ones mean that the line is dead, whatever TCP says. */
const silenceMs = 15_000;

export interface ConnectionDeps {
  fetch(url: string, init: RequestInit): Promise<Response>;
  now(): number;
  /** Uniform in [0, 1). */
  random(): number;
  /** Calls back once after `ms`; returns the way to prevent it. */
  after(ms: number, callback: () => void): () => void;
  /** A message of the stream. Return false to stop for good: this client cannot read it. */
  onMessage(message: StreamMessage): boolean;
  onLink(link: Link): void;
}

export class StreamConnection {
  private readonly deps: ConnectionDeps;
  private link: Link = idleLink;
  private seq: number | null = null;
  private attempt = 0;
  private abort: AbortController | null = null;
  private cancelTimer: (() => void) | null = null;

  constructor(deps: ConnectionDeps) {
    this.deps = deps;
  }

  get state(): Link {
    return this.link;
  }

  /** Opens a stream without a seq: the first message is a snapshot. */
  start(): void {
    this.stop();
    this.open();
  }

  /** Closes the stream and forgets where it was. */
  stop(): void {
    this.halt();
    this.seq = null;
    this.attempt = 0;
    const { clockOffsetMs, clockSetAt, clockRate } = this.link;
    this.report({ ...idleLink, clockOffsetMs, clockSetAt, clockRate });
  }

  /** Tries now instead of when the back-off ends, also when an open line has been silent for longer than a ping. */
  wake(): void {
    const { state, heardAt } = this.link;
    const silent = state === 'live' && heardAt !== null && this.deps.now() - heardAt > silenceMs / 2;
    if (state !== 'waiting' && !silent) return;
    this.halt();
    this.attempt = 0;
    this.open();
  }

  private open(): void {
    const abort = new AbortController();
    this.abort = abort;
    this.report({ ...this.link, state: 'connecting', retryAt: null });
    this.watch(abort);
    void this.run(abort).catch(() => this.retry(abort));
  }

  private async run(abort: AbortController): Promise<void> {
    const headers: Record<string, string> = { Accept: 'text/event-stream' };
    if (this.seq !== null) headers['Last-Event-ID'] = String(this.seq);
    const response = await this.deps.fetch('/api/stream', {
      headers,
      signal: abort.signal,
      cache: 'no-store',
    });
    if (abort.signal.aborted) return;
    if (response.status === 401) return this.end('signedOut');
    // A role without a stream: there is nothing to come back for.
    if (response.status === 403) return this.end('idle');
    if (!response.ok || !response.body)
      throw new Error(`GET /api/stream answered ${response.status}, expected 200`);
    const parser = new SseParser();
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
      if (abort.signal.aborted) return;
      this.heard(abort);
      for (const event of parser.push(chunk.value)) {
        this.receive(event);
        if (abort.signal.aborted) return;
      }
    }
    this.retry(abort);
  }

  private receive(event: SseEvent): void {
    const message = toMessage(event);
    if (!message) return;
    if (message.type === 'snapshot') this.seq = message.seq;
    else if (message.type === 'fact') this.seq = message.fact.seq;
    else if (message.type === 'ping') this.seq = Math.max(this.seq ?? 0, message.seq);
    if (message.type === 'ping') this.report({ ...this.link, dataAgeS: message.dataAgeS });
    if (message.type === 'ping' || message.type === 'snapshot')
      this.synchronise(message.serverTime, message.rate ?? 1);
    if (!this.deps.onMessage(message)) return this.end('incompatible');
    if (message.type === 'resync') this.restart();
  }

  /** From a snapshot, after the first back-off: a server that keeps asking for it is not called in a tight loop. */
  private restart(): void {
    this.seq = null;
    if (this.abort) this.retry(this.abort);
  }

  private heard(abort: AbortController): void {
    this.attempt = 0;
    this.report({ ...this.link, state: 'live', heardAt: this.deps.now(), retryAt: null });
    this.watch(abort);
  }

  private synchronise(serverTime: string, clockRate: number): void {
    const clockSetAt = this.deps.now();
    const clockOffsetMs = Date.parse(serverTime) - clockSetAt;
    if (Number.isFinite(clockOffsetMs)) this.report({ ...this.link, clockOffsetMs, clockSetAt, clockRate });
  }

  private watch(abort: AbortController): void {
    this.cancelTimer?.();
    this.cancelTimer = this.deps.after(silenceMs, () => this.retry(abort));
  }

  private retry(abort: AbortController): void {
    if (this.abort !== abort) return;
    this.halt();
    const delayMs = retryDelayMs(this.attempt++, this.deps.random());
    this.report({ ...this.link, state: 'waiting', retryAt: this.deps.now() + delayMs });
    this.cancelTimer = this.deps.after(delayMs, () => this.open());
  }

  private end(state: 'idle' | 'signedOut' | 'incompatible'): void {
    this.stop();
    this.report({ ...this.link, state });
  }

  private halt(): void {
    this.cancelTimer?.();
    this.cancelTimer = null;
    this.abort?.abort();
    this.abort = null;
  }

  private report(link: Link): void {
    this.link = link;
    this.deps.onLink(link);
  }
}

/** The contract's message of one server-sent event; null for a type that this version does not know. */
function toMessage({ type, data }: SseEvent): StreamMessage | null {
  switch (type) {
    case 'positions':
      return { type, bytes: decodeBase64(data) };
    case 'fact':
      return { type, fact: JSON.parse(data) };
    case 'snapshot':
    case 'revoked':
    case 'resync':
    case 'ping':
      return { type, ...JSON.parse(data) };
    default:
      return null;
  }
}
