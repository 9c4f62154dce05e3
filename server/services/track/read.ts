/** Where units were, from chunks and hot rows alike. Each call sees one snapshot, so a fix that moves is never missed. */
import { sql } from 'drizzle-orm';
import { decodeChunk, encodeChunk } from '#domain/track/chunk.ts';
import { between, filterTrack, mergeTracks, type Track, trackOf } from '#domain/track/track.ts';
import { windowMs, windowOf } from '#domain/track/window.ts';
import type { Database } from '../../../db/connect.ts';
import { packedFixes } from '../../../db/queries/packed-fixes.ts';
import { envelope } from '../../../db/queries/sql.ts';
import { type Box, chunksBetween, chunksOfUnit, type StoredChunk } from '../../../db/queries/track-chunks.ts';
import type { Tx } from '../../../db/transaction.ts';

/** The fixes of a unit observed from `fromMs` up to, not including, `toMs`, in order, each once. */
export async function readTrack(
  database: Database,
  unitId: string,
  fromMs: number,
  toMs: number,
): Promise<Track> {
  const { chunks, hot } = await database.read(async tx => ({
    chunks: await chunksOfUnit(tx, unitId, fromMs, toMs),
    hot: await packedFixes(tx, sql`position where unit_id = ${unitId} and ${observed(fromMs, toMs)}`),
  }));
  const parts = [...chunks.map(chunk => decodeChunk(chunk.body)), ...hot.map(window => window.track)];
  return between(mergeTracks(parts.length > 0 ? parts : [trackOf([])]), fromMs, toMs);
}

/** The fixes of every unit in a box (west, south, east, north in degrees) in a span of time, by unit. */
export async function readTracksIn(
  database: Database,
  box: Box,
  fromMs: number,
  toMs: number,
): Promise<Map<string, Track>> {
  const { chunks, hot } = await database.read(async tx => ({
    chunks: await chunksBetween(tx, fromMs, toMs, box),
    hot: await packedFixes(tx, sql`position where ${observed(fromMs, toMs)} and ${inside(box)}`),
  }));
  const parts = Map.groupBy(
    [...chunks.map(({ unitId, body }) => ({ unitId, track: decodeChunk(body) })), ...hot],
    part => part.unitId,
  );
  const found = new Map<string, Track>();
  for (const [unitId, tracks] of parts) {
    const wanted = tracks.map(({ track }) => inBox(between(track, fromMs, toMs), box));
    const track = mergeTracks(wanted);
    if (track.length > 0) found.set(unitId, track);
  }
  return found;
}

/**
 * Everything between two instants for a replay: a quarter of an hour at a time, in order of time, as chunks that the
 * browser reads itself. Hot rows are made into chunks on the way. A chunk may begin before `fromMs` and end after
 * `toMs`, and with a box it may leave it: they come as they are.
 */
export async function* tracksBetween(
  database: Database,
  fromMs: number,
  toMs: number,
  box?: Box,
): AsyncGenerator<StoredChunk[]> {
  for (let windowAtMs = windowOf(fromMs); windowAtMs < toMs; windowAtMs += windowMs) {
    const chunks = await database.read(tx => chunksOfWindow(tx, windowAtMs, box));
    if (chunks.length > 0) yield chunks;
  }
}

/** The fixes of the units that are wanted, observed from `fromMs` up to, not including, `toMs`: by unit, in order, each once. */
export async function readTracksOf(
  database: Database,
  fromMs: number,
  toMs: number,
  wanted: (unitId: string) => boolean = () => true,
): Promise<Map<string, Track>> {
  const parts = new Map<string, Track[]>();
  for await (const chunks of tracksBetween(database, fromMs, toMs))
    for (const { unitId, body } of chunks)
      if (wanted(unitId)) parts.set(unitId, [...(parts.get(unitId) ?? []), decodeChunk(body)]);
  return new Map(
    Array.from(parts, ([unitId, tracks]) => [unitId, between(mergeTracks(tracks), fromMs, toMs)]),
  );
}

async function chunksOfWindow(tx: Tx, windowAtMs: number, box: Box | undefined): Promise<StoredChunk[]> {
  const endMs = windowAtMs + windowMs;
  const stored = await chunksBetween(tx, windowAtMs, endMs, box);
  const within = box ? sql` and ${inside(box)}` : sql``;
  const hot = await packedFixes(tx, sql`position where ${observed(windowAtMs, endMs)}${within}`);
  const byUnit = new Map(stored.map(chunk => [chunk.unitId, chunk]));
  for (const { unitId, track } of hot) {
    const before = byUnit.get(unitId);
    const whole = before ? mergeTracks([decodeChunk(before.body), track]) : track;
    byUnit.set(unitId, { unitId, windowAtMs, body: encodeChunk(whole) });
  }
  return [...byUnit.values()].sort((a, b) => (a.unitId < b.unitId ? -1 : 1));
}

const observed = (fromMs: number, toMs: number) =>
  sql`observed_at >= to_timestamp(${fromMs}::float8 / 1000) and observed_at < to_timestamp(${toMs}::float8 / 1000)`;

const inside = (box: Box) => sql`point && ${envelope(box)}`;

function inBox(track: Track, [west, south, east, north]: Box): Track {
  const [w, s, e, n] = [west * 1e7, south * 1e7, east * 1e7, north * 1e7];
  return filterTrack(track, index => {
    const [lng, lat] = [track.lngE7[index]!, track.latE7[index]!];
    return lng >= w && lng <= e && lat >= s && lat <= n;
  });
}
