/**
 * A recording: GET /api/replay/:incidentId and GET /api/replay, server-sent events with an end. First what the live stream
 * says, `snapshot` (at the moment where the recording begins) and then each later `fact`; then
 *
 *   event: track      where one unit was in a quarter of an hour: a chunk as the server keeps it (#domain/track/chunk.ts)
 *   event: end        the recording is whole; one that stops without it is cut off
 *
 * Facts carry no sightings: a trace is only seen through a look, live or recorded.
 */
import { z } from 'zod';
import type { Fact } from '#domain/apply.ts';
import { instantSchema } from './common.ts';
import type { SnapshotMessage } from './stream.ts';

/** At most this much of the whole centre at once. */
export const longestRecordingMs = 24 * 3_600_000;

/** Where to begin: after a seq, or at an instant. Absent: with the incident's first fact. */
export const recordingQuerySchema = z
  .object({ seq: z.coerce.number().int().nonnegative().optional(), at: instantSchema.optional() })
  .refine(({ seq, at }) => seq === undefined || at === undefined, {
    path: ['at'],
    message: 'expected seq or at, not both',
  });

export const recordedSpanSchema = z
  .object({ from: instantSchema, to: instantSchema })
  .refine(({ from, to }) => Date.parse(from) < Date.parse(to), {
    path: ['to'],
    message: 'expected a time after from',
  })
  .refine(({ from, to }) => Date.parse(to) - Date.parse(from) <= longestRecordingMs, {
    path: ['to'],
    message: 'expected at most 24 hours after from',
  });

export interface TrackMessage {
  unitId: string;
  windowAt: string;
  /** Base64. */
  chunk: string;
}
export interface EndMessage {
  /** The recording spans this much, also where nothing happened at its ends. */
  from: string;
  to: string;
}

export type RecordedMessage =
  | ({ type: 'snapshot' } & SnapshotMessage)
  | { type: 'fact'; fact: Fact }
  | ({ type: 'track' } & TrackMessage)
  | ({ type: 'end' } & EndMessage);
