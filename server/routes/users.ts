import { createRoute, z } from '@hono/zod-openapi';
import { sessionViewSchema } from '#contract/account.ts';
import { idSchema } from '#contract/common.ts';
import { userViewSchema } from '#contract/incident-view.ts';
import { listOf } from '#contract/reference.ts';
import {
  accountRowSchema,
  passwordResetSchema,
  userBodySchema,
  userCreatedSchema,
  userPatchSchema,
} from '#contract/user.ts';
import { openSessions } from '../../db/queries/sessions.ts';
import { listUsers } from '../../db/queries/users.ts';
import { hashPassword, oneTimePassword } from '../auth/password.ts';
import { machineClock } from '../clock.ts';
import type { AppDeps } from '../deps.ts';
import { refuseWeak } from '../services/account/change-password.ts';
import { sessionViews } from '../services/account/view.ts';
import { revokeSessions } from '../services/session/revoke.ts';
import { changeUser } from '../services/user/change.ts';
import { createUser } from '../services/user/create.ts';
import { accountList } from '../services/user/list.ts';
import { resetPassword } from '../services/user/reset-password.ts';
import { resetSecondFactor } from '../services/user/reset-second-factor.ts';
import { unlockUser } from '../services/user/unlock.ts';
import { callOf, done, guarded, jsonBody, jsonReply, refusals, resource } from './define.ts';
import { byId } from './incidents.ts';

const manage = guarded('user.manage');

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
  summary: 'Add an account; its password is shown once, and must be changed at the first sign-in',
  ...guarded('user.create'),
  request: { body: jsonBody(userBodySchema) },
  responses: { 201: jsonReply('Added', userCreatedSchema), ...refusals },
});
const accounts = createRoute({
  method: 'get',
  path: '/api/accounts',
  summary: 'All accounts with what an administrator has to know of them',
  ...manage,
  responses: { 200: jsonReply('Accounts', listOf(accountRowSchema)), ...refusals },
});
const change = createRoute({
  method: 'patch',
  path: '/api/users/{id}',
  summary: 'Change name, role, station, certificate, or whether an account may be used',
  ...manage,
  request: { ...byId, body: jsonBody(userPatchSchema) },
  responses: { 200: jsonReply('Changed', z.object({ userId: z.string() })), ...refusals },
});
const password = createRoute({
  method: 'post',
  path: '/api/users/{id}/reset-password',
  summary: 'A one-time password, shown once; sessions end',
  ...manage,
  request: byId,
  responses: { 200: jsonReply('The password', passwordResetSchema), ...refusals },
});
const secondFactor = createRoute({
  method: 'post',
  path: '/api/users/{id}/reset-second-factor',
  summary: 'Take app, passkeys and recovery codes away; sessions end',
  ...manage,
  request: byId,
  responses: done,
});
const unlock = createRoute({
  method: 'post',
  path: '/api/users/{id}/unlock',
  summary: 'Forget failed sign-ins',
  ...manage,
  request: byId,
  responses: done,
});
const sessions = createRoute({
  method: 'get',
  path: '/api/users/{id}/sessions',
  summary: 'Where a user is signed in',
  ...manage,
  request: byId,
  responses: { 200: jsonReply('Sessions', listOf(sessionViewSchema)), ...refusals },
});
const sessionsEnd = createRoute({
  method: 'delete',
  path: '/api/users/{id}/sessions',
  summary: 'Sign a user out everywhere',
  ...manage,
  request: byId,
  responses: { 200: jsonReply('How many', z.object({ ended: z.number().int() })), ...refusals },
});
const sessionEnd = createRoute({
  method: 'delete',
  path: '/api/users/{id}/sessions/{sessionId}',
  summary: 'End one session of a user',
  ...manage,
  request: { params: z.object({ id: idSchema, sessionId: idSchema }) },
  responses: done,
});

export const userRoutes = (deps: AppDeps) =>
  resource()
    .openapi(list, async c => c.json({ items: await deps.database.read(listUsers), nextCursor: null }, 200))
    .openapi(accounts, async c => c.json({ items: await accountList(deps), nextCursor: null }, 200))
    .openapi(create, async c => {
      const { password: chosen, stationId, ...user } = c.req.valid('json');
      if (chosen !== undefined) refuseWeak(chosen, user);
      const given = chosen ?? oneTimePassword();
      // Nobody sits at a wall to choose another one.
      const fate = { mustChangePassword: user.role !== 'wall', passwordHash: await hashPassword(given) };
      // The body may hold a password: no hash of it is kept, so no Idempotency-Key. The user name keeps it from being added twice.
      const call = { actor: c.get('actor') };
      const { userId } = await createUser(deps, call, { ...user, ...fate, stationId: stationId ?? null });
      return c.json({ userId, password: chosen === undefined ? given : null }, 201);
    })
    .openapi(change, async c => {
      const { id } = c.req.valid('param');
      return c.json(await changeUser(deps, await callOf(c, 200), id, c.req.valid('json')), 200);
    })
    .openapi(password, async c =>
      c.json(await resetPassword(deps, await callOf(c, 200), c.req.valid('param').id), 200),
    )
    .openapi(secondFactor, async c => {
      await resetSecondFactor(deps, await callOf(c, 204), c.req.valid('param').id);
      return c.body(null, 204);
    })
    .openapi(unlock, async c => {
      await unlockUser(deps, await callOf(c, 204), c.req.valid('param').id);
      return c.body(null, 204);
    })
    .openapi(sessions, async c => {
      const now = machineClock(deps.clock).now();
      const { id } = c.req.valid('param');
      const found = await deps.database.read(tx => openSessions(tx, new Date(now), id));
      return c.json({ items: sessionViews(found, now), nextCursor: null }, 200);
    })
    .openapi(sessionsEnd, async c =>
      c.json(await revokeSessions(deps, await callOf(c, 200), c.req.valid('param').id, {}), 200),
    )
    .openapi(sessionEnd, async c => {
      const { id, sessionId } = c.req.valid('param');
      await revokeSessions(deps, await callOf(c, 204), id, { sessionId });
      return c.body(null, 204);
    });
