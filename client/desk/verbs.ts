/** Every action of the desk with its key: shortcuts, help and palette all read this one list. */
import type { Role } from '#contract/incident.ts';
import type { WorldIncident } from '#domain/world.ts';
import { flushSync } from 'react-dom';
import {
  mayAdminister,
  mayAnswerLeaderCalls,
  mayAnswerOrders,
  mayAnswerTasks,
  mayBreakGlass,
  mayCloseIncidents,
  mayLookAtTraces,
  mayOrderTasks,
  mayReadClear,
  mayReadHandovers,
  mayReadReports,
  mayReplay,
  mayReceiveAlerts,
  mayRecordContacts,
  mayRecordSightings,
  maySeeStations,
  mayWorkLines,
  mayWorkStops,
  mayWriteNotes,
} from '../app/rights.ts';
import { deskPath, navigate, pageAt } from '../app/router.ts';
import { serverNow } from '../clock/use-now.ts';
import type { deskTexts } from '../i18n/sections/desk.ts';
import { liveStore } from '../store/live.ts';
import { queue } from '../store/selectors.ts';
import { claimedKey } from './claimed-keys.ts';
import { deskStore, escape, setDesk, togglePanel } from './desk-store.ts';
import { type PanelTab, panelTabs, showTab, showTabOf } from './incident/panel-tab.ts';
import { locateStore, shown } from './locate/locate-store.ts';
import { leavePast } from './locate/past.ts';
import { believedExtent } from './locate/to-map.ts';
import type { MapVerbs } from './map-view-context.ts';
import { showNearest } from './nearest.ts';
import { nextAlarm } from './next-alarm.ts';
import type { Reference } from './reference.ts';
import { incidentExtent, incidentPosition } from './scene.ts';
import { openMapWindow } from './windows/open.ts';

type Texts = (typeof deskTexts)['zh'];
type Plain = {
  [K in keyof Texts['verbs']]: Texts['verbs'][K] extends string ? K : never;
}[keyof Texts['verbs']];
type PageName = keyof Texts['pages'];

/** What verbs work with. */
export interface DeskTools {
  role: Role;
  map: MapVerbs;
  reference: Pick<Reference, 'stations' | 'places'>;
  texts: Texts;
}

export interface Verb {
  id: string;
  group: 'incident' | 'plan' | 'desk' | 'map' | 'pages';
  name: (texts: Texts) => string;
  /** As `keyName` calls them; the first is shown. Several verbs may share one: the first that can be done takes it. */
  keys: readonly string[];
  may?: (role: Role) => boolean;
  /** Whether there is anything to do now. */
  now?: (tools: DeskTools) => boolean;
  run: (tools: DeskTools) => void;
}

const verb = (
  id: Plain,
  group: Verb['group'],
  keys: readonly string[],
  rest: Omit<Verb, 'id' | 'group' | 'keys' | 'name'>,
): Verb => ({
  id,
  group,
  keys,
  name: texts => texts.verbs[id],
  ...rest,
});
/** Presses the first button that answers to a key now; its part of the panel comes into sight. */
const button = (id: Plain, group: Verb['group'], key: string, may: (role: Role) => boolean): Verb =>
  verb(id, group, [key], { may, now: () => buttonOf(key) !== null, run: () => press(key) });
/** What the plan does while it is there. */
const ofPlan = (id: Plain, key: string, may?: (role: Role) => boolean): Verb =>
  verb(id, 'plan', [key], {
    ...(may && { may }),
    now: () => claimed(key) !== undefined,
    run: () => claimed(key)?.(),
  });
const page = (name: PageName, path: string, may: (role: Role) => boolean): Verb => ({
  id: `page ${name}`,
  group: 'pages',
  name: texts => texts.verbs.page(texts.pages[name]),
  keys: [],
  may,
  run: () => navigate(path),
});

const hasIncident = () => currentIncident() !== undefined;

