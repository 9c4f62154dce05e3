/** What the palette can find in this window, and what the server finds for it. */
import type { AddressCandidate } from '#contract/address.ts';
import type { PlaceKind } from '#contract/place.ts';
import { searchAddresses } from '../../api/addresses.ts';
import { type Place, searchPlaces } from '../../api/reference.ts';
import { deskPath, navigate } from '../../app/router.ts';
import type { deskTexts } from '../../i18n/sections/desk.ts';
import type { Messages } from '../../i18n/zh.ts';
import type { LngLat } from '../../map/scene.ts';
import { liveStore, unitSlots } from '../../store/live.ts';
import { queue, unitsByCallsign } from '../../store/selectors.ts';
import type { IconName } from '../../ui/icons/icons.ts';
import { setDesk } from '../desk-store.ts';
import { type DeskTools, verbsNow } from '../verbs.ts';
import { keyText } from '../key-text.ts';
import { score, type Searchable } from './rank.ts';

export interface Found {
  /** Kind and id. */
  key: string;
  group: keyof (typeof deskTexts)['zh']['groups'];
  icon: IconName;
  name: string;
  note: string;
  /** The key that does the same. */
  shortcut?: string;
  /** Other words that it answers to. */
  also?: string;
  run: () => void;
}

/** Incidents, units, actions and pages: what this window knows without asking. */
export const itemsHere = (tools: DeskTools, t: Messages): Found[] => [
  ...incidentItems(t),
  ...unitItems(tools, t),
  ...verbItems(tools),
];

function incidentItems(t: Messages): Found[] {
  return queue(liveStore.getState().world.incidents).map(({ id, number, risk, scamType, subject }) => ({
    key: `incident ${id}`,
    group: 'people',
    icon: `risk-${risk}`,
    name: `${t.queue.number(number)} ${subject?.nameMasked ?? t.queue.noSubject}`,
    note: `${t.risk[risk]} · ${t.scam[scamType]}`,
    // The surname first: its pinyin is looked for at the beginning.
    also: `${subject?.nameMasked ?? ''} ${number} ${t.scam[scamType]} ${subject?.phoneMasked ?? ''}`,
    run: () => navigate(deskPath(id)),
  }));
}

const unitItems = ({ map }: DeskTools, t: Messages): Found[] =>
  unitsByCallsign(liveStore.getState().world.units).map(({ id, slot, kind, callsign, state }) => ({
    key: `unit ${id}`,
    group: 'units',
    icon: `unit-${kind}`,
    name: callsign,
    note: t.unitState[state],
    run: () => {
      setDesk({ selection: { kind: 'unit', id } });
      if (unitSlots.shown(slot)) map.flyTo([unitSlots.lngLat[2 * slot]!, unitSlots.lngLat[2 * slot + 1]!]);
    },
  }));

const verbItems = (tools: DeskTools): Found[] =>
  verbsNow(tools)
    .filter(({ id }) => id !== 'palette' && id !== 'escape')
    .map(({ id, group, keys, name, run }) => ({
      key: `verb ${id}`,
      group,
      icon: group === 'pages' ? 'fullscreen' : 'chevronRight',
      name: name(tools.texts),
      note: '',
      ...(keys[0] !== undefined && { shortcut: keyText(keys[0]) }),
      run: () => run(tools),
    }));

/** Actions stand a little behind things of the same name: whoever types a name looks for the thing. */
const weights: Partial<Record<Found['group'], number>> = { people: 1.08, units: 1, pages: 0.95 };
const mostShown = 12;

/** Those that answer, the best first; of the same worth, what was chosen lately. */
export function ranked(
  query: string,
  items: readonly Found[],
  recent: readonly string[],
  searchableOf: (text: string) => Searchable,
): Found[] {
  const scored = items.map(item => {
    const own = score(query, searchableOf(item.name));
    const also = item.also ? score(query, searchableOf(item.also)) * 0.9 : 0;
    const fresh = recent.includes(item.key) ? 0.03 : 0;
    const worth = Math.max(own, also);
    return { item, worth: worth === 0 ? 0 : worth * (weights[item.group] ?? 0.97) + fresh };
  });
  return scored
    .filter(({ worth }) => worth > 0)
    .toSorted((a, b) => b.worth - a.worth)
    .slice(0, mostShown)
    .map(({ item }) => item);
}

export interface ServerAnswer {
  places: Place[];
  addresses: AddressCandidate[];
}

const waitMs = 150;
const mostOfEach = 5;
/** Less likely readings would only lengthen the list. */
const leastConfidence = 0.05;

/** Waits for the typing to pause: an abort before that means that nothing is asked. */
export async function searchSoon(q: string, signal: AbortSignal): Promise<ServerAnswer> {
  await new Promise(resolve => setTimeout(resolve, waitMs));
  if (signal.aborted) return { places: [], addresses: [] };
  const [places, { items }] = await Promise.all([
    searchPlaces(q, signal),
    searchAddresses(q, mostOfEach, signal),
  ]);
  const listed = new Set(places.map(({ id }) => id));
  return {
    places,
    addresses: items.filter(
      ({ placeId, level, outside, confidence }) =>
        !outside &&
        confidence >= leastConfidence &&
        (level === 'house' || placeId === null || !listed.has(placeId)),
    ),
  };
}

export const placeIcon = (kind: PlaceKind): IconName => `place-${kind}`;

/** Flies there and shows who is nearest. */
export type Show = (position: LngLat) => void;
