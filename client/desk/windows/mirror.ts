/** Keeps a second window of this browser in step with the desk: what is open, what is selected, what is believed. */
import { deskPath, navigate, pageAt } from '../../app/router.ts';
import { deskStore, setDesk } from '../desk-store.ts';
import { type Locate, locateStore, setLocate } from '../locate/locate-store.ts';
import type { MapSelection } from '../../map/scene.ts';

const channelName = 'jianmian.desk';

/** What both windows agree upon. */
interface DeskView {
  incidentId: string | null;
  selection: MapSelection | null;
}

/** The part of what is believed that a map draws; it never leaves this browser, and goes with the look. */
type Seen = Pick<Locate, 'look' | 'now' | 'past' | 'placeId' | 'unitId' | 'looks' | 'selected'>;

type Said =
  /** A map has opened, or lost its desk. */
  | { type: 'ask' }
  | { type: 'view'; from: 'desk' | 'map'; view: DeskView }
  | { type: 'seen'; incidentId: string | null; seen: Seen }
  /** The desk is about to be gone. */
  | { type: 'bye' };

const viewNow = (): DeskView => {
  const page = pageAt(location.pathname);
  return {
    incidentId: page.name === 'desk' ? page.incidentId : null,
    selection: deskStore.getState().selection,
  };
};
const seenNow = (): Seen => {
  const { look, now, past, placeId, unitId, looks, selected } = locateStore.getState();
  return { look, now, past, placeId, unitId, looks, selected };
};

/** Takes what the other window shows. A selection that comes with another incident is set once that one is open. */
function take({ incidentId, selection }: DeskView): void {
  if (viewNow().incidentId !== incidentId) navigate(deskPath(incidentId), 'replace');
  setTimeout(() => setDesk({ selection }));
}

/** Says what changes here, and takes what changes there; an echo of what was just taken is not said again. */
function keepViews(channel: BroadcastChannel, from: 'desk' | 'map', onView?: (view: DeskView) => void) {
  let agreed = JSON.stringify(viewNow());
  const say = (said: Said) => channel.postMessage(said);
  const tell = () => {
    const view = viewNow();
    const text = JSON.stringify(view);
    if (text === agreed) return;
    agreed = text;
    say({ type: 'view', from, view });
  };
  const stopDesk = deskStore.subscribe(tell);
  globalThis.addEventListener('popstate', tell);
  return {
    say,
    hear: (view: DeskView) => {
      agreed = JSON.stringify(view);
      take(view);
      onView?.(view);
    },
    stop: () => {
      stopDesk();
      globalThis.removeEventListener('popstate', tell);
      channel.close();
    },
  };
}

/** The desk's end. Ends with the returned function. */
export function leadWindows(): () => void {
  const channel = new BroadcastChannel(channelName);
  const views = keepViews(channel, 'desk');
  const tellSeen = () => views.say({ type: 'seen', incidentId: viewNow().incidentId, seen: seenNow() });
  const tellAll = () => {
    views.say({ type: 'view', from: 'desk', view: viewNow() });
    tellSeen();
  };
  channel.addEventListener('message', ({ data }: MessageEvent<Said>) => {
    if (data.type === 'ask') tellAll();
    if (data.type === 'view' && data.from === 'map') views.hear(data.view);
  });
  const stopLocate = locateStore.subscribe(tellSeen);
  const bye = () => views.say({ type: 'bye' });
  globalThis.addEventListener('pagehide', bye);
  tellAll();
  return () => {
    bye();
    stopLocate();
    globalThis.removeEventListener('pagehide', bye);
    views.stop();
  };
}

/** The map's end: `onDesk` hears whether there is a desk to follow. Ends with the returned function. */
export function followDesk(onDesk: (isThere: boolean) => void): () => void {
  const channel = new BroadcastChannel(channelName);
  const views = keepViews(channel, 'map', () => onDesk(true));
  channel.addEventListener('message', ({ data }: MessageEvent<Said>) => {
    if (data.type === 'view' && data.from === 'desk') views.hear(data.view);
    if (data.type === 'seen') setLocate(data.seen);
    if (data.type === 'bye') onDesk(false);
  });
  views.say({ type: 'ask' });
  return views.stop;
}
