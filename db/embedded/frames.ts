/** What is sent to the engine in one go, and whether its answer must end with ReadyForQuery. */
export interface RequestBatch {
  bytes: Uint8Array<ArrayBuffer>;
  expectsReady: boolean;
}

const QUERY = 0x51;
const SYNC = 0x53;
const FLUSH = 0x48;
const TERMINATE = 0x58;

/**
 * Cuts the byte stream of a PostgreSQL client (protocol 3.0, frontend messages) into batches that the engine can
 * answer completely: the start-up packet, then everything up to each Query, Sync or Flush. The engine must never get
 * half a message: it would wait for the rest inside WebAssembly and block its thread for ever.
 * @see https://www.postgresql.org/docs/current/protocol-message-formats.html
 */
export class FrontendSplitter {
  #rest: Buffer = Buffer.alloc(0);
  #batch: Buffer[] = [];
  #started = false;
  /** True once the client has said goodbye; what follows is ignored. */
  terminated = false;

  /** Takes any piece of the stream and returns the batches that it completes, in order. */
  push(piece: Buffer): RequestBatch[] {
    this.#rest = this.#rest.length > 0 ? Buffer.concat([this.#rest, piece]) : piece;
    const batches: RequestBatch[] = [];
    for (let message = this.#next(); message && !this.terminated; message = this.#next()) {
      const batch = this.#accept(message);
      if (batch) batches.push(batch);
    }
    return batches;
  }

  #next(): Buffer | undefined {
    // The start-up packet alone has no type byte before its length.
    const typeBytes = this.#started ? 1 : 0;
    if (this.#rest.length < typeBytes + 4) return undefined;
    const length = typeBytes + this.#rest.readInt32BE(typeBytes);
    if (this.#rest.length < length) return undefined;
    const message = this.#rest.subarray(0, length);
    this.#rest = this.#rest.subarray(length);
    return message;
  }

  #accept(message: Buffer): RequestBatch | undefined {
    if (!this.#started) {
      this.#started = true;
      return { bytes: concatenate([message]), expectsReady: true };
    }
    const type = message[0];
    if (type === TERMINATE) {
      this.terminated = true;
      return undefined;
    }
    this.#batch.push(message);
    if (type !== QUERY && type !== SYNC && type !== FLUSH) return undefined;
    const bytes = concatenate(this.#batch);
    this.#batch = [];
    return { bytes, expectsReady: type !== FLUSH };
  }
}

/** One array of its own, so that its buffer can be transferred to the worker. */
export function concatenate(pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}
