/** Headers of every answer, and the refusal of requests that another site made a browser send. */
import { createMiddleware } from 'hono/factory';
import { CodedError } from '#contract/errors.ts';
import type { AppEnv } from './types.ts';

/** Nothing leaves the origin; scripts, workers and styles are files of our own. Images may be drawn in the page. */
const contentSecurityPolicy = [
  "default-src 'self'",
  "script-src 'self'",
  "worker-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

/** `https`: the connection is TLS, so the browser may be told to stay with it. */
export const securityHeaders = (https: boolean) =>
  createMiddleware<AppEnv>(async (c, next) => {
    await next();
    const { headers } = c.res;
    // A document of a case sets a stricter one.
    if (!headers.has('Content-Security-Policy'))
      headers.set('Content-Security-Policy', contentSecurityPolicy);
    headers.set('X-Content-Type-Options', 'nosniff');
    headers.set('Referrer-Policy', 'no-referrer');
    headers.set('Cross-Origin-Opener-Policy', 'same-origin');
    headers.set('Cross-Origin-Resource-Policy', 'same-origin');
    headers.set('Permissions-Policy', 'camera=(), microphone=(), geolocation=(self), fullscreen=(self)');
    headers.set('X-Request-Id', c.get('requestId'));
    if (https) headers.set('Strict-Transport-Security', 'max-age=31536000');
    if (!headers.has('Cache-Control')) headers.set('Cache-Control', 'no-store');
  });

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Refuses unsafe requests that a page of another origin caused. Browsers name their origin in Sec-Fetch-Site and
 * Origin, and scripts cannot forge either; devices and gateways send neither and pass.
 */
export const refuseCrossSite = createMiddleware<AppEnv>(async (c, next) => {
  if (
    !safeMethods.has(c.req.method) &&
    !isOwnSite(c.req.header('Sec-Fetch-Site'), c.req.header('Origin'), c.req.header('Host'))
  ) {
    throw new CodedError('crossSite', 'this request came from a page of another origin');
  }
  await next();
});

function isOwnSite(
  fetchSite: string | undefined,
  origin: string | undefined,
  host: string | undefined,
): boolean {
  if (fetchSite !== undefined && fetchSite !== 'same-origin' && fetchSite !== 'none') return false;
  if (origin === undefined) return true;
  return URL.canParse(origin) && new URL(origin).host === host;
}

/** No database keeps a NUL in a text, and no address of ours has one: whoever sends it looks for something that breaks. */
export const refuseNul = createMiddleware<AppEnv>(async (c, next) => {
  if (c.req.url.includes('%00')) throw new CodedError('badRequest', 'the address holds a NUL character');
  await next();
});
