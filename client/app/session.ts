/** Who is signed in. The server decides; this only remembers its answer. */
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { ApiFailure, whenUnauthenticated } from '../api/http.ts';
import {
  fetchSession,
  type Session,
  signIn as postSession,
  signOut as deleteSession,
} from '../api/session.ts';
import { goDark, goLive, liveStore } from '../store/live.ts';

export type SessionState =
  | { status: 'checking' }
  | { status: 'unreachable'; error: unknown }
  /** `ended`: there was a session and it is over. `demo`: the server offers its demo accounts. */
  | { status: 'out'; ended: boolean; demo: boolean }
  | { status: 'in'; session: Session };

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
    if (error instanceof ApiFailure && error.code === 'unauthenticated') leave(false, demoOf(error));
    else store.setState({ status: 'unreachable', error }, true);
  }
}

export async function signIn(user: string, password: string): Promise<void> {
  await enter(await postSession(user, password));
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
    if (state.status === 'in') leave(true, state.session.demo);
  };
  whenUnauthenticated(ended);
  liveStore.subscribe((live, before) => {
    if (live.link.state === 'signedOut' && before.link.state !== 'signedOut') ended();
  });
}

async function enter(session: Session): Promise<void> {
  store.setState({ status: 'in', session }, true);
  await goLive(session.userId);
}

function leave(ended: boolean, demo: boolean): void {
  if (store.getState().status === 'in') goDark();
  store.setState({ status: 'out', ended, demo }, true);
}

function demoOf(error: ApiFailure): boolean {
  return (error.details as { demo?: unknown } | undefined)?.demo === true;
}
