/** Bits in a row, the highest of each byte first, with bytes and variable-length numbers where they start on a byte. */

/** More ones in a row than this say: a plain number follows. Fits into what one look at the stream shows. */
const longestUnary = 20;
/** The largest number of low bits that `rice` takes: everything but the plain numbers fits into 31 bits. */
export const mostRiceBits = 24;
const lengthBits = 6;
const lowBits = 26;

export class BitWriter {
  #bytes: Uint8Array;
  /** Bits written so far. */
  #at = 0;

  constructor(expectedBytes = 256) {
    this.#bytes = new Uint8Array(Math.max(16, expectedBytes));
  }

  /** The low `count` bits of a whole number, 0 to 32 of them. */
  bits(value: number, count: number): void {
    this.#reserve(5);
    for (let left = count; left > 0; ) {
      const room = 8 - (this.#at & 7);
      const take = Math.min(room, left);
      const part = (value >>> (left - take)) & ((1 << take) - 1);
      this.#bytes[this.#at >>> 3]! |= part << (room - take);
      this.#at += take;
      left -= take;
    }
  }

  /**
   * A whole number from 0 to 2⁵³ − 1 in Rice's code: value >> k ones and a zero, then k bits. A number far too large
   * for its k is written plainly instead.
   */
  rice(value: number, k: number): void {
    if (value < longestUnary << k) {
      const quotient = value >>> k;
      this.bits((2 << quotient) - 2, quotient + 1);
      this.bits(value & ((1 << k) - 1), k);
      return;
    }
    this.bits(2 ** longestUnary - 1, longestUnary);
    const high = Math.floor(value / 2 ** lowBits);
    const highLength = high === 0 ? 0 : 32 - Math.clz32(high);
    this.bits(highLength, lengthBits);
    this.bits(high, highLength);
    this.bits(value % 2 ** lowBits, lowBits);
  }

  /** Seven bits a byte, the low ones first; whole numbers from 0 to 2⁵³ − 1. Only at the start of a byte. */
  varint(value: number): void {
    let rest = value;
    for (; rest >= 128; rest = Math.floor(rest / 128)) this.bits((rest % 128) | 128, 8);
    this.bits(rest, 8);
  }

  bytes(bytes: Uint8Array): void {
    for (const byte of bytes) this.bits(byte, 8);
  }

  /** What was written; the last byte is filled up with zeros. */
  finish(): Uint8Array {
    return this.#bytes.slice(0, (this.#at + 7) >>> 3);
  }

  #reserve(bytes: number): void {
    if ((this.#at >>> 3) + bytes < this.#bytes.length) return;
    const larger = new Uint8Array(this.#bytes.length * 2 + bytes);
    larger.set(this.#bytes);
    this.#bytes = larger;
  }
}

export class BitReader {
  readonly #bytes: Uint8Array;
  readonly #endBit: number;
  #at: number;

  /** Reads from byte `start` up to byte `end`, which at least four more bytes must follow. */
  constructor(bytes: Uint8Array, start: number, end: number) {
    this.#bytes = bytes;
    this.#at = start * 8;
    this.#endBit = end * 8;
  }

  bits(count: number): number {
    let value = 0;
    for (let left = count; left > 0; ) {
      const take = Math.min(left, 24);
      value = value * 2 ** take + (this.#look() >>> (32 - take));
      this.#skip(take);
      left -= take;
    }
    return value;
  }

  rice(k: number): number {
    const seen = this.#look();
    const ones = Math.clz32(~seen);
    if (ones < longestUnary) {
      const used = ones + 1 + k;
      // A look shows at least 25 bits: mostly the low bits are among them.
      if (used <= 25) {
        this.#skip(used);
        return k === 0 ? ones : (ones << k) | ((seen << (ones + 1)) >>> (32 - k));
      }
      this.#skip(ones + 1);
      return (ones << k) | this.bits(k);
    }
    this.#skip(longestUnary);
    const high = this.bits(this.bits(lengthBits));
    return high * 2 ** lowBits + this.bits(lowBits);
  }

  varint(): number {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = this.bits(8);
      value += (byte & 127) * factor;
      if (byte < 128) return value;
      if (factor > 2 ** 49) throw new RangeError('a number that never ends');
    }
  }

  bytes(count: number): Uint8Array {
    const start = this.#at >>> 3;
    this.#skip(count * 8);
    return this.#bytes.subarray(start, start + count);
  }

  /** Whether less than a byte is left. */
  get atEnd(): boolean {
    return this.#endBit - this.#at < 8;
  }

  /** The next 32 bits, of which the last seven may be missing. */
  #look(): number {
    const at = this.#at >>> 3;
    const bytes = this.#bytes;
    const word = (bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!;
    return word << (this.#at & 7);
  }

  #skip(count: number): void {
    this.#at += count;
    if (this.#at > this.#endBit) throw new RangeError('it ends too early');
  }
}
