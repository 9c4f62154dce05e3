/**
 * A track as bytes: some 6 a fix for a car that reports every few seconds. What database and replay keep and what goes
 * to the browser as it is.
 *
 * Layout: version, number of fixes, sources, the heads of all columns; then the differences of all columns as bits; at
 * the end a CRC-32 of everything before it.
 */
import { coordinateSystems } from '#contract/common.ts';
import { BitReader, BitWriter } from './bits.ts';
import { readDifferences, readHead, writeDifferences, writeHead } from './column.ts';
import { crc32 } from './crc32.ts';
import { blankTrack, columnNames, type Track, type TrackSource } from './track.ts';

const chunkVersion = 1;
const checksumBytes = 4;
/** More than one unit can report in a quarter of an hour, and few enough to allocate before the checksum is believed. */
const mostFixes = 1_000_000;

/** A chunk that is damaged, or that this version cannot read. */
export class TrackChunkError extends Error {
  constructor(problem: string) {
    super(`A track chunk cannot be read: ${problem}.`);
    this.name = 'TrackChunkError';
  }
}

/** The bytes of a track. */
export function encodeChunk(track: Track): Uint8Array {
  const writer = new BitWriter(track.length * 8 + 128);
  writer.bits(chunkVersion, 8);
  writer.varint(track.length);
  writeSources(writer, track.sources);
  const columns = columnNames.map(name => (name === 'receivedAtMs' ? delayOf(track) : track[name]));
  const heads = columns.map(values => writeHead(writer, values));
  columns.forEach((values, index) => writeDifferences(writer, values, heads[index]!));
  const body = writer.finish();
  const chunk = new Uint8Array(body.length + checksumBytes);
  chunk.set(body);
  new DataView(chunk.buffer).setUint32(body.length, crc32(body));
  return chunk;
}

/**
 * The track in a chunk.
 * @throws TrackChunkError when the bytes are damaged or of another version
 */
export function decodeChunk(chunk: Uint8Array): Track {
  const end = chunk.length - checksumBytes;
  if (end < 2) throw new TrackChunkError(`${chunk.length} bytes are too few`);
  const stored = new DataView(chunk.buffer, chunk.byteOffset + end, checksumBytes).getUint32(0);
  if (crc32(chunk, 0, end) !== stored) throw new TrackChunkError('its checksum does not fit its content');
  if (chunk[0] !== chunkVersion)
    throw new TrackChunkError(`its version is ${chunk[0]}, expected ${chunkVersion}`);
  try {
    return readTrack(new BitReader(chunk, 1, end));
  } catch (error) {
    if (error instanceof RangeError) throw new TrackChunkError(error.message);
    throw error;
  }
}

/** Like `decodeChunk` for those who go on without it: undefined for a chunk that cannot be read. */
export function decodeIfSound(chunk: Uint8Array): Track | undefined {
  try {
    return decodeChunk(chunk);
  } catch (error) {
    if (error instanceof TrackChunkError) return undefined;
    throw error;
  }
}

function readTrack(reader: BitReader): Track {
  const length = reader.varint();
  if (length > mostFixes) throw new TrackChunkError(`${length} fixes are too many`);
  const track = blankTrack(length, readSources(reader));
  const heads = columnNames.map(() => readHead(reader));
  columnNames.forEach((name, index) => readDifferences(reader, track[name], heads[index]!));
  for (let index = 0; index < length; index++) {
    track.receivedAtMs[index]! += track.observedAtMs[index]!;
    if (!(track.source[index]! in track.sources))
      throw new TrackChunkError('it names a source that is not there');
  }
  if (!reader.atEnd) throw new TrackChunkError('it goes on after its last fix');
  return track;
}

/** How late we knew: smaller numbers than the time itself. */
const delayOf = (track: Track): Float64Array =>
  track.receivedAtMs.map((receivedAtMs, index) => receivedAtMs - track.observedAtMs[index]!);

function writeSources(writer: BitWriter, sources: readonly TrackSource[]): void {
  writer.varint(sources.length);
  for (const { deviceId, crs } of sources) {
    const name = new TextEncoder().encode(deviceId);
    writer.varint(coordinateSystems.indexOf(crs));
    writer.varint(name.length);
    writer.bytes(name);
  }
}

function readSources(reader: BitReader): TrackSource[] {
  const sources: TrackSource[] = [];
  for (let left = reader.varint(); left > 0; left--) {
    const crs = coordinateSystems[reader.varint()];
    if (crs === undefined) throw new TrackChunkError('it names an unknown coordinate system');
    sources.push({ crs, deviceId: new TextDecoder().decode(reader.bytes(reader.varint())) });
  }
  return sources;
}
