import type { SessionReply } from '#contract/session.ts';
import { call } from './http.ts';

export type Session = SessionReply;

export const fetchSession = () => call<Session>('GET', '/api/session');
export const signIn = (user: string, password: string) =>
  call<Session>('POST', '/api/session', { body: { user, password } });
export const signOut = () => call<void>('DELETE', '/api/session');
