import { Duplex } from 'node:stream';
import { FrontendSplitter } from './frames.ts';
import type { RequestBatch } from './frames.ts';

/** The side of the embedded database that a stream talks to. */
export interface SessionHost {
  /** Resolves when this stream holds the only session of the engine. */
  acquire(stream: EmbeddedStream): Promise<void>;
  /** Gives the session back; the engine rolls back and forgets its settings. Harmless when it is not held. */
  release(stream: EmbeddedStream): void;
  send(stream: EmbeddedStream, batch: RequestBatch): void;
}

/** Stands where `pg` expects a TCP socket: bytes go to the worker that runs the engine, and come back. */
export class EmbeddedStream extends Duplex {
  readonly session: number;
  #host: SessionHost;
  #splitter = new FrontendSplitter();

  constructor(host: SessionHost, session: number) {
    super();
    this.#host = host;
    this.session = session;
  }

  /** Called by `pg` in place of a socket's connect. */
  connect(): this {
    this.#host.acquire(this).then(
      () => (this.destroyed ? this.#host.release(this) : this.emit('connect')),
      (error: Error) => this.destroy(error),
    );
    return this;
  }

  // `pg` calls these on sockets; in memory they mean nothing.
  setNoDelay(): this {
    return this;
  }
  setKeepAlive(): this {
    return this;
  }
  ref(): this {
    return this;
  }
  unref(): this {
    return this;
  }

  override _read(): void {}

  override _write(piece: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.#feed(piece);
    done();
  }

  override _writev(pieces: { chunk: Buffer }[], done: () => void): void {
    this.#feed(Buffer.concat(pieces.map(piece => piece.chunk)));
    done();
  }

  #feed(piece: Buffer): void {
    for (const batch of this.#splitter.push(piece)) this.#host.send(this, batch);
    if (this.#splitter.terminated && !this.writableEnded) {
      this.push(null);
      this.end();
    }
  }

  override _final(done: () => void): void {
    this.#host.release(this);
    done();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#host.release(this);
    done(error);
  }
}
