import type { SessionView } from '#contract/account.ts';
import type { AccountRow, UserBody, UserCreated, UserPatch } from '#contract/user.ts';
import { call } from './http.ts';

const at = (id: string) => `/api/users/${encodeURIComponent(id)}`;

export const fetchAccounts = async (signal: AbortSignal) =>
  (await call<{ items: AccountRow[] }>('GET', '/api/accounts', { signal })).items;
export const addUser = (body: UserBody) => call<UserCreated>('POST', '/api/users', { body });
export const changeUser = (id: string, body: UserPatch) => call<unknown>('PATCH', at(id), { body });
export const resetPassword = (id: string) =>
  call<{ password: string | null }>('POST', `${at(id)}/reset-password`);
export const resetSecondFactor = (id: string) => call<void>('POST', `${at(id)}/reset-second-factor`);
export const unlockUser = (id: string) => call<void>('POST', `${at(id)}/unlock`);
export const fetchSessionsOf = async (id: string, signal: AbortSignal) =>
  (await call<{ items: SessionView[] }>('GET', `${at(id)}/sessions`, { signal })).items;
export const endSessionsOf = (id: string) => call<{ ended: number }>('DELETE', `${at(id)}/sessions`);
export const endSessionOf = (id: string, sessionId: string) =>
  call<void>('DELETE', `${at(id)}/sessions/${encodeURIComponent(sessionId)}`);
