import { createRoute, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import {
  accountViewSchema,
  codeBodySchema,
  newPasskeySchema,
  type PasskeyOptions,
  passkeyNameSchema,
  passkeyOptionsSchema,
  passwordChangeSchema,
  passwordProofSchema,
  recoveryCodesSchema,
  totpStartSchema,
} from '#contract/account.ts';
import { plainSignIn } from '../auth/sign-in-settings.ts';
import type { TokenDirectory } from '../auth/token-directory.ts';
import type { AppDeps } from '../deps.ts';
import { setSessionCookie } from '../http/session-cookie.ts';
import { siteOf } from '../http/site.ts';
import type { AppEnv } from '../http/types.ts';
import { changePassword } from '../services/account/change-password.ts';
import { addPasskey, newPasskeyOptions, removePasskey, renamePasskey } from '../services/account/passkey.ts';
import { renewRecoveryCodes } from '../services/account/recovery.ts';
import { confirmTotp, type Enrolled, removeTotp, startTotp } from '../services/account/totp.ts';
import { viewAccount } from '../services/account/view.ts';
import { requireUser } from '../services/guard.ts';
import type { RenewedSession } from '../services/session/renew.ts';
import { revokeSessions } from '../services/session/revoke.ts';
import { done, guarded, jsonBody, jsonReply, refusals, resource } from './define.ts';
import { byId } from './incidents.ts';

/** Everything here is the caller's own. Bodies hold passwords, so no hash of them is kept: no Idempotency-Key. */
const own = guarded('session.own');
const proof = { body: jsonBody(passwordProofSchema) };
const codes = { 200: jsonReply('Recovery codes, shown once', recoveryCodesSchema), ...refusals };

/** A credential's own id, base64url: longer than ids of ours. */
const byPasskey = { params: z.object({ id: z.string().min(1).max(1400) }) };

const view = createRoute({
  method: 'get',
  path: '/api/account',
  summary: 'Own second factors and sessions',
  ...own,
  responses: { 200: jsonReply('The account', accountViewSchema), ...refusals },
});
const password = createRoute({
  method: 'put',
  path: '/api/account/password',
  summary: 'Choose another password; other sessions end',
  ...own,
  request: { body: jsonBody(passwordChangeSchema) },
  responses: done,
});
const totp = createRoute({
  method: 'post',
  path: '/api/account/totp',
  summary: 'A new secret for an authenticator app; it counts once a code of it was sent',
  ...own,
  request: proof,
  responses: { 200: jsonReply('The secret, shown once', totpStartSchema), ...refusals },
});
const totpConfirm = createRoute({
  method: 'post',
  path: '/api/account/totp/confirm',
  summary: 'Send the first code of the app',
  ...own,
  request: { body: jsonBody(codeBodySchema) },
  responses: codes,
});
const totpRemove = createRoute({
  method: 'post',
  path: '/api/account/totp/remove',
  summary: 'Ask for codes of the app no longer',
  ...own,
  request: proof,
  responses: done,
});
const recovery = createRoute({
  method: 'post',
  path: '/api/account/recovery-codes',
  summary: 'New recovery codes in place of the old ones',
  ...own,
  request: proof,
  responses: codes,
});
const passkeyOptions = createRoute({
  method: 'post',
  path: '/api/account/passkeys/options',
  summary: 'What the browser needs to make a passkey',
  ...own,
  request: proof,
  responses: { 200: jsonReply('WebAuthn creation options', passkeyOptionsSchema), ...refusals },
});
const passkeyAdd = createRoute({
  method: 'post',
  path: '/api/account/passkeys',
  summary: 'Add the passkey that the browser made',
  ...own,
  request: { body: jsonBody(newPasskeySchema) },
  responses: codes,
});
const passkeyName = createRoute({
  method: 'patch',
  path: '/api/account/passkeys/{id}',
  summary: 'Call a passkey by another name',
  ...own,
  request: { ...byPasskey, body: jsonBody(passkeyNameSchema) },
  responses: done,
});
const passkeyRemove = createRoute({
  method: 'post',
  path: '/api/account/passkeys/{id}/remove',
  summary: 'Take a passkey away',
  ...own,
  request: { ...byPasskey, ...proof },
  responses: done,
});
const sessionEnd = createRoute({
  method: 'delete',
  path: '/api/account/sessions/{id}',
  summary: 'End one of the own sessions',
  ...own,
  request: byId,
  responses: done,
});
const othersEnd = createRoute({
  method: 'delete',
  path: '/api/account/sessions',
  summary: 'End all own sessions but this one',
  ...own,
  responses: { 200: jsonReply('How many', z.object({ ended: z.number().int() })), ...refusals },
});

/** One's own account: password, second factors, sessions. */
export function accountRoutes(deps: AppDeps, directory: TokenDirectory) {
  const settings = deps.signIn ?? plainSignIn;
  const { secondFactorRoles } = settings;
  const goOn = (c: Context<AppEnv>, { token, expiresAt }: RenewedSession) => {
    directory.forget(requireUser(c.get('actor')).sessionId);
    setSessionCookie(c, token, expiresAt);
  };
  const enrolled = (c: Context<AppEnv>, { session, recoveryCodes }: Enrolled) => {
    goOn(c, session);
    return c.json({ recoveryCodes }, 200);
  };
  return resource()
    .openapi(view, async c => c.json(await viewAccount(deps, requireUser(c.get('actor')), settings), 200))
    .openapi(password, async c => {
      goOn(c, await changePassword(deps, c.get('actor'), c.req.valid('json'), secondFactorRoles));
      return c.body(null, 204);
    })
    .openapi(totp, async c =>
      c.json(await startTotp(deps, c.get('actor'), c.req.valid('json').password), 200),
    )
    .openapi(totpConfirm, async c =>
      enrolled(c, await confirmTotp(deps, c.get('actor'), c.req.valid('json').code, secondFactorRoles)),
    )
    .openapi(totpRemove, async c => {
      await removeTotp(deps, c.get('actor'), c.req.valid('json').password, secondFactorRoles);
      return c.body(null, 204);
    })
    .openapi(recovery, async c =>
      c.json(await renewRecoveryCodes(deps, c.get('actor'), c.req.valid('json').password), 200),
    )
    .openapi(passkeyOptions, async c => {
      const { password: proven } = c.req.valid('json');
      const options: PasskeyOptions = await newPasskeyOptions(deps, c.get('actor'), proven, siteOf(c));
      return c.json(options, 200);
    })
    .openapi(passkeyAdd, async c =>
      enrolled(c, await addPasskey(deps, c.get('actor'), c.req.valid('json'), siteOf(c), secondFactorRoles)),
    )
    .openapi(passkeyName, async c => {
      await renamePasskey(deps, c.get('actor'), c.req.valid('param').id, c.req.valid('json').name);
      return c.body(null, 204);
    })
    .openapi(passkeyRemove, async c => {
      const { id } = c.req.valid('param');
      await removePasskey(deps, c.get('actor'), id, c.req.valid('json').password, secondFactorRoles);
      return c.body(null, 204);
    })
    .openapi(sessionEnd, async c => {
      const actor = requireUser(c.get('actor'));
      await revokeSessions(deps, { actor }, actor.userId, { sessionId: c.req.valid('param').id });
      return c.body(null, 204);
    })
    .openapi(othersEnd, async c => {
      const actor = requireUser(c.get('actor'));
      return c.json(await revokeSessions(deps, { actor }, actor.userId, { except: actor.sessionId }), 200);
    });
}
