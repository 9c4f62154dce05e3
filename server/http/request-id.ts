import { createMiddleware } from 'hono/factory';
import type { AppEnv } from './types.ts';

/** Names each request, so that an answer of 500 can be found in the log. Never taken from the caller: it goes into logs. */
export const requestId = (randomBytes: (count: number) => Uint8Array) =>
  createMiddleware<AppEnv>(async (c, next) => {
    c.set('requestId', Buffer.from(randomBytes(8)).toString('hex'));
    await next();
  });
