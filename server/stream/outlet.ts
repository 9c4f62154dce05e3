/**
 * The end of a stream that a client reads from: a web stream for the HTTP server, fed with shared buffers. What waits
 * is counted, so that nobody who stopped reading costs more than a bound, or delays anybody.
 */
export interface OutletOptions {
  /** The client went away, or was cut off. */
  onGone: () => void;
  /** Bytes that may wait for a reader beyond a snapshot. */
  maxWaitingBytes?: number;
}

export class Outlet {
  readonly readable: ReadableStream<Uint8Array>;
  readonly #onGone: () => void;
  readonly #maxWaitingBytes: number;
  #controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  #waiting: Buffer[] = [];
  #waitingBytes = 0;
  /** Of these, not held against the reader: a snapshot may be large. */
  #excusedBytes = 0;
  #reading = false;
  #ending = false;
  #gone = false;

  constructor(options: OutletOptions) {
    this.#onGone = options.onGone;
    this.#maxWaitingBytes = options.maxWaitingBytes ?? 1024 * 1024;
    this.readable = new ReadableStream<Uint8Array>(
      {
        start: controller => {
          this.#controller = controller;
        },
        pull: () => this.#pull(),
        cancel: () => this.#leave(),
      },
      // Nothing is kept inside the web stream: what waits, waits here, where it is counted and can be dropped.
      { highWaterMark: 0 },
    );
  }

  /** True while everything that was written has been taken: only then is it worth to send what may be skipped. */
  get idle(): boolean {
    return this.#waiting.length === 0;
  }

  get waitingBytes(): number {
    return this.#waitingBytes;
  }

  /** Queues a frame; false when the reader is too far behind to get it. */
  write(frame: Buffer, options: { excused?: boolean } = {}): boolean {
    if (this.#gone || this.#ending) return true;
    if (options.excused) this.#excusedBytes += frame.length;
    else if (this.#waitingBytes - this.#excusedBytes + frame.length > this.#maxWaitingBytes) return false;
    this.#waiting.push(frame);
    this.#waitingBytes += frame.length;
    if (this.#reading) this.#flush();
    return true;
  }

  /** Forgets what waits: something that replaces it comes next. */
  drop(): void {
    this.#waiting = [];
    this.#waitingBytes = 0;
    this.#excusedBytes = 0;
  }

  /** Ends the stream once what waits has been read. */
  end(): void {
    if (this.#gone || this.#ending) return;
    this.#ending = true;
    if (this.#waiting.length === 0) this.#close();
  }

  /** Cuts the client off at once. */
  abort(reason: string): void {
    if (this.#gone) return;
    this.#controller?.error(new Error(reason));
    this.#leave();
  }

  #pull(): void {
    this.#reading = true;
    if (this.#waiting.length > 0) this.#flush();
  }

  #flush(): void {
    const [first] = this.#waiting;
    if (!first) return;
    const chunk = this.#waiting.length === 1 ? first : Buffer.concat(this.#waiting);
    this.drop();
    this.#reading = false;
    this.#controller?.enqueue(chunk);
    if (this.#ending) this.#close();
  }

  #close(): void {
    this.#controller?.close();
    this.#leave();
  }

  #leave(): void {
    if (this.#gone) return;
    this.#gone = true;
    this.drop();
    this.#onGone();
  }
}
