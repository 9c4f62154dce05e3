import type { Context } from 'hono';
import { setCookie } from 'hono/cookie';
import type { AppEnv } from './types.ts';

/** The `__Host-` name is bound to this origin and to TLS; the plain one serves only where neither can be had. */
const secureName = '__Host-jm';
const plainName = 'jm';
/** In the order in which they are believed. */
export const cookieNames = [secureName, plainName] as const;

const localHosts = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Whether the browser treats this origin as a secure context: TLS here or at the proxy in front, or this machine. */
export const isSecureContext = (c: Context<AppEnv>): boolean =>
  c.get('peer').https || localHosts.has(new URL(c.req.url).hostname);

/** Hands the session's token to the browser; `expires` in the past takes it away. */
export function setSessionCookie(c: Context<AppEnv>, token: string, expires: Date): void {
  const secure = isSecureContext(c);
  setCookie(c, secure ? secureName : plainName, token, {
    httpOnly: true,
    sameSite: 'Strict',
    path: '/',
    secure,
    expires,
  });
}

/** Takes both cookies away. */
export function clearSessionCookies(c: Context<AppEnv>): void {
  for (const name of cookieNames) {
    setCookie(c, name, '', {
      httpOnly: true,
      sameSite: 'Strict',
      path: '/',
      secure: name === secureName,
      maxAge: 0,
    });
  }
}
