import { createRoute, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { type PasskeyOptions, passkeyOptionsSchema, passkeySignInSchema } from '#contract/account.ts';
import { CodedError } from '#contract/errors.ts';
import { sessionBodySchema } from '#contract/incident.ts';
import { type SessionReply, type SignInInfo, sessionReplySchema } from '#contract/session.ts';
import type { UserActor } from '../auth/actor.ts';
import { agentName } from '../auth/agent.ts';
import { plainSignIn } from '../auth/sign-in-settings.ts';
import { machineClock, nowIso } from '../clock.ts';
import type { AppDeps } from '../deps.ts';
import { RateLimiter } from '../http/rate-limit.ts';
import { clearSessionCookies, isSecureContext, setSessionCookie } from '../http/session-cookie.ts';
import { siteOf } from '../http/site.ts';
import type { AppEnv } from '../http/types.ts';
import { signInOptions } from '../services/account/passkey.ts';
import type { Arrival, OpenedSession } from '../services/session/begin.ts';
import { openSessionByCertificate } from '../services/session/certificate.ts';
import { closeSession } from '../services/session/close.ts';
import { openSession } from '../services/session/open.ts';
import { openSessionByPasskey } from '../services/session/passkey.ts';
import { callOf, guarded, jsonBody, jsonReply, open, refusals, resource } from './define.ts';
import { regionView } from './region-view.ts';

const signedIn = {
  200: jsonReply('Signed in; the session is in the cookie', sessionReplySchema),
  ...refusals,
};
const post = createRoute({
  method: 'post',
  path: '/api/session',
  summary: 'Sign in; who has a second factor and gives no otp is answered secondFactorNeeded',
  ...open,
  request: { body: jsonBody(sessionBodySchema) },
  responses: signedIn,
});
const passkeyOptions = createRoute({
  method: 'post',
  path: '/api/session/passkey/options',
  summary: 'What the browser needs to sign in with a passkey',
  ...open,
  responses: { 200: jsonReply('WebAuthn request options', passkeyOptionsSchema), ...refusals },
});
const passkey = createRoute({
  method: 'post',
  path: '/api/session/passkey',
  summary: 'Sign in with a passkey; it counts as both factors',
  ...open,
  request: { body: jsonBody(passkeySignInSchema) },
  responses: signedIn,
});
const certificate = createRoute({
  method: 'post',
  path: '/api/session/certificate',
  summary: 'Sign in with the client certificate that a trusted proxy vouches for',
  ...open,
  request: { body: { ...jsonBody(z.object({})), required: false } },
  responses: signedIn,
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

/** Sign-ins from one address: a whole bureau may come to work behind one; each costs some 50 ms of hashing. */
const signInRate = { burst: 300, perSecond: 5 };

export function sessionRoutes(deps: AppDeps) {
  const limiter = new RateLimiter(machineClock(deps.clock), signInRate);
  const settings = deps.signIn ?? plainSignIn;
  const view = (c: Context<AppEnv>, actor: UserActor, displayName: string): SessionReply => ({
    userId: actor.userId,
    username: actor.username,
    displayName,
    role: actor.role,
    stationId: actor.stationId,
    demo: deps.demo,
    serverTime: nowIso(deps.clock),
    region: regionView(deps.region.current),
    pending: actor.pending ?? null,
    secure: isSecureContext(c),
  });
  const limited = (c: Context<AppEnv>): void => {
    const { address } = c.get('peer');
    if (address !== null) limiter.require(address, 'too many sign-ins from this address');
  };
  const arrival = (c: Context<AppEnv>): Arrival => {
    const before = c.get('actor');
    return {
      address: c.get('peer').address,
      agent: agentName(c.req.header('User-Agent')),
      previousSessionId: before.kind === 'user' ? before.sessionId : undefined,
      secondFactorRoles: settings.secondFactorRoles,
    };
  };
  const enter = (c: Context<AppEnv>, session: OpenedSession) => {
    warnIfPlain(deps, c);
    setSessionCookie(c, session.token, session.expiresAt);
    return view(c, session.actor, session.displayName);
  };
  return resource()
    .openapi(post, async c => {
      limited(c);
      return c.json(enter(c, await openSession(deps, c.req.valid('json'), arrival(c))), 200);
    })
    .openapi(passkeyOptions, async c => {
      limited(c);
      const options: PasskeyOptions = await signInOptions(deps, siteOf(c));
      return c.json(options, 200);
    })
    .openapi(passkey, async c => {
      limited(c);
      const answer = c.req.valid('json');
      return c.json(enter(c, await openSessionByPasskey(deps, answer, siteOf(c), arrival(c))), 200);
    })
    .openapi(certificate, async c => {
      limited(c);
      const named = c.get('peer').certificate;
      return c.json(enter(c, await openSessionByCertificate(deps, named, arrival(c))), 200);
    })
    .openapi(get, c => {
      const actor = c.get('actor');
      if (actor.kind !== 'user') throw notSignedIn(deps, c);
      return c.json(view(c, actor, c.get('displayName') ?? ''), 200);
    })
    .openapi(remove, async c => {
      await closeSession(deps, await callOf(c, 204));
      clearSessionCookies(c);
      return c.body(null, 204);
    });
}

function notSignedIn({ demo, region }: AppDeps, c: Context<AppEnv>): CodedError {
  const manifest = region.current?.manifest;
  const named = manifest
    ? { name: manifest.name, nameEn: manifest.nameEn ?? null, fictional: manifest.fictional }
    : null;
  const secure = isSecureContext(c);
  const info: SignInInfo = { demo, region: named, secure, certificate: c.get('peer').certificate !== null };
  return new CodedError('unauthenticated', 'sign in first', info);
}

function warnIfPlain(deps: AppDeps, c: Context<AppEnv>): void {
  if (isSecureContext(c)) return;
  deps.log.warn(
    'INSECURE SIGN-IN: plain HTTP from another machine. Anyone on the network can read this session. ' +
      'Set TLS_CERT and TLS_KEY, or put a TLS proxy in front and name it in TRUSTED_PROXIES.',
  );
}
