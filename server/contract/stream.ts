/**
 * The live wire, whole: GET /api/stream, server-sent events. Resume by Last-Event-ID (or ?since=) = the last seq.
 *
 *   event: snapshot   the world that this viewer may see, at a seq; replaces everything the client had
 *   event: fact       one fact in seq order (id: = seq); nothing is skipped, what is out of scope is not sent
 *   event: positions  base64 of 16-byte records, the newest fix per unit; older ones may be skipped
 *   event: revoked    drop the trace of this incident now, also from caches
 *   event: resync     too far behind or the protocol changed: the client opens a new stream without a seq
 *   event: ping       every 5 s: server time, and how old the data behind the stream is
 *
 * A demo's time may run faster than the machines' or stand still: then snapshot and ping say at which `rate`.
 */
import type { Fact } from '#domain/apply.ts';
import type { World } from '#domain/world.ts';

/** Raised when an older client could misread a message, as with a new kind of fact; a client that sees another number reloads itself. */
export const PROTOCOL_VERSION = 5;

export interface SnapshotMessage {
  protocol: number;
  seq: number;
  serverTime: string;
  /** Server seconds in a second, in a demo; absent: 1. */
  rate?: number;
  world: World;
  /** Base64 position records of every unit in scope that has a fix. */
  positions: string;
}
export type FactMessage = Fact;
export interface RevokedMessage {
  incidentId: string;
}
export interface ResyncMessage {
  reason: 'tooFarBehind' | 'scopeChanged' | 'regionChanged';
}
export interface PingMessage {
  serverTime: string;
  rate?: number;
  /** Seq of the newest fact that was sent or passed over for this viewer; resume from here loses nothing. */
  seq: number;
  /** Seconds since the database last answered; 0 while it is healthy. */
  dataAgeS: number;
}

export type StreamMessage =
  | ({ type: 'snapshot' } & SnapshotMessage)
  | { type: 'fact'; fact: FactMessage }
  | { type: 'positions'; bytes: Uint8Array }
  | ({ type: 'revoked' } & RevokedMessage)
  | ({ type: 'resync' } & ResyncMessage)
  | ({ type: 'ping' } & PingMessage);

/** One decoded position record. `ageS`: age of the fix when the frame was made. */
export interface PositionRecord {
  slot: number;
  lng: number;
  lat: number;
  ageS: number;
  speedMps: number;
  courseDeg: number;
}
export const positionRecordBytes = 16;
const maxAge = 0xffff;

/** Writes one 16-byte little-endian record at `offset`: u32 slot, i32 lng·1e7, i32 lat·1e7, u16 age in 0.1 s, u8 m/s, u8 course in 256ths of a turn. */
export function writePositionRecord(view: DataView, offset: number, record: PositionRecord): void {
  view.setUint32(offset, record.slot, true);
  view.setInt32(offset + 4, Math.round(record.lng * 1e7), true);
  view.setInt32(offset + 8, Math.round(record.lat * 1e7), true);
  view.setUint16(offset + 12, Math.max(0, Math.min(maxAge, Math.round(record.ageS * 10))), true);
  view.setUint8(offset + 14, Math.max(0, Math.min(255, Math.round(record.speedMps))));
  view.setUint8(offset + 15, Math.round((((record.courseDeg % 360) + 360) % 360) * (256 / 360)) & 255);
}

/** Reads the record at `offset`; the reverse of `writePositionRecord` within its rounding. */
export function readPositionRecord(view: DataView, offset: number): PositionRecord {
  return {
    slot: view.getUint32(offset, true),
    lng: view.getInt32(offset + 4, true) / 1e7,
    lat: view.getInt32(offset + 8, true) / 1e7,
    ageS: view.getUint16(offset + 12, true) / 10,
    speedMps: view.getUint8(offset + 14),
    courseDeg: view.getUint8(offset + 15) * (360 / 256),
  };
}
