import { createRoute } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { CodedError } from '#contract/errors.ts';
import { sessionBodySchema } from '#contract/incident.ts';
import { type SessionReply, type SignInInfo, sessionReplySchema } from '#contract/session.ts';
import type { Actor } from '../auth/actor.ts';
import type { TokenDirectory } from '../auth/token-directory.ts';
import { nowIso } from '../clock.ts';
import type { AppDeps } from '../deps.ts';
import { clearSessionCookies, isSecureContext, setSessionCookie } from '../http/session-cookie.ts';
import type { AppEnv } from '../http/types.ts';
import { closeSession } from '../services/session/close.ts';
import { openSession } from '../services/session/open.ts';
import { callOf, guarded, jsonBody, jsonReply, open, refusals, resource } from './define.ts';
import { regionView } from './region-view.ts';

const post = createRoute({
  method: 'post',
  path: '/api/session',
  summary: 'Sign in',
  ...open,
  request: { body: jsonBody(sessionBodySchema) },
  responses: { 200: jsonReply('Signed in; the session is in the cookie', sessionReplySchema), ...refusals },
});
const get = createRoute({
  method: 'get',
  path: '/api/session',
  summary: 'Who am I',
  // Open, because its refusal tells the sign-in page whether this is a demo.
  ...open,
  responses: { 200: jsonReply('Signed in', sessionReplySchema), ...refusals },
});
const remove = createRoute({
  method: 'delete',
  path: '/api/session',
  summary: 'Sign out',
  ...guarded('session.own'),
  responses: { 204: { description: 'Signed out' }, ...refusals },
});

export function sessionRoutes(deps: AppDeps, directory: TokenDirectory) {
  const view = (actor: Extract<Actor, { kind: 'user' }>, displayName: string): SessionReply => ({
    userId: actor.userId,
    username: actor.username,
    displayName,
    role: actor.role,
    stationId: actor.stationId,
    demo: deps.demo,
    serverTime: nowIso(deps.clock),
    region: regionView(deps.region.current),
  });
  return resource()
    .openapi(post, async c => {
      const session = await openSession(deps, c.req.valid('json'));
      warnIfPlain(deps, c);
      setSessionCookie(c, session.token, session.expiresAt);
      return c.json(view(session.actor, session.displayName), 200);
    })
    .openapi(get, c => {
      const actor = c.get('actor');
      if (actor.kind !== 'user') throw notSignedIn(deps);
      return c.json(view(actor, c.get('displayName') ?? ''), 200);
    })
    .openapi(remove, async c => {
      const call = await callOf(c, 204);
      await closeSession(deps, call);
      if (call.actor.kind === 'user') directory.forget(call.actor.sessionId);
      clearSessionCookies(c);
      return c.body(null, 204);
    });
}

function notSignedIn({ demo, region }: AppDeps): CodedError {
  const manifest = region.current?.manifest;
  const named = manifest
    ? { name: manifest.name, nameEn: manifest.nameEn ?? null, fictional: manifest.fictional }
    : null;
  const info: SignInInfo = { demo, region: named };
  return new CodedError('unauthenticated', 'sign in first', info);
}

function warnIfPlain(deps: AppDeps, c: Context<AppEnv>): void {
  if (isSecureContext(c)) return;
  deps.log.warn(
    'INSECURE SIGN-IN: plain HTTP from another machine. Anyone on the network can read this session. ' +
      'Set TLS_CERT and TLS_KEY, or put a TLS proxy in front.',
  );
}
