/** Stream messages as bytes. Each frame is encoded once and its buffer shared by all who get it. */
import type { EndMessage, TrackMessage } from '#contract/replay.ts';
import {
  type PingMessage,
  positionRecordBytes,
  type ResyncMessage,
  type RevokedMessage,
  type SnapshotMessage,
  writePositionRecord,
} from '#contract/stream.ts';
import type { Fact } from '#domain/apply.ts';
import type { Fleet } from '../live/fleet.ts';

/** The world comes as JSON: it is the large part, and the same for many. */
export const snapshotFrame = (head: Omit<SnapshotMessage, 'world'>, worldJson: string): Buffer =>
  frame('snapshot', `${JSON.stringify(head).slice(0, -1)},"world":${worldJson}}`, head.seq);
export const factFrame = (fact: Fact): Buffer => frame('fact', JSON.stringify(fact), fact.seq);
export const positionsFrame = (base64: string): Buffer => frame('positions', base64);
export const revokedFrame = (message: RevokedMessage): Buffer => frame('revoked', JSON.stringify(message));
export const resyncFrame = (message: ResyncMessage): Buffer => frame('resync', JSON.stringify(message));
export const trackFrame = (message: TrackMessage): Buffer => frame('track', JSON.stringify(message));
export const endFrame = (message: EndMessage): Buffer => frame('end', JSON.stringify(message));
/** A piece of a recorded trace (contract/review.ts). */
export const pieceFrame = (piece: { name: string; data: unknown }): Buffer =>
  frame(piece.name, JSON.stringify(piece.data));
/** Carries the seq as its id, so that a client which saw no fact for hours still resumes from here. */
export const pingFrame = (message: PingMessage): Buffer =>
  frame('ping', JSON.stringify(message), message.seq);
/** First on every stream: how long a browser's own EventSource waits before it tries again. */
export const retryFrame = Buffer.from('retry: 1000\n\n');

/** JSON and base64 hold no line breaks, so one data line is enough. */
function frame(name: string, data: string, id?: number): Buffer {
  return Buffer.from(`event: ${name}\n${id === undefined ? '' : `id: ${id}\n`}data: ${data}\n\n`);
}

/** Position records of the slots as base64; ages as of `nowMs`. */
export function encodePositions(fleet: Fleet, slots: readonly number[], nowMs: number): string {
  const bytes = Buffer.allocUnsafe(slots.length * positionRecordBytes);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let offset = 0;
  for (const slot of slots) {
    const fix = fleet.at(slot);
    if (!fix) continue;
    const ageS = (nowMs - fix.observedAtMs) / 1000;
    const { lng, lat } = fix;
    const motion = { speedMps: fix.speedMps ?? 0, courseDeg: fix.courseDeg ?? 0 };
    writePositionRecord(view, offset, { slot, lng, lat, ageS, ...motion });
    offset += positionRecordBytes;
  }
  return bytes.toString('base64', 0, offset);
}
