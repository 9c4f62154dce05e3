import type { PasskeyOptions } from '#contract/account.ts';
import type { SessionReply } from '#contract/session.ts';
import { call } from './http.ts';

export type Session = SessionReply;

export const fetchSession = () => call<Session>('GET', '/api/session');
export const signIn = (user: string, password: string, otp?: string) =>
  call<Session>('POST', '/api/session', { body: { user, password, ...(otp !== undefined && { otp }) } });
export const signInByCertificate = () => call<Session>('POST', '/api/session/certificate');
export const signOut = () => call<void>('DELETE', '/api/session');

/** Asks the browser for one of its passkeys of this site. Rejects with the browser's error when its owner declines. */
export async function signInByPasskey(): Promise<Session> {
  const options = await call<PasskeyOptions>('POST', '/api/session/passkey/options');
  const { startAuthentication } = await import('@simplewebauthn/browser');
  const response = await startAuthentication({ optionsJSON: options });
  return call<Session>('POST', '/api/session/passkey', { body: { response } });
}

/** Passkeys belong to host names, and only where nobody can listen in. */
export const passkeysWork = (): boolean =>
  isSecureContext && 'PublicKeyCredential' in globalThis && !/^[\d.]+$|:/.test(location.hostname);
