/** How Chinese signs sound: what homophone typing errors and pinyin queries are compared by. */
import { pinyin } from 'pinyin-pro';

export interface Sounds {
  /** Toneless readings, the commonest first. */
  exact: readonly string[];
  /** The same as southern ears hear them: zh is z, ng is n, n is l. */
  rough: readonly string[];
}

const none: Sounds = { exact: [], rough: [] };
const known = new Map<string, Sounds>();

/** Readings of one sign; none for what is not a Chinese sign. */
export function soundsOf(sign: string): Sounds {
  if (!/\p{sc=Han}/u.test(sign)) return none;
  const found = known.get(sign);
  if (found) return found;
  const readings = pinyin(sign, { toneType: 'none', type: 'array', multiple: true, v: true });
  const sounds = spoken(readings.filter(reading => /^[a-zü]+$/.test(reading)));
  known.set(sign, sounds);
  return sounds;
}

/** The sounds of syllables as they are typed. */
export const spoken = (syllables: readonly string[]): Sounds => ({
  exact: syllables,
  rough: [...new Set(syllables.map(rough))],
});

function rough(syllable: string): string {
  return syllable
    .replace(/^([zcs])h/, '$1')
    .replace(/^n/, 'l')
    .replace(/([aeiu])ng$/, '$1n')
    .replace(/^hu(?=[aio])/, 'f');
}

/** Full spelling and initials of a name, by which it is found as it is typed: `cuipinglu`, `cpl`. */
export function spellingOf(name: string): { full: string; initials: string } {
  const syllables = pinyin(name, { toneType: 'none', type: 'array', v: true, nonZh: 'consecutive' })
    .map(syllable => syllable.replaceAll(' ', '').toLowerCase())
    .filter(syllable => syllable !== '');
  return { full: syllables.join(''), initials: syllables.map(syllable => Array.from(syllable)[0]!).join('') };
}

const finals =
  'a o e ai ei ao ou an en ang eng ong i ia ie iao iu ian in iang ing iong u ua uo uai ui uan un uang v ve ue er';
const initials = 'b p m f d t n l g k h j q x zh ch sh r z c s y w'.split(' ');
const syllables = new Set([
  ...'a o e ai ei ao ou an en ang er'.split(' '),
  ...initials.flatMap(initial => finals.split(' ').map(final => initial + final)),
]);
const longestSyllable = 6;

/** `cuipinglu` as syllables, as few as will do; null when it is no pinyin. */
export function syllablesOf(word: string): string[] | null {
  const best: (string[] | null)[] = [[]];
  for (let end = 1; end <= word.length; end++) {
    best[end] = null;
    for (let start = Math.max(0, end - longestSyllable); start < end; start++) {
      const before = best[start];
      const syllable = word.slice(start, end);
      if (!before || !syllables.has(syllable)) continue;
      const now = best[end];
      if (!now || before.length + 1 < now.length) best[end] = [...before, syllable];
    }
  }
  return best[word.length] ?? null;
}
