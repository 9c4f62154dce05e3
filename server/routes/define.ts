/** How every route is declared: its policy first. */
import { OpenAPIHono, type z } from '@hono/zod-openapi';
import { createHash } from 'node:crypto';
import type { Context } from 'hono';
import { createMiddleware } from 'hono/factory';
import { CodedError } from '#contract/errors.ts';
import { errorSchema } from '#contract/common.ts';
import type { Action } from '../auth/policy.ts';
import { invalidBody } from '../http/errors.ts';
import type { AppEnv } from '../http/types.ts';
import { requireAllowed } from '../services/guard.ts';
import type { Call } from '../services/unit-of-work.ts';

/** A sub-application for one resource. Schema issues of its routes become coded errors. */
export const resource = () =>
  new OpenAPIHono<AppEnv>({
    defaultHook: result => {
      if (!result.success) throw invalidBody(result.error, targets[result.target] ?? result.target);
    },
  });

const targets: Record<string, string> = { json: 'body', param: 'path', query: 'query', header: 'header' };

/** Routes that anybody may call, signed in or not. */
export const open = { 'x-policy': 'open' } as const;

/**
 * A route's policy action: refused before the handler runs when the caller may never do it. The services ask again,
 * with the thing that it is to be done to. The action also stands in the OpenAPI document, where a test reads it.
 */
export const guarded = (action: Action) => ({
  'x-policy': action,
  middleware: createMiddleware<AppEnv>(async (c, next) => {
    requireAllowed(c.get('actor'), action);
    await next();
  }),
});

/** A JSON body that must be there. */
export const jsonBody = <Schema extends z.ZodType>(schema: Schema) =>
  ({ content: { 'application/json': { schema } }, required: true }) as const;

/** A JSON answer. */
export const jsonReply = <Schema extends z.ZodType>(description: string, schema: Schema) =>
  ({ description, content: { 'application/json': { schema } } }) as const;

/** The answer of every refusal, for the document. */
export const refusals = {
  '4XX': {
    description: 'Refused: the code says why',
    content: { 'application/json': { schema: errorSchema } },
  },
} as const;

/** The answers of a route that has nothing to say but that it is done. */
export const done = { 204: { description: 'Done' }, ...refusals } as const;

const keyShape = /^[\x21-\x7e]{1,200}$/;

/** Who calls, and under which Idempotency-Key; `status` is what the route answers with when it succeeds. */
export async function callOf(c: Context<AppEnv>, status: number): Promise<Call> {
  const actor = c.get('actor');
  const key = c.req.header('Idempotency-Key');
  if (key === undefined) return { actor };
  if (!keyShape.test(key)) {
    throw new CodedError('badRequest', 'Idempotency-Key: expected 1 to 200 visible ASCII characters');
  }
  const body = await c.req.text();
  const requestHash = createHash('sha256').update(`${c.req.method} ${c.req.path}\n${body}`).digest();
  return { actor, idempotency: { key, requestHash, status } };
}