/** In the order of the help. */
const verbs: readonly Verb[] = [
  verb('palette', 'desk', ['Ctrl+k', '/'], { run: () => setDesk({ dialog: 'palette' }) }),
  verb('alarm', 'desk', ['g'], { now: tools => alarmOf(tools) !== null, run: tools => goTo(alarmOf(tools)) }),
  button('leader', 'desk', 'y', mayAnswerLeaderCalls),
  verb('seen', 'desk', ['u'], { now: () => buttonOf('u') !== null, run: () => press('u') }),
  ofPlan('nextTask', 'j'),
  ofPlan('previousTask', 'k'),
  ofPlan('accept', 'a', mayOrderTasks),
  ofPlan('acceptAll', 'Shift+a', mayOrderTasks),
  ofPlan('refuse', 'r', mayOrderTasks),
  verb('nextIncident', 'desk', [']', 'j'], { now: () => step(1) !== null, run: () => goTo(step(1)) }),
  verb('previousIncident', 'desk', ['[', 'k'], { now: () => step(-1) !== null, run: () => goTo(step(-1)) }),
  verb('alert', 'desk', ['a'], {
    may: mayReceiveAlerts,
    // While a look is open the same key sends a crew: too early a press must not do something else.
    now: () => locateStore.getState().look === null,
    run: () => setDesk({ dialog: 'alert' }),
  }),
  verb('handover', 'desk', ['h'], { may: mayReadHandovers, run: () => navigate('/handover') }),
  verb('mapWindow', 'desk', ['w'], { run: ({ texts }) => openMapWindow(texts.window.blocked) }),
  verb('help', 'desk', ['?'], { run: () => setDesk({ dialog: 'help' }) }),
  verb('escape', 'desk', ['Escape'], { run: () => void (leavePast() || escape()) }),
  button('open', 'incident', 'o', mayLookAtTraces),
  button('paper', 'incident', 'p', mayWorkLines),
  button('glass', 'incident', 'v', mayBreakGlass),
  button('stops', 'incident', 's', mayWorkStops),
  verb('contact', 'incident', ['t'], {
    may: mayRecordContacts,
    now: () => document.querySelector('[data-key="t"]') !== null,
    run: () => reveal('[data-key="t"]'),
  }),
  button('order', 'incident', 'd', mayAnswerOrders),
  button('record', 'incident', 'i', mayRecordSightings),
  verb('note', 'incident', ['e'], {
    may: mayWriteNotes,
    now: () => document.querySelector('[data-key="e"]') !== null,
    run: () => reveal('[data-key="e"] textarea'),
  }),
  button('close', 'incident', 'x', mayCloseIncidents),
  verb('locate', 'incident', ['c'], { now: hasIncident, run: fitIncident }),
  verb('nearest', 'incident', ['n'], { now: hasIncident, run: nearestToIncident }),
  ...panelTabs.map(tabVerb),
  verb('region', 'map', ['f'], { run: ({ map }) => map.fitRegion() }),
  verb('measure', 'map', ['m'], {
    run: () =>
      setDesk({ mode: { kind: deskStore.getState().mode.kind === 'measure' ? 'browse' : 'measure' } }),
  }),
  verb('layers', 'map', ['l'], { run: () => togglePanel('layers') }),
  page('wall', '/wall', () => true),
  page('station', '/station', maySeeStations),
  page('today', '/today', mayReadClear),
  page('reports', '/reports', mayReadReports),
  page('replay', '/replay', mayReplay),
  page('field', '/field', mayAnswerTasks),
  page('admin', '/admin', mayAdminister),
  page('account', '/account', () => true),
];

/** The verbs that somebody of a role may do at all. */
export const verbsOf = (role: Role): Verb[] => verbs.filter(({ may }) => may?.(role) ?? true);

/** Those that can be done now. */
export const verbsNow = (tools: DeskTools): Verb[] =>
  verbsOf(tools.role).filter(({ now }) => now?.(tools) ?? true);

function tabVerb(tab: PanelTab, index: number): Verb {
  return {
    id: `tab ${tab}`,
    group: 'incident',
    name: texts => texts.verbs.tab(texts.tabs[tab]),
    keys: [String(index + 1)],
    now: hasIncident,
    run: () => showTab(tab),
  };
}

function claimed(key: string): (() => void) | undefined {
  const shiftKey = key.startsWith('Shift+');
  return claimedKey({ key: key.replace('Shift+', ''), shiftKey });
}

const buttonOf = (key: string) =>
  document.querySelector<HTMLButtonElement>(`[data-key="${key}"] button:enabled`);

function press(key: string): void {
  const found = buttonOf(key);
  if (!found) return;
  showTabOf(found);
  found.click();
}

/** Brings something of the panel into sight and moves the focus there. */
function reveal(selector: string): void {
  const found = document.querySelector<HTMLElement>(selector);
  if (!found) return;
  flushSync(() => showTabOf(found));
  found.focus();
  found.scrollIntoView({ block: 'nearest' });
}

const goTo = (incidentId: string | null) => {
  if (incidentId !== null) navigate(deskPath(incidentId));
};

const alarmOf = ({ role }: DeskTools): string | null =>
  nextAlarm(liveStore.getState().world.incidents, role, serverNow(), currentId());

/** The incident above or below the one that is open; the first when none is. */
function step(by: 1 | -1): string | null {
  const list = queue(liveStore.getState().world.incidents);
  const at = list.findIndex(({ id }) => id === currentId());
  const next = at < 0 ? list[0] : list[at + by];
  return next?.id ?? null;
}

function nearestToIncident({ reference }: DeskTools): void {
  const incident = currentIncident();
  const position = incident && incidentPosition(incident, reference.stations);
  if (!position) return;
  showTab('plan');
  showNearest(position);
}

function fitIncident({ map, reference }: DeskTools): void {
  const incident = currentIncident();
  const posterior = shown(locateStore.getState())?.posterior;
  const believed = posterior ? believedExtent(posterior) : [];
  if (incident) map.fit([...incidentExtent(incident, reference.stations, reference.places), ...believed]);
}

function currentIncident(): WorldIncident | undefined {
  return liveStore.getState().world.incidents[currentId() ?? ''];
}

function currentId(): string | null {
  const at = pageAt(location.pathname);
  return at.name === 'desk' ? at.incidentId : null;
}
