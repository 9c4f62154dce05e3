import type { Context } from 'hono';
import { getCookie } from 'hono/cookie';
import { createMiddleware } from 'hono/factory';
import { CodedError } from '#contract/errors.ts';
import { tokenHash } from '../auth/token.ts';
import type { TokenDirectory } from '../auth/token-directory.ts';
import type { Quarantine } from '../services/device/quarantine.ts';
import type { Metrics } from './metrics.ts';
import type { RateLimit, RateLimiter } from './rate-limit.ts';
import { cookieNames } from './session-cookie.ts';
import type { AppEnv } from './types.ts';

/** Apps that can only be given a URL carry their token there, and only on their own feeds. */
const queryTokenPaths = new Set(['/feeds/osmand', '/feeds/owntracks']);

const feedPath = /^\/feeds\/(positions|osmand|owntracks)$/;

/** A device that sends each second, and one that hands in what it kept during an hour without signal. */
export const deviceRate: RateLimit = { burst: 1000, perSecond: 20 };
/** Unknown devices of one address: a misconfigured car park may knock, a guesser is stopped. */
export const strangerRate: RateLimit = { burst: 120, perSecond: 2 };

interface AuthenticateDeps {
  directory: TokenDirectory;
  metrics: Metrics;
  quarantine: Quarantine;
  /** One bucket a device, and one an address for those that nobody knows. */
  devices: RateLimiter;
  strangers: RateLimiter;
}

/**
 * Request → actor, before anything else looks at it. Without credentials the actor is anonymous; with a device token
 * that nobody knows the request ends here, is counted, and waits in quarantine.
 */
export const authenticate = ({ directory, metrics, quarantine, devices, strangers }: AuthenticateDeps) =>
  createMiddleware<AppEnv>(async (c, next) => {
    c.set('actor', { kind: 'anonymous' });
    const deviceToken = bearer(c.req.header('Authorization')) ?? queryToken(c);
    if (deviceToken !== undefined) {
      const device = await directory.device(deviceToken);
      if (!device) {
        metrics.count('jianmian_unknown_device_tokens_total');
        const { address } = c.get('peer');
        strangers.require(address ?? 'unknown', 'too many reports of unknown devices from this address');
        quarantine.note({
          protocol: feedPath.exec(c.req.path)?.[1] ?? 'api',
          identifier: c.req.query('id') ?? c.req.query('deviceid') ?? null,
          tokenHash: tokenHash(deviceToken),
          address,
        });
        throw new CodedError('unauthenticated', 'this device token is not known or was revoked');
      }
      // A gateway speaks for thousands.
      if (device.protocol !== 'gateway') devices.require(device.deviceId, 'this device sends too often');
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
