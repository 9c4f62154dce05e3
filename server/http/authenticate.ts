import type { Context } from 'hono';
import { getCookie } from 'hono/cookie';
import { createMiddleware } from 'hono/factory';
import { CodedError } from '#contract/errors.ts';
import type { TokenDirectory } from '../auth/token-directory.ts';
import type { Metrics } from './metrics.ts';
import type { RateLimit, RateLimiter } from './rate-limit.ts';
import { cookieNames } from './session-cookie.ts';
import type { AppEnv } from './types.ts';

/** Apps that can only be given a URL carry their token there, and only on their own feeds. */
const queryTokenPaths = new Set(['/feeds/osmand', '/feeds/owntracks']);

/** A device that sends each second, and one that hands in what it kept during an hour without signal. */
export const deviceRate: RateLimit = { burst: 1000, perSecond: 20 };

/**
 * Request → actor, before anything else looks at it. Without credentials the actor is anonymous; with a device token
 * that nobody knows the request ends here and is counted.
 */
export const authenticate = (directory: TokenDirectory, metrics: Metrics, devices: RateLimiter) =>
  createMiddleware<AppEnv>(async (c, next) => {
    c.set('actor', { kind: 'anonymous' });
    const deviceToken = bearer(c.req.header('Authorization')) ?? queryToken(c);
    if (deviceToken !== undefined) {
      const device = await directory.device(deviceToken);
      if (!device) {
        metrics.count('jianmian_unknown_device_tokens_total');
        throw new CodedError('unauthenticated', 'this device token is not known or was revoked');
      }
      // A gateway speaks for thousands.
      const retryAfterS = device.protocol === 'gateway' ? 0 : devices.take(device.deviceId);
      if (retryAfterS > 0) {
        throw new CodedError('tooManyRequests', 'this device sends too often', { retryAfterS });
      }
      c.set('actor', device);
    } else {
      const token = sessionToken(c);
      const session = token === undefined ? undefined : await directory.session(token);
      if (session) {
        c.set('actor', session.actor);
        c.set('displayName', session.displayName);
      }
    }
    await next();
  });

function bearer(header: string | undefined): string | undefined {
  return /^Bearer (\S+)$/i.exec(header ?? '')?.[1];
}

const queryToken = (c: Context): string | undefined =>
  queryTokenPaths.has(c.req.path) ? c.req.query('token') : undefined;

function sessionToken(c: Context): string | undefined {
  for (const name of cookieNames) {
    const token = getCookie(c, name);
    if (token) return token;
  }
  return undefined;
}
