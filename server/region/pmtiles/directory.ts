/** Directories of a PMTiles archive: where each tile's bytes are, as four columns of varints. */
export interface DirectoryEntry {
  tileId: number;
  /** Consecutive tile ids with the same content; 0 marks a leaf directory instead of a tile. */
  runLength: number;
  /** Bytes from the start of the tile data, or of the leaf directories. */
  offset: number;
  length: number;
}

/** Entries ordered by tile id → bytes, not yet compressed. */
export function encodeDirectory(entries: readonly DirectoryEntry[]): Uint8Array {
  const out = new VarintWriter();
  out.write(entries.length);
  let previousId = 0;
  for (const { tileId } of entries) {
    out.write(tileId - previousId);
    previousId = tileId;
  }
  for (const { runLength } of entries) out.write(runLength);
  for (const { length } of entries) out.write(length);
  let end = -1;
  for (const { offset, length } of entries) {
    // 0 says: right after the entry before. The first entry has none before it.
    out.write(offset === end ? 0 : offset + 1);
    end = offset + length;
  }
  return out.finish();
}

/** @throws {Error} when the bytes are no directory */
export function decodeDirectory(bytes: Uint8Array): DirectoryEntry[] {
  const read = varintReader(bytes);
  const count = read();
  if (count > bytes.length)
    throw new Error(`a directory of ${bytes.length} bytes cannot hold ${count} entries`);
  const entries = Array.from(
    { length: count },
    (): DirectoryEntry => ({ tileId: 0, runLength: 0, offset: 0, length: 0 }),
  );
  let id = 0;
  for (const entry of entries) entry.tileId = id += read();
  for (const entry of entries) entry.runLength = read();
  for (const entry of entries) entry.length = read();
  let end = 0;
  for (const entry of entries) {
    const stated = read();
    entry.offset = stated === 0 ? end : stated - 1;
    end = entry.offset + entry.length;
  }
  return entries;
}

class VarintWriter {
  #bytes = new Uint8Array(1024);
  #size = 0;

  write(value: number): void {
    if (this.#size + 10 > this.#bytes.length) {
      const larger = new Uint8Array(this.#bytes.length * 2);
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
    let rest = value;
    while (rest >= 0x80) {
      this.#bytes[this.#size++] = (rest % 0x80) | 0x80;
      rest = Math.floor(rest / 0x80);
    }
    this.#bytes[this.#size++] = rest;
  }

  finish(): Uint8Array {
    return this.#bytes.subarray(0, this.#size);
  }
}

function varintReader(bytes: Uint8Array): () => number {
  let at = 0;
  return () => {
    let value = 0;
    for (let scale = 1; ; scale *= 0x80) {
      const byte = bytes[at++];
      if (byte === undefined) throw new Error('the directory is cut off');
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
    }
  };
}
