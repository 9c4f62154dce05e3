/** Who is signed in. The server decides; this only remembers its answer. */
import type { SignInInfo } from '#contract/session.ts';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { ApiFailure, whenUnauthenticated } from '../api/http.ts';
import { fetchSession, type Session, signOut as deleteSession } from '../api/session.ts';
import { forgetOffline, keptSession } from '../field/offline.ts';
import { goDark, goLive, liveStore } from '../store/live.ts';

export type SessionState =
  | { status: 'checking' }
  | { status: 'unreachable'; error: unknown }
  /** `ended`: there was a session and it is over. */
  | { status: 'out'; ended: boolean; door: Door }
  | { status: 'in'; session: Session };

/** What the server says of signing in: demo accounts, a connection that others can read, a client certificate. */
export type Door = Pick<SignInInfo, 'demo' | 'secure' | 'certificate'>;

const store = createStore<SessionState>()(() => ({ status: 'checking' }));

export function useSession(): SessionState {
  return useStore(store);
}

/** The session of pages that are shown only with one. */
export function useSignedIn(): Session {
  const state = useStore(store);
  if (state.status !== 'in') throw new Error(`useSignedIn: expected a session, found '${state.status}'`);
  return state.session;
}

/** Asks the server who this is; call again to retry after 'unreachable'. */
export async function checkSession(): Promise<void> {
  try {
    await enter(await fetchSession());
  } catch (error) {
    if (error instanceof ApiFailure && error.code === 'unauthenticated') leave(false, doorOf(error));
    else {
      const isAway = error instanceof ApiFailure && error.code === 'offline';
      const kept = isAway ? keptSession() : null;
      if (kept) await enter(kept);
      else store.setState({ status: 'unreachable', error }, true);
    }
  }
}

/** Signs in by any of the ways of `api/session.ts`; rejects with what they reject with. */
export async function signIn(way: Promise<Session>): Promise<void> {
  await enter(await way);
}

export async function signOut(): Promise<void> {
  goDark();
  await deleteSession().catch(() => {});
  await checkSession();
}

/** Watches for a session that ends elsewhere: an API call or the stream says so first. */
export function watchSession(): void {
  const ended = () => {
    const state = store.getState();
    if (state.status === 'in') leave(true, { ...state.session, certificate: false });
  };
  whenUnauthenticated(ended);
  liveStore.subscribe((live, before) => {
    if (live.link.state === 'signedOut' && before.link.state !== 'signedOut') ended();
  });
}

async function enter(session: Session): Promise<void> {
  store.setState({ status: 'in', session }, true);
  // Until its user has done what is asked of him, a session has no stream.
  if (session.pending === null) await goLive(session.userId);
}

function leave(ended: boolean, { demo, secure, certificate }: Door): void {
  void forgetOffline().catch(() => {});
  if (store.getState().status === 'in') goDark();
  store.setState({ status: 'out', ended, door: { demo, secure, certificate } }, true);
}

function doorOf(error: ApiFailure): Door {
  const { demo, secure, certificate } = (error.details ?? {}) as Partial<SignInInfo>;
  return { demo: demo === true, secure: secure !== false, certificate: certificate === true };
}
