import { nameIn } from '../../i18n/name-in.ts';
import { useEffect, useMemo, useState } from 'react';
import { usePrefs } from '../../app/prefs.ts';
import { addressTexts } from '../../i18n/sections/address.ts';
import { useFormats, useT, useTexts } from '../../i18n/use-t.ts';
import { partsOf, sizeOf } from '../address/candidate-words.ts';
import { showNearest } from '../nearest.ts';
import { lngLat } from '../scene.ts';
import { useDeskTools } from '../shortcuts.ts';
import { useQuery } from '../use-query.ts';
import { type Found, itemsHere, placeIcon, ranked, searchSoon, type Show } from './items.ts';
import { searchable, type Searchable, type Spell } from './rank.ts';

/** A whole address comes before what merely has a word of it in its name. */
const wholeFrom = 0.7;
const mostRecent = 6;

/** What answers to the words typed; without any, what was chosen lately and what can be done now. */
export function useFound(text: string, recent: readonly string[]) {
  const t = useT();
  const tools = useDeskTools();
  const searchableOf = useSearchable();
  const q = text.trim();
  const answer = useQuery(q === '' ? null : q, signal => searchSoon(q, signal));
  // What is there when the palette opens: names must not move under the fingers.
  const [here] = useState(() => itemsHere(tools, t));
  const show: Show = position => {
    tools.map.flyTo(position);
    showNearest(position);
  };
  const places = usePlaceItems(answer.data, show);
  const found = useMemo(() => {
    if (q === '') return withRecent(here, recent);
    return [...ranked(q, here, recent, searchableOf), ...places];
  }, [q, here, recent, searchableOf, places]);
  return {
    found,
    searching: q !== '' && answer.data === undefined && answer.error === undefined,
    unreachable: answer.error !== undefined,
  };
}

function withRecent(here: readonly Found[], recent: readonly string[]): Found[] {
  const lately = recent
    .flatMap(key => here.find(item => item.key === key) ?? [])
    .slice(0, mostRecent)
    .map(item => ({ ...item, group: 'recent' as const }));
  const known = new Set(lately.map(({ key }) => key));
  const rest = here.filter(({ key, group }) => group !== 'units' && !known.has(key));
  return [...lately, ...rest];
}

function usePlaceItems(answer: Awaited<ReturnType<typeof searchSoon>> | undefined, show: Show): Found[] {
  const t = useT();
  const lang = usePrefs(prefs => prefs.lang);
  const words = useTexts(addressTexts);
  const formats = useFormats();
  return useMemo(() => {
    const { places = [], addresses = [] } = answer ?? {};
    const named = places.map(
      (place): Found => ({
        key: `place ${place.id}`,
        group: 'places',
        icon: placeIcon(place.kind),
        name: nameIn(place, lang),
        note: t.placeKind[place.kind],
        run: () => show(lngLat(place.position)),
      }),
    );
    const written = addresses.map((found, index): Found => {
      const { name, area } = partsOf(found, lang === 'en');
      const size = sizeOf(found, words, formats);
      return {
        key: `address ${index} ${found.label}`,
        group: 'places',
        icon: 'pin',
        name,
        note: [formats.percent(found.confidence), area, size].filter(Boolean).join(' · '),
        run: () => show(lngLat(found.position)),
      };
    });
    const whole = (addresses[0]?.confidence ?? 0) >= wholeFrom;
    return whole ? [...written, ...named] : [...named, ...written];
    // `show` moves the map; it does not change what was found.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [answer, lang, t, words, formats]);
}

const plain: Spell = text => Array.from(text);

/** Names with their pinyin, once the dictionary has come; by their own letters before. */
function useSearchable(): (text: string) => Searchable {
  const [spell, setSpell] = useState<{ by: Spell }>({ by: plain });
  useEffect(() => {
    let gone = false;
    void import('pinyin-pro').then(({ pinyin }) => {
      if (!gone) setSpell({ by: text => pinyin(text, { toneType: 'none', type: 'array' }) });
    });
    return () => {
      gone = true;
    };
  }, []);
  return useMemo(() => remembering(text => searchable(text, spell.by)), [spell]);
}

/** Asks once for each text. */
function remembering<T>(make: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return text => {
    const made = known.get(text) ?? make(text);
    known.set(text, made);
    return made;
  };
}
