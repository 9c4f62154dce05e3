import { useMemo, useState } from 'react';
import { ComboBox, Input, Label, ListBox, ListBoxItem, Popover } from 'react-aria-components';
import type { AddressCandidate } from '#contract/address.ts';
import type { PlaceKind } from '#contract/place.ts';
import { searchAddresses } from '../api/addresses.ts';
import { type Place, searchPlaces } from '../api/reference.ts';
import { deskPath, navigate } from '../app/router.ts';
import { usePrefs } from '../app/prefs.ts';
import { addressTexts } from '../i18n/sections/address.ts';
import type { Formats } from '../i18n/format.ts';
import { useFormats, useT, useTexts } from '../i18n/use-t.ts';
import type { LngLat } from '../map/scene.ts';
import { liveStore, unitSlots } from '../store/live.ts';
import { queue, unitsByCallsign } from '../store/selectors.ts';
import { Icon } from '../ui/icons/icon.tsx';
import type { IconName } from '../ui/icons/icons.ts';
import { partsOf, sizeOf } from './address/candidate-words.ts';
import { setDesk } from './desk-store.ts';
import { useMapView } from './map-view-context.ts';
import { showNearest } from './nearest.ts';
import { lngLat } from './scene.ts';
import styles from './search-box.module.css';
import { useQuery } from './use-query.ts';

interface Found {
  key: string;
  icon: IconName;
  name: string;
  note: string;
  open: () => void;
}

const waitMs = 150;
const mostOfEach = 5;
/** Less likely readings would only lengthen the list. */
const leastConfidence = 0.05;
const wholeFrom = 0.7;

/** Finds places and addresses (Chinese, English, pinyin: the server knows), units by callsign and incidents by number or name. */
export function SearchBox() {
  const t = useT();
  const lang = usePrefs(prefs => prefs.lang);
  const map = useMapView();
  const [text, setText] = useState('');
  const q = text.trim();
  const words = useTexts(addressTexts);
  const formats = useFormats();
  const answer = useQuery(q === '' ? null : q, signal => searchSoon(q, signal)).data;
  const found = useMemo(() => {
    if (q === '') return [];
    const { places = [], addresses = [] } = answer ?? {};
    const named = places.map(place => ({
      key: `place ${place.id}`,
      icon: placeIcon(place.kind),
      name: lang === 'en' && place.nameEn ? place.nameEn : place.name,
      note: t.placeKind[place.kind],
      open: () => openPlace(lngLat(place.position), map.flyTo),
    }));
    const written = addresses.map((found, i) => ({
      key: `address ${i} ${found.label}`,
      icon: 'pin' as const,
      ...addressWords(found, lang === 'en', words, formats),
      open: () => openPlace(lngLat(found.position), map.flyTo),
    }));
    // A whole address comes before what merely has a word of it in its name.
    const whole = (addresses[0]?.confidence ?? 0) >= wholeFrom;
    const ranked = whole ? [...written, ...named] : [...named, ...written];
    return [...findIncidents(q, t), ...findUnits(q, t, map.flyTo), ...ranked];
  }, [q, answer, t, words, formats, lang, map]);

  return (
    <ComboBox
      className={styles.search ?? ''}
      items={found}
      inputValue={text}
      onInputChange={setText}
      selectedKey={null}
      onSelectionChange={key => {
        const chosen = found.find(item => item.key === key);
        if (!chosen) return;
        chosen.open();
        setText('');
        (document.activeElement as HTMLElement | null)?.blur();
      }}
      // Says that nothing was found, but not before anything was asked.
      allowsEmptyCollection={q !== ''}
      menuTrigger="input"
    >
      <Label className="visually-hidden">{t.search.label}</Label>
      <Icon name="magnifier" className={styles.icon ?? ''} />
      <Input id="search" className={styles.input ?? ''} placeholder={t.search.placeholder} />
      <kbd className={styles.key}>/</kbd>
      <Popover className={styles.popover ?? ''} offset={4}>
        <ListBox
          className={styles.list ?? ''}
          renderEmptyState={() => <p className={styles.empty}>{t.search.empty}</p>}
        >
          {(item: Found) => (
            <ListBoxItem id={item.key} textValue={item.name} className={styles.item ?? ''}>
              <Icon name={item.icon} />
              <span>{item.name}</span>
              <small>{item.note}</small>
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </ComboBox>
  );
}

type Words = (typeof addressTexts)['zh'];

function addressWords(found: AddressCandidate, english: boolean, words: Words, formats: Formats) {
  const { name, area } = partsOf(found, english);
  const size = sizeOf(found, words, formats);
  return { name, note: [formats.percent(found.confidence), area, size].filter(Boolean).join(' · ') };
}

interface Answer {
  places: Place[];
  addresses: AddressCandidate[];
}

/** Waits for the typing to pause: an abort before that means that nothing is asked. */
async function searchSoon(q: string, signal: AbortSignal): Promise<Answer> {
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

type T = ReturnType<typeof useT>;

function findIncidents(q: string, t: T): Found[] {
  const { incidents } = liveStore.getState().world;
  return queue(incidents)
    .filter(({ id, number, subject }) => String(number) === q || id === q || subject?.nameMasked.includes(q))
    .slice(0, mostOfEach)
    .map(({ id, number, risk, subject }) => ({
      key: `incident ${id}`,
      icon: `risk-${risk}` as const,
      name: `${t.queue.number(number)} ${subject?.nameMasked ?? ''}`,
      note: t.search.incidents,
      open: () => navigate(deskPath(id)),
    }));
}

function findUnits(q: string, t: T, flyTo: (position: LngLat) => void): Found[] {
  const wanted = q.toLowerCase();
  return unitsByCallsign(liveStore.getState().world.units)
    .filter(({ callsign }) => callsign.toLowerCase().includes(wanted))
    .slice(0, mostOfEach)
    .map(({ id, slot, kind, callsign }) => ({
      key: `unit ${id}`,
      icon: `unit-${kind}` as const,
      name: callsign,
      note: t.search.units,
      open: () => {
        setDesk({ selection: { kind: 'unit', id } });
        if (unitSlots.shown(slot)) flyTo([unitSlots.lngLat[2 * slot]!, unitSlots.lngLat[2 * slot + 1]!]);
      },
    }));
}

function openPlace(position: LngLat, flyTo: (position: LngLat) => void): void {
  flyTo(position);
  showNearest(position);
}

const placeIcon = (kind: PlaceKind): IconName => `place-${kind}`;
