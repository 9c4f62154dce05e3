import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { crc32 as zlibCrc32 } from 'node:zlib';
import { BitReader, BitWriter, mostRiceBits } from '#domain/track/bits.ts';
import { decodeChunk, encodeChunk, TrackChunkError } from '#domain/track/chunk.ts';
import { crc32 } from '#domain/track/crc32.ts';
import { columnNames, fixAt, type Track, trackOf } from '#domain/track/track.ts';
import { anyFix, drive } from './arbitraries.ts';

const fixesOf = (track: Track) => Array.from({ length: track.length }, (_, index) => fixAt(track, index));
const bytesPerFix = (everyMs: number, seeds: number) => {
  let [bytes, fixes] = [0, 0];
  for (let seed = 1; seed <= seeds; seed++) {
    const track = trackOf(drive(seed, everyMs));
    bytes += encodeChunk(track).length;
    fixes += track.length;
  }
  return bytes / fixes;
};

describe('a track chunk', () => {
  it('gives back every fix exactly as the track has it, whatever the fixes are', () => {
    fc.assert(
      fc.property(fc.array(anyFix, { maxLength: 60 }), fixes => {
        const track = trackOf(fixes);
        const read = decodeChunk(encodeChunk(track));
        for (const name of columnNames) expect(read[name]).toEqual(track[name]);
        expect(read.sources).toEqual(track.sources);
        expect(fixesOf(read)).toEqual(fixesOf(track));
      }),
      { numRuns: 300 },
    );
  });

  it('is read from the middle of a larger buffer', () => {
    const chunk = encodeChunk(trackOf(drive(1, 5000)));
    const larger = new Uint8Array(chunk.length + 20).fill(255);
    larger.set(chunk, 7);
    expect(decodeChunk(larger.subarray(7, 7 + chunk.length)).length).toBe(180);
  });

  it('takes at most 8 bytes a fix for cars that report every 1 to 10 seconds', () => {
    for (const everyMs of [1000, 2000, 5000, 10_000])
      expect(bytesPerFix(everyMs, 20), `every ${everyMs} ms`).toBeLessThanOrEqual(8);
  });

  it('that is damaged is an error, never other fixes', () => {
    const fixes = drive(3, 10_000);
    const chunk = encodeChunk(trackOf(fixes));
    const damage = fc.oneof(
      fc
        .record({ at: fc.nat(chunk.length - 1), flip: fc.integer({ min: 1, max: 255 }) })
        .map(({ at, flip }) => {
          const damaged = chunk.slice();
          damaged[at]! ^= flip;
          return damaged;
        }),
      fc.nat(chunk.length - 1).map(length => chunk.slice(0, length)),
      fc.uint8Array({ minLength: 1, maxLength: 9 }).map(more => Uint8Array.of(...chunk, ...more)),
      fc.uint8Array({ maxLength: 300 }),
    );
    fc.assert(
      fc.property(damage, bytes => {
        expect(() => decodeChunk(bytes)).toThrow(TrackChunkError);
      }),
      { numRuns: 2000 },
    );
  });

  it('whose checksum fits but whose content makes no sense is an error too', () => {
    const body = fc.uint8Array({ minLength: 2, maxLength: 80 });
    fc.assert(
      fc.property(body, bytes => {
        const content = Uint8Array.of(1, ...bytes);
        const sealed = new Uint8Array(content.length + 4);
        sealed.set(content);
        new DataView(sealed.buffer).setUint32(content.length, crc32(content));
        let track: Track | undefined;
        try {
          track = decodeChunk(sealed);
        } catch (error) {
          expect(error).toBeInstanceOf(TrackChunkError);
        }
        // Few fixes in few bytes may be a track by chance; then it must be a whole one.
        if (track) expect(fixesOf(track).every(fix => typeof fix.deviceId === 'string')).toBe(true);
      }),
      { numRuns: 3000 },
    );
  });

  it('of another version says so', () => {
    const chunk = encodeChunk(trackOf(drive(1, 10_000)));
    chunk[0] = 9;
    new DataView(chunk.buffer).setUint32(chunk.length - 4, crc32(chunk, 0, chunk.length - 4));
    expect(() => decodeChunk(chunk)).toThrow('its version is 9, expected 1');
  });
});

describe('the bits below', () => {
  it('read what was written, plain, in Rice’s code and of variable length', () => {
    const rice = fc.record({
      value: fc.oneof(fc.nat(), fc.maxSafeNat(), fc.nat(300)),
      k: fc.integer({ min: 0, max: mostRiceBits }),
    });
    fc.assert(
      fc.property(fc.array(rice), fc.array(fc.maxSafeNat()), (codes, numbers) => {
        const writer = new BitWriter(1);
        for (const number of numbers) writer.varint(number);
        for (const { value, k } of codes) writer.rice(value, k);
        const written = writer.finish();
        const reader = new BitReader(Uint8Array.of(...written, 0, 0, 0, 0), 0, written.length);
        expect(numbers.map(() => reader.varint())).toEqual(numbers);
        expect(codes.map(({ k }) => reader.rice(k))).toEqual(codes.map(({ value }) => value));
        expect(reader.atEnd).toBe(true);
      }),
    );
  });

  it('the checksum is the CRC-32 that everybody knows', () => {
    expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926);
    fc.assert(
      fc.property(fc.uint8Array(), bytes => {
        expect(crc32(bytes)).toBe(zlibCrc32(bytes));
      }),
    );
  });
});
