/** All names of a gazetteer, and which of them a text may hold: found by pairs of sounds, and by word beginnings. */
import type { Gazetteer, GazetteerEntry } from './gazetteer.ts';
import { spellingOf } from './sounds.ts';
import { nameUnits, type Unit, unitsOf } from './units.ts';

export interface IndexedName {
  /** Index of its entry. */
  entry: number;
  units: readonly Unit[];
  /** How many pairs it is found by. */
  pairs: number;
}

/** Pairs that more names have than this tell nothing. */
const commonShare = 0.04;
const commonLeast = 60;
const mostNames = 350;

export class NameIndex {
  readonly entries: readonly GazetteerEntry[];
  readonly names: IndexedName[] = [];
  /** Whether names here are Chinese: then Latin letters in a query are pinyin before they are words. */
  readonly chinese: boolean;
  readonly #postings = new Map<string, number[]>();
  readonly #spelled: string[] = [];

  constructor({ entries, names: own }: Gazetteer) {
    this.entries = entries;
    this.chinese = entries.filter(({ name }) => /\p{sc=Han}/u.test(name)).length * 2 > entries.length;
    const lead = leadsOf(own);
    entries.forEach((entry, index) => {
      const own = nameUnits(entry.name, lead);
      this.#add(index, own);
      this.#spelled.push(searchable(entry, own));
      for (const name of new Set([entry.nameEn, ...(entry.aliases ?? [])]))
        if (name && name !== entry.name) this.#add(index, nameUnits(name, lead));
    });
  }

  #add(entry: number, units: readonly Unit[]): void {
    if (units.length === 0) return;
    const pairs = pairsOf(units);
    const id = this.names.push({ entry, units, pairs: pairs.length }) - 1;
    for (const pair of pairs) {
      const list = this.#postings.get(pair);
      if (list) list.push(id);
      else this.#postings.set(pair, [id]);
    }
  }

  /** Names of which the text holds a fair part, the likeliest first. */
  candidates(text: readonly Unit[]): IndexedName[] {
    const hits = new Map<number, number>();
    const common = Math.max(commonLeast, this.names.length * commonShare);
    for (const pair of new Set(pairsOf(text))) {
      const list = this.#postings.get(pair) ?? [];
      if (list.length > common) continue;
      for (const id of list) hits.set(id, (hits.get(id) ?? 0) + 1);
    }
    const share = (id: number): number => hits.get(id)! / (this.names[id]!.pairs + 1);
    return [...hits.keys()]
      .sort((a, b) => share(b) - share(a) || a - b)
      .slice(0, mostNames)
      .map(id => this.names[id]!);
  }

  /** Entries that somebody may be typing: the start or a part of a name, its pinyin or initials, or English name. */
  startingWith(typed: string, most: number): { entry: number; share: number }[] {
    const wanted = typed
      .toLowerCase()
      .split(/\s+/)
      .filter(word => word !== '');
    if (wanted.length === 0) return [];
    const found: { entry: number; share: number }[] = [];
    this.#spelled.forEach((spelled, entry) => {
      if (!wanted.every(word => spelled.includes(word))) return;
      const first = spelled.indexOf(wanted[0]!);
      const starts = first === 0 || spelled[first - 1] === ' ';
      const length = wanted.reduce((sum, word) => sum + word.length, 0);
      const whole = spelled.slice(first).split(' ', 1)[0]!.length;
      found.push({ entry, share: Math.min(1, length / Math.max(whole, length)) * (starts ? 1 : 0.6) });
    });
    return found.sort((a, b) => b.share - a.share || a.entry - b.entry).slice(0, most);
  }
}

/** A text with all that an entry may be found by, words apart. `units` of its name. */
function searchable({ name, nameEn, aliases = [] }: GazetteerEntry, units: readonly Unit[]): string {
  const { full, initials } = spellingOf(name);
  const plain = units.filter(({ kind }) => kind === 'word').map(({ text }) => text);
  return [name, full, initials, nameEn ?? '', ...plain, ...aliases].join(' ').toLowerCase();
}

/** `云溪县` leads names as 云溪县 and as 云溪. */
function leadsOf(own: readonly string[]): string[] {
  const whole = own.map(name =>
    unitsOf(name)
      .map(({ text }) => text)
      .join(''),
  );
  return whole.flatMap(name => [name, name.slice(0, -1)]).sort((a, b) => b.length - a.length);
}

/** Neighbours and next but one by rough sound, whatever their order; words by their first letters and their middle. */
function pairsOf(units: readonly Unit[]): string[] {
  const keys: string[] = [];
  const key = (unit: Unit): string => unit.sounds.rough[0] ?? unit.text;
  units.forEach((unit, i) => {
    if (unit.kind === 'word') return keys.push(...wordKeys(unit));
    for (const other of [units[i + 1], units[i + 2]])
      if (other && other.kind !== 'word') keys.push([key(unit), key(other)].sort().join(' '));
    if (units.length === 1) keys.push(key(unit));
  });
  return keys;
}

function wordKeys({ text, weight }: Unit): string[] {
  if (weight < 0.5) return [];
  if (text.length < 4) return [`w:${text}`];
  return [`w:${text.slice(0, 3)}`, `w:${text.slice(-3)}`, `w:${text.slice(1, 4)}`];
}
