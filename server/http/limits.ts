/** How much anybody may send: one table. What is over it is answered tooLarge or tooManyRequests, and costs next to nothing. */
import { bodyLimit } from 'hono/body-limit';
import { createMiddleware } from 'hono/factory';
import { CodedError } from '#contract/errors.ts';
import { type Clock, machineClock } from '../clock.ts';
import { type RateLimit, RateLimiter } from './rate-limit.ts';
import type { AppEnv } from './types.ts';

const kilobyte = 1000;
const megabyte = 1000 * kilobyte;

/**
 * The classes of requests. Rates beside these: sign-ins by address (server/routes/session.ts), devices by device and
 * unknown devices by address (server/http/authenticate.ts), failed sign-ins by name (server/services/session/attempt.ts).
 */
export const requestLimits = {
  /** A name and a password, or what a passkey signed; before anybody is known. */
  signIn: { bodyBytes: 64 * kilobyte },
  /** A person at work, with all her windows: some requests a second at most. */
  api: { bodyBytes: megabyte, rate: { burst: 2000, perSecond: 100 } },
  /** A bureau's own table, read in a thread with a bounded heap: a person tries a few. */
  upload: { bodyBytes: 20 * megabyte, rate: { burst: 30, perSecond: 0.2 } },
  /** A pledge or a photograph of a meeting (server/services/document/keep.ts names the same size). */
  document: { bodyBytes: 5 * megabyte, rate: { burst: 60, perSecond: 0.5 } },
  /** What a gateway collected while the line was down. */
  feed: { bodyBytes: 20 * megabyte },
} as const satisfies Record<string, { bodyBytes: number; rate?: RateLimit }>;

type RequestClass = keyof typeof requestLimits;

/** Where a bureau's own tables come in. */
const uploadPath = /^\/api\/(?:layers\/\w+\/preview|alerts\/(?:preview|import)|banks\/import)$/;

/** Where the documents of meetings come in. */
const documentPath = /^\/api\/meetings\/[^/]+\/documents$/;

function classOf(path: string): RequestClass {
  if (path.startsWith('/feeds/')) return 'feed';
  if (/^\/api\/session(?:\/|$)/.test(path)) return 'signIn';
  if (documentPath.test(path)) return 'document';
  return uploadPath.test(path) ? 'upload' : 'api';
}

/** Refuses bodies that are larger than their class allows, while they come in. */
export function limitBodies() {
  const limits = new Map(
    Object.entries(requestLimits).map(([name, { bodyBytes }]) => {
      const onError = () => {
        throw new CodedError('tooLarge', `the body is larger than ${bodyBytes / megabyte} MB`);
      };
      return [name as RequestClass, bodyLimit({ maxSize: bodyBytes, onError })] as const;
    }),
  );
  return createMiddleware<AppEnv>((c, next) => limits.get(classOf(c.req.path))!(c, next));
}

/** Refuses a session that asks more often than a person and her windows do. Devices have limits of their own. */
export function limitSessions(clock: Clock) {
  const limiters = {
    api: new RateLimiter(machineClock(clock), requestLimits.api.rate),
    upload: new RateLimiter(machineClock(clock), requestLimits.upload.rate),
    document: new RateLimiter(machineClock(clock), requestLimits.document.rate),
  };
  return createMiddleware<AppEnv>(async (c, next) => {
    const actor = c.get('actor');
    if (actor.kind === 'user') {
      const limits = classOf(c.req.path);
      const limiter = limits === 'upload' || limits === 'document' ? limiters[limits] : limiters.api;
      limiter.require(actor.sessionId, 'this session asks too often');
    }
    await next();
  });
}
