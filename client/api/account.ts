import type { AccountView, PasskeyOptions, TotpStart } from '#contract/account.ts';
import { call } from './http.ts';

interface Codes {
  recoveryCodes: string[] | null;
}

export const fetchAccount = (signal: AbortSignal) => call<AccountView>('GET', '/api/account', { signal });
export const changePassword = (current: string, next: string) =>
  call<void>('PUT', '/api/account/password', { body: { current, next } });

export const startTotp = (password: string) =>
  call<TotpStart>('POST', '/api/account/totp', { body: { password } });
export const confirmTotp = (code: string) =>
  call<Codes>('POST', '/api/account/totp/confirm', { body: { code } });
export const removeTotp = (password: string) =>
  call<void>('POST', '/api/account/totp/remove', { body: { password } });
export const renewRecoveryCodes = (password: string) =>
  call<Codes>('POST', '/api/account/recovery-codes', { body: { password } });

/** Has the browser make a passkey and registers it. Rejects with the browser's error when its owner declines. */
export async function addPasskey(password: string, name: string): Promise<Codes> {
  const options = await call<PasskeyOptions>('POST', '/api/account/passkeys/options', { body: { password } });
  const { startRegistration } = await import('@simplewebauthn/browser');
  const response = await startRegistration({
    optionsJSON: options as Parameters<typeof startRegistration>[0]['optionsJSON'],
  });
  return call<Codes>('POST', '/api/account/passkeys', { body: { name, response } });
}

const at = (id: string) => `/api/account/passkeys/${encodeURIComponent(id)}`;
export const renamePasskey = (id: string, name: string) => call<void>('PATCH', at(id), { body: { name } });
export const removePasskey = (id: string, password: string) =>
  call<void>('POST', `${at(id)}/remove`, { body: { password } });

export const endSession = (id: string) =>
  call<void>('DELETE', `/api/account/sessions/${encodeURIComponent(id)}`);
export const endOtherSessions = () => call<{ ended: number }>('DELETE', '/api/account/sessions');
