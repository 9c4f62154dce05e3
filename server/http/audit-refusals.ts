import { createMiddleware } from 'hono/factory';
import { routePath } from 'hono/route';
import { CodedError } from '#contract/errors.ts';
import type { ServiceDeps } from '../deps.ts';
import { perform } from '../services/unit-of-work.ts';
import type { AppEnv } from './types.ts';

/**
 * Notes each time that somebody who is known was refused by the policy: who tries doors is worth knowing. The route is kept,
 * not the address, which could hold anything. Refused looks, sign-ins and proofs write rows of their own. The refusal stands
 * whether or not its row could be written.
 */
export function auditRefusals(deps: ServiceDeps) {
  return createMiddleware<AppEnv>(async (c, next) => {
    await next();
    const actor = c.get('actor');
    const known = actor.kind === 'user' || actor.kind === 'device';
    if (!known || !(c.error instanceof CodedError) || c.error.code !== 'forbidden') return;
    const resource = `${c.req.method} ${routePath(c, -1)}`;
    try {
      await perform(deps, { actor }, async work =>
        work.audit({ action: 'access.refuse', resource, detail: { kind: actor.kind } }),
      );
    } catch (error) {
      deps.log.error({ error, resource }, 'a refusal could not be written into the audit');
    }
  });
}
