import { useMemo, useState } from 'react';
import { ComboBox, Input, Label, ListBox, ListBoxItem, Popover } from 'react-aria-components';
import type { PlaceKind } from '#contract/place.ts';
import { type Place, searchPlaces } from '../api/reference.ts';
import { deskPath, navigate } from '../app/router.ts';
import { usePrefs } from '../app/prefs.ts';
import { useT } from '../i18n/use-t.ts';
import type { LngLat } from '../map/scene.ts';
import { liveStore, unitSlots } from '../store/live.ts';
import { queue, unitsByCallsign } from '../store/selectors.ts';
import { Icon } from '../ui/icons/icon.tsx';
import type { IconName } from '../ui/icons/icons.ts';
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

/** Finds places (Chinese, English, pinyin: the server knows), units by callsign and incidents by number or name. */
export function SearchBox() {
  const t = useT();
  const lang = usePrefs(prefs => prefs.lang);
  const map = useMapView();
  const [text, setText] = useState('');
  const q = text.trim();
  const places = useQuery(q === '' ? null : q, signal => searchSoon(q, signal)).data;
  const found = useMemo(() => {
    if (q === '') return [];
    const named = (places ?? []).map(place => ({
      key: `place ${place.id}`,
      icon: placeIcon(place.kind),
      name: lang === 'en' && place.nameEn ? place.nameEn : place.name,
      note: t.placeKind[place.kind],
      open: () => openPlace(lngLat(place.position), map.flyTo),
    }));
    return [...findIncidents(q, t), ...findUnits(q, t, map.flyTo), ...named];
  }, [q, places, t, lang, map]);

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

/** Waits for the typing to pause: an abort before that means that nothing is asked. */
async function searchSoon(q: string, signal: AbortSignal): Promise<Place[]> {
  await new Promise(resolve => setTimeout(resolve, waitMs));
  return signal.aborted ? [] : searchPlaces(q, signal);
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
