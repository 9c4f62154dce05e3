import { createRoute, z } from '@hono/zod-openapi';
import { bookmarkViewSchema, bookmarkWriteSchema } from '#contract/bookmark.ts';
import type { AppDeps } from '../deps.ts';
import { listBookmarks, markMoment, removeBookmark } from '../services/replay/bookmark.ts';
import { callOf, guarded, jsonBody, jsonReply, refusals, resource } from './define.ts';
import { byId } from './incidents.ts';

const reply = z.object({ bookmarkId: z.string() });
const mark = createRoute({
  method: 'post',
  path: '/api/replay/{id}/bookmarks',
  summary: 'Mark a moment of a case, with a few words',
  ...guarded('replay.open'),
  request: { ...byId, body: jsonBody(bookmarkWriteSchema) },
  responses: { 201: jsonReply('Marked', reply), ...refusals },
});
const list = createRoute({
  method: 'get',
  path: '/api/replay/{id}/bookmarks',
  summary: 'The marked moments of a case, in order of time',
  ...guarded('replay.open'),
  request: byId,
  responses: {
    200: jsonReply('Bookmarks', z.object({ items: z.array(bookmarkViewSchema), nextCursor: z.null() })),
    ...refusals,
  },
});
const remove = createRoute({
  method: 'delete',
  path: '/api/bookmarks/{id}',
  summary: 'Take one’s own mark away',
  ...guarded('replay.open'),
  request: byId,
  responses: { 200: jsonReply('Taken away', reply), ...refusals },
});

/** Moments of a case that are worth finding again. */
export const bookmarkRoutes = (deps: AppDeps) =>
  resource()
    .openapi(mark, async c => {
      const call = await callOf(c, 201);
      const { reply: made } = await markMoment(deps, call, c.req.valid('param').id, c.req.valid('json'));
      return c.json(made, 201);
    })
    .openapi(list, async c => {
      const items = await listBookmarks(deps, c.get('actor'), c.req.valid('param').id);
      return c.json({ items, nextCursor: null }, 200);
    })
    .openapi(remove, async c =>
      c.json((await removeBookmark(deps, await callOf(c, 200), c.req.valid('param').id)).reply, 200),
    );
