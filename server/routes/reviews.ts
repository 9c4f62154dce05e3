import { createRoute, z } from '@hono/zod-openapi';
import { authorityBodySchema } from '#contract/incident.ts';
import { wordsQuerySchema } from '#contract/posterior.ts';
import { reviewViewSchema } from '#contract/review.ts';
import type { AppDeps } from '../deps.ts';
import { streamOf } from '../http/stream-of.ts';
import { approveReview, endReview, listReviews, requestReview } from '../services/replay/review.ts';
import { openRecordedTrace, type TracePiece } from '../services/replay/trace.ts';
import { pieceFrame } from '../stream/frames.ts';
import { callOf, guarded, jsonBody, jsonReply, refusals, resource } from './define.ts';
import { byId } from './incidents.ts';
import { reasonHeader } from './trace.ts';

const reviewReply = z.object({ reviewId: z.string() });
const reviewList = jsonReply(
  'Reviews, newest first',
  z.object({ items: z.array(reviewViewSchema), nextCursor: z.null() }),
);

const ask = createRoute({
  method: 'post',
  path: '/api/replay/{id}/reviews',
  summary: 'Ask to see the trace of a closed incident again',
  ...guarded('replay.review'),
  request: { ...byId, body: jsonBody(authorityBodySchema) },
  responses: {
    201: jsonReply('Asked for; it needs an approval by somebody else', reviewReply),
    ...refusals,
  },
});
const ofIncident = createRoute({
  method: 'get',
  path: '/api/replay/{id}/reviews',
  summary: 'Who asked to see the trace of this incident again: one’s own, or all for who decides',
  ...guarded('replay.review'),
  request: byId,
  responses: { 200: reviewList, ...refusals },
});
const waiting = createRoute({
  method: 'get',
  path: '/api/reviews',
  summary: 'Reviews that wait for an approval: one’s own, or all for who decides',
  ...guarded('replay.review'),
  responses: { 200: reviewList, ...refusals },
});
const approve = createRoute({
  method: 'post',
  path: '/api/reviews/{id}/approve',
  summary: 'Approve a review that somebody else asked for',
  ...guarded('authority.decide'),
  request: byId,
  responses: { 200: jsonReply('Approved', reviewReply), ...refusals },
});
const end = createRoute({
  method: 'post',
  path: '/api/reviews/{id}/end',
  summary: 'End a review: what it shows disappears within a second',
  ...guarded('replay.review'),
  request: byId,
  responses: { 200: jsonReply('Ended', reviewReply), ...refusals },
});
const trace = createRoute({
  method: 'get',
  path: '/api/replay/{id}/trace',
  summary:
    'The recorded trace: under the conditions of a look while the incident is open, on a review when it is closed; audited; stays open as long as it may be seen',
  ...guarded('trace.look'),
  request: { ...byId, query: wordsQuerySchema, headers: reasonHeader },
  responses: {
    200: {
      description: 'Messages as in contract/review.ts',
      content: { 'text/event-stream': { schema: z.string() } },
    },
    ...refusals,
  },
});

/** Seeing the trace of a case once more. */
export const reviewRoutes = (deps: AppDeps) =>
  resource()
    .openapi(ask, async c => {
      const { id } = c.req.valid('param');
      return c.json((await requestReview(deps, await callOf(c, 201), id, c.req.valid('json'))).reply, 201);
    })
    .openapi(ofIncident, async c => {
      const items = await listReviews(deps, c.get('actor'), c.req.valid('param').id);
      return c.json({ items, nextCursor: null }, 200);
    })
    .openapi(waiting, async c =>
      c.json({ items: await listReviews(deps, c.get('actor'), undefined), nextCursor: null }, 200),
    )
    .openapi(approve, async c =>
      c.json((await approveReview(deps, await callOf(c, 200), c.req.valid('param').id)).reply, 200),
    )
    .openapi(end, async c =>
      c.json((await endReview(deps, await callOf(c, 200), c.req.valid('param').id)).reply, 200),
    )
    .openapi(trace, async c => {
      const look = {
        actor: c.get('actor'),
        incidentId: c.req.valid('param').id,
        reason: c.req.header('X-Access-Reason'),
        lang: c.req.valid('query').lang,
      };
      return c.body(streamOf(framesOf(await openRecordedTrace(deps, look))), 200, {
        'Content-Type': 'text/event-stream; charset=utf-8',
        'Cache-Control': 'no-store',
        'X-Accel-Buffering': 'no',
      });
    });

async function* framesOf(pieces: AsyncGenerator<TracePiece>): AsyncGenerator<Uint8Array> {
  for await (const piece of pieces) yield pieceFrame(piece);
}
