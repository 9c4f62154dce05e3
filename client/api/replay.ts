/** Recordings of incidents and of the whole centre, and the traces that belong to them. */
import type { AfterAction } from '#contract/after-action.ts';
import type { BookmarkView } from '#contract/bookmark.ts';
import type { RecordedMessage } from '#contract/replay.ts';
import type { RecordedBelief, RecordedTrace, ReviewView } from '#contract/review.ts';
import type { WhatIfView, whatIfBodySchema } from '#contract/what-if.ts';
import type { z } from 'zod';
import { recordedMessage } from '../replay/recording.ts';
import type { Lang } from '../map/scene.ts';
import { eventsOf } from './event-stream.ts';
import { ApiFailure, call, open } from './http.ts';

export type { AfterAction, RecordedBelief, ReviewView };

/** What is replayed: an incident, or at most 24 hours of the centre. */
export type Recorded = { incidentId: string } | { from: string; to: string };

const at = (incidentId: string, rest = '') => `/api/replay/${encodeURIComponent(incidentId)}${rest}`;

/** Reads a whole recording; rejects with `ApiFailure`, also when it is cut off before its end. */
export async function fetchRecording(what: Recorded, signal: AbortSignal): Promise<RecordedMessage[]> {
  const response = await ('incidentId' in what
    ? open(at(what.incidentId), { signal })
    : open('/api/replay', { query: { ...what }, signal }));
  const messages: RecordedMessage[] = [];
  for await (const { type, data } of eventsOf(response)) {
    const message = recordedMessage(type, data);
    if (message) messages.push(message);
  }
  if (messages.at(-1)?.type !== 'end') throw new ApiFailure('unreadable', 'the recording was cut off');
  return messages;
}

export type TraceMessage =
  | { type: 'trace'; trace: RecordedTrace }
  | { type: 'belief'; belief: RecordedBelief }
  | { type: 'revoked' };

interface TraceLook {
  incidentId: string;
  accessReason: string;
  lang: Lang;
}

/** The recorded trace, for as long as it may be seen: a look, so it goes with a reason. */
export async function* followTrace(
  { incidentId, accessReason, lang }: TraceLook,
  signal: AbortSignal,
): AsyncGenerator<TraceMessage> {
  const response = await open(at(incidentId, '/trace'), { query: { lang }, accessReason, signal });
  for await (const { type, data } of eventsOf(response)) {
    if (type === 'trace') yield { type, trace: JSON.parse(data) as RecordedTrace };
    else if (type === 'belief') yield { type, belief: JSON.parse(data) as RecordedBelief };
    else if (type === 'revoked') yield { type };
  }
}

export const fetchAfterAction = (incidentId: string, signal: AbortSignal) =>
  call<AfterAction>('GET', at(incidentId, '/report'), { signal });
/** Where the report is to be had as a file. */
export const reportFile = (incidentId: string) => at(incidentId, '/report?format=pdf');

/** The forks of a case that were run on, newest first. */
export const fetchWhatIfs = async (incidentId: string, signal: AbortSignal): Promise<WhatIfView[]> =>
  (await call<{ items: WhatIfView[] }>('GET', at(incidentId, '/what-if'), { signal })).items;
/** Runs two futures of a moment on: a look, so it goes with a reason. It takes seconds, with our plan minutes. */
export const runWhatIf = (
  { incidentId, accessReason }: { incidentId: string; accessReason: string },
  body: z.input<typeof whatIfBodySchema>,
) => call<WhatIfView>('POST', at(incidentId, '/what-if'), { body, accessReason });

export const fetchBookmarks = async (incidentId: string, signal: AbortSignal): Promise<BookmarkView[]> =>
  (await call<{ items: BookmarkView[] }>('GET', at(incidentId, '/bookmarks'), { signal })).items;
export const markMoment = (incidentId: string, body: { at: string; text: string }) =>
  call<unknown>('POST', at(incidentId, '/bookmarks'), { body });
export const removeBookmark = (id: string) =>
  call<unknown>('DELETE', `/api/bookmarks/${encodeURIComponent(id)}`);

export const fetchReviews = async (incidentId: string, signal: AbortSignal): Promise<ReviewView[]> =>
  (await call<{ items: ReviewView[] }>('GET', at(incidentId, '/reviews'), { signal })).items;
export const fetchWaitingReviews = async (signal: AbortSignal): Promise<ReviewView[]> =>
  (await call<{ items: ReviewView[] }>('GET', '/api/reviews', { signal })).items;
export const askForReview = (
  incidentId: string,
  body: Pick<ReviewView, 'number' | 'legalBasis' | 'reason' | 'expiresAt'>,
) => call<{ reviewId: string }>('POST', at(incidentId, '/reviews'), { body });
export const approveReview = (reviewId: string) =>
  call<unknown>('POST', `/api/reviews/${encodeURIComponent(reviewId)}/approve`);
export const endReview = (reviewId: string) =>
  call<unknown>('POST', `/api/reviews/${encodeURIComponent(reviewId)}/end`);
