/** This window's live store, and its line to the hub. */
import type { SightingView } from '#contract/sighting.ts';
import { useStore } from 'zustand';
import { systemNow } from '../clock/clock.ts';
import { serverTimeAt } from '../clock/server-time.ts';
import { type FromHub, idleLink, type ToHub } from './messages.ts';
import { createLiveStore, type Live } from './store.ts';

const aliveEveryMs = 60_000;

const live = createLiveStore();
export const liveStore = live.store;
export const unitSlots = live.slots;

/** Part of the live state; the component renders again when `select` gives another value. */
export function useLive<T>(select: (state: Live) => T): T {
  return useStore(liveStore, select);
}

/** While a recording is shown, what the hub says is not, but that the session is over. */
let recorded = false;
/** What the hub last said of the line; while a recording is shown it is not what the store says. */
let present = idleLink;
const hear = (message: FromHub): void => {
  if (message.type === 'link') present = message.link;
  const over = message.type === 'link' && message.link.state === 'signedOut';
  if (!recorded || over) live.receive(message);
};

/** Lets a recording speak in the place of the stream, in this window alone, until `end`; the world of now comes then. */
export function hearRecorded(): { receive: (message: FromHub) => void; end: () => void } {
  recorded = true;
  return {
    receive: live.receive,
    end() {
      recorded = false;
      if (joinedAs !== null) line?.postMessage({ type: 'hello', userId: joinedAs });
    },
  };
}

/** The server's time today, ms, whatever moment a recording shows. */
export const presentNow = (): number => serverTimeAt(present, systemNow());

interface Line {
  postMessage(message: ToHub): void;
}
let line: Line | null = null;
let joinedAs: string | null = null;

/** Joins the hub on behalf of a signed-in user, for the life of the page. */
export async function goLive(userId: string): Promise<void> {
  if (!line) {
    line = await openLine();
    globalThis.addEventListener('pagehide', () => line?.postMessage({ type: 'bye' }));
    // A page that comes back from the back-forward cache has said bye.
    globalThis.addEventListener('pageshow', shown => {
      if (shown.persisted) line?.postMessage({ type: 'hello', userId });
    });
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'visible') line?.postMessage({ type: 'wake' });
    });
    globalThis.addEventListener('online', () => line?.postMessage({ type: 'wake' }));
    setInterval(() => line?.postMessage({ type: 'alive', userId }), aliveEveryMs);
  }
  joinedAs = userId;
  line.postMessage({ type: 'hello', userId });
}

/** Ends the stream in every window of this browser. */
export function goDark(): void {
  line?.postMessage({ type: 'signOut' });
}

/** Hands what a look has shown to all windows. */
export function shareTrace(incidentId: string, reason: string, sightings: SightingView[]): void {
  line?.postMessage({ type: 'trace', incidentId, reason, sightings });
}

async function openLine(): Promise<Line> {
  if (typeof SharedWorker === 'function') {
    const worker = new SharedWorker(new URL('./stream-worker.ts', import.meta.url), {
      type: 'module',
      name: 'jianmian',
    });
    worker.port.addEventListener('message', (message: MessageEvent<FromHub>) => hear(message.data));
    worker.port.start();
    return worker.port;
  }
  // Phones often have no SharedWorker: this page then holds a stream of its own.
  const { createBrowserHub } = await import('./browser-hub.ts');
  const hub = createBrowserHub();
  const port = { postMessage: hear };
  return { postMessage: message => hub.receive(port, message) };
}
