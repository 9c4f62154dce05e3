/** Which names of the gazetteer a text holds, each with where it stands in the text. */
import type { AddressLevel } from '#contract/address.ts';
import { align, type MatchKind } from './align.ts';
import type { GazetteerEntry } from './gazetteer.ts';
import type { IndexedName, NameIndex } from './names.ts';
import type { Unit } from './units.ts';

export interface Match {
  /** Index of the entry. */
  entry: number;
  level: AddressLevel;
  quality: number;
  how: MatchKind;
  /** Units of the text that it accounts for. */
  units: readonly number[];
  /** What those units tell, counted less the worse they were written. */
  gain: number;
}

const leastQuality = 0.56;
/** Within a township that is known, a name may be written worse. */
const leastWithin = 0.45;
const mostMatches = 120;

/** The best match of each entry that the text may speak of. */
export function matchesOf(index: NameIndex, text: readonly Unit[]): Match[] {
  const best = new Map<number, Match>();
  const keep = (name: IndexedName, least: number) => {
    const match = matchOf(index.entries[name.entry]!, name, text, least);
    if (match && match.gain > (best.get(name.entry)?.gain ?? 0)) best.set(name.entry, match);
  };
  for (const name of index.candidates(text)) keep(name, leastQuality);
  for (const name of neighboursWithin(index, text, [...best.values()])) keep(name, leastWithin);
  return [...best.values()].sort((a, b) => b.gain - a.gain || a.entry - b.entry).slice(0, mostMatches);
}

function matchOf(
  { level }: GazetteerEntry,
  { entry, units }: IndexedName,
  text: readonly Unit[],
  least: number,
): Match | null {
  const found = align(units, text, least);
  if (!found) return null;
  const told = found.matched.reduce((sum, i) => sum + text[i]!.weight, 0);
  // A name that is only half there accounts for little, or long names would swallow short ones.
  return {
    entry,
    level,
    quality: found.quality,
    how: found.how,
    units: found.matched,
    gain: told * found.quality ** 1.5,
  };
}

/**
 * When a township is written clearly and something beside it is not, the names of that township are tried one by one:
 * two signs of which one is wrong share no pair with anything.
 */
function neighboursWithin(index: NameIndex, text: readonly Unit[], matches: readonly Match[]): IndexedName[] {
  const clear = matches.filter(({ quality }) => quality >= 0.8);
  const towns = new Set(
    clear.filter(({ level }) => level === 'township' || level === 'community').map(({ entry }) => entry),
  );
  if (towns.size === 0 || towns.size > 3) return [];
  const explained = new Set(clear.flatMap(({ units }) => [...units]));
  const left = text.filter(({ kind, weight }, i) => kind !== 'number' && weight >= 0.5 && !explained.has(i));
  if (left.length < 2) return [];
  const heard = new Set(left.flatMap(({ text: sign, sounds }) => [sign, ...sounds.rough]));
  return index.names.filter(({ entry, units }) => {
    const { level, within } = index.entries[entry]!;
    const telling = units.filter(({ weight }) => weight >= 0.5);
    if (telling.length > 3 || level === 'place' || !within.some(area => towns.has(area))) return false;
    const shared = telling.filter(
      ({ text: sign, sounds }) => heard.has(sign) || sounds.rough.some(sound => heard.has(sound)),
    );
    return shared.length * 2 >= telling.length;
  });
}
