import { createRoute, z } from '@hono/zod-openapi';
import { userViewSchema } from '#contract/incident-view.ts';
import { listOf } from '#contract/reference.ts';
import { userBodySchema } from '#contract/user.ts';
import { listUsers } from '../../db/queries/users.ts';
import { hashPassword } from '../auth/password.ts';
import type { AppDeps } from '../deps.ts';
import { createUser } from '../services/user/create.ts';
import { callOf, guarded, jsonBody, jsonReply, refusals, resource } from './define.ts';

const list = createRoute({
  method: 'get',
  path: '/api/users',
  summary: 'Accounts, for picking who joins an incident',
  ...guarded('user.list'),
  responses: { 200: jsonReply('Accounts', listOf(userViewSchema)), ...refusals },
});
const create = createRoute({
  method: 'post',
  path: '/api/users',
  summary: 'Add an account',
  ...guarded('user.create'),
  request: { body: jsonBody(userBodySchema) },
  responses: { 201: jsonReply('Added', z.object({ userId: z.string() })), ...refusals },
});

export const userRoutes = (deps: AppDeps) =>
  resource()
    .openapi(list, async c => c.json({ items: await deps.database.read(listUsers), nextCursor: null }, 200))
    .openapi(create, async c => {
      const { password, stationId, ...user } = c.req.valid('json');
      const passwordHash = await hashPassword(password);
      const account = { ...user, stationId: stationId ?? null, passwordHash };
      return c.json(await createUser(deps, await callOf(c, 201), account), 201);
    });
