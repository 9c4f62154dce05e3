import { createRoute, z } from '@hono/zod-openapi';
import { noteViewSchema, noteWriteSchema } from '#contract/note.ts';
import { notesOf } from '../../db/queries/notes.ts';
import { contextOf } from '../auth/reach.ts';
import type { AppDeps } from '../deps.ts';
import { loadIncident } from '../services/incident/load.ts';
import { writeNote } from '../services/note/write.ts';
import { callOf, guarded, jsonBody, jsonReply, refusals, resource } from './define.ts';
import { byId } from './incidents.ts';

const write = createRoute({
  method: 'post',
  path: '/api/incidents/{id}/notes',
  summary: 'Write a note of an incident in words of one’s own',
  ...guarded('note.write'),
  request: { ...byId, body: jsonBody(noteWriteSchema) },
  responses: {
    201: jsonReply('Written', z.object({ noteId: z.string(), seq: z.number() })),
    ...refusals,
  },
});
const list = createRoute({
  method: 'get',
  path: '/api/incidents/{id}/notes',
  summary: 'The notes of an incident, newest first',
  ...guarded('note.write'),
  request: byId,
  responses: { 200: jsonReply('Notes', z.object({ items: z.array(noteViewSchema) })), ...refusals },
});

/** What people say to each other about an incident. */
export const noteRoutes = (deps: AppDeps) =>
  resource()
    .openapi(write, async c => {
      const call = await callOf(c, 201);
      const { reply, seq } = await writeNote(deps, call, c.req.valid('param').id, c.req.valid('json').text);
      return c.json({ ...reply, seq }, 201);
    })
    .openapi(list, async c => {
      const actor = c.get('actor');
      const { id } = c.req.valid('param');
      const items = await deps.database.read(async tx => {
        await loadIncident(tx, actor, 'note.write', id);
        return notesOf(tx, id);
      }, contextOf(actor));
      return c.json({ items }, 200);
    });
