import { createRoute, z } from '@hono/zod-openapi';
import { afterActionSchema, reportQuerySchema } from '#contract/after-action.ts';
import { recordedSpanSchema, recordingQuerySchema } from '#contract/replay.ts';
import type { AppDeps } from '../deps.ts';
import { streamOf } from '../http/stream-of.ts';
import { type OpenRecording, openRecording } from '../services/replay/open.ts';
import type { Checkpoints } from '../replay/checkpoints.ts';
import { afterAction, exportAfterAction } from '../services/replay/report.ts';
import { endFrame, factFrame, snapshotFrame, trackFrame } from '../stream/frames.ts';
import { guarded, refusals, resource } from './define.ts';
import { byId } from './incidents.ts';

const recording = {
  200: {
    description: 'Messages as in contract/replay.ts, to their end',
    content: { 'text/event-stream': { schema: z.string() } },
  },
  ...refusals,
};
const incident = createRoute({
  method: 'get',
  path: '/api/replay/{id}',
  summary:
    'An incident as it was known: the world where it begins, every later fact, where the units were; audited',
  ...guarded('replay.open'),
  request: { ...byId, query: recordingQuerySchema },
  responses: recording,
});
const centre = createRoute({
  method: 'get',
  path: '/api/replay',
  summary: 'At most 24 hours of the whole centre as it was known; audited',
  ...guarded('replay.centre'),
  request: { query: recordedSpanSchema },
  responses: recording,
});

const report = createRoute({
  method: 'get',
  path: '/api/replay/{id}/report',
  summary:
    'What happened in a case: times against targets, what was known when, who was sent where; on paper it is an export with a watermark; audited',
  ...guarded('replay.open'),
  request: { ...byId, query: reportQuerySchema },
  responses: {
    200: {
      description: 'The report; of a file X-Export-Id is the number under which the audit knows it',
      content: { 'application/json': { schema: afterActionSchema }, 'application/pdf': { schema: z.any() } },
    },
    ...refusals,
  },
});

const headers = { 'Content-Type': 'text/event-stream; charset=utf-8', 'Cache-Control': 'no-store' };

/** Recordings for the replay. */
export const replayRoutes = (deps: AppDeps, checkpoints: Checkpoints) => {
  const known = () => ({ now: deps.live.world(), checkpoints });
  return resource()
    .openapi(incident, async c => {
      const { id: incidentId } = c.req.valid('param');
      const { seq, at } = c.req.valid('query');
      const part = {
        incidentId,
        ...(seq !== undefined && { fromSeq: seq }),
        ...(at !== undefined && { fromMs: Date.parse(at) }),
      };
      return c.body(
        streamOf(framesOf(await openRecording(deps, c.get('actor'), part, known()))),
        200,
        headers,
      );
    })
    .openapi(report, async c => {
      const { id } = c.req.valid('param');
      if (c.req.valid('query').format === 'json')
        return c.json(await afterAction(deps, c.get('actor'), id), 200);
      const { exportId, bytes } = await exportAfterAction(deps, c.get('actor'), id);
      return c.body(new Uint8Array(bytes).buffer, 200, {
        'Content-Type': 'application/pdf',
        'Content-Disposition': `attachment; filename="after-action-${id}.pdf"`,
        'X-Export-Id': exportId,
      });
    })
    .openapi(centre, async c => {
      const { from, to } = c.req.valid('query');
      const part = { incidentId: null, fromMs: Date.parse(from), toMs: Date.parse(to) };
      return c.body(
        streamOf(framesOf(await openRecording(deps, c.get('actor'), part, known()))),
        200,
        headers,
      );
    });
};

async function* framesOf({
  snapshot,
  facts,
  tracks,
  fromMs,
  toMs,
}: OpenRecording): AsyncGenerator<Uint8Array> {
  const { world, ...head } = snapshot;
  yield snapshotFrame(head, JSON.stringify(world));
  for (const fact of facts) yield factFrame(fact);
  for await (const track of tracks()) yield trackFrame(track);
  yield endFrame({ from: new Date(fromMs).toISOString(), to: new Date(toMs).toISOString() });
}
