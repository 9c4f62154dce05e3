/** How well a name answers what was typed: in its own letters, by syllables of pinyin, or by their initials. Pure. */

/** A name as it is searched: small letters, with the pinyin of its Chinese characters one syllable each. */
export interface Searchable {
  text: string;
  /** 'chakoupaichusuo' */
  spelled: string;
  /** 'ckpcs' */
  initials: string;
}

/** Gives one syllable for each character; what is not Chinese comes back as it is. */
export type Spell = (text: string) => readonly string[];

export function searchable(name: string, spell: Spell): Searchable {
  const syllables = spell(name).map(part => part.toLowerCase().replaceAll(/\s/g, ''));
  return {
    text: name.toLowerCase(),
    spelled: syllables.join(''),
    initials: syllables.map(([first = '']) => first).join(''),
  };
}

/** 0: does not answer at all; 1: is it exactly. What begins so counts more than what merely has it somewhere. */
export function score(query: string, { text, spelled, initials }: Searchable): number {
  const wanted = query.trim().toLowerCase();
  if (wanted === '') return 0;
  if (text === wanted) return 1;
  if (text.startsWith(wanted)) return 0.9;
  if (text.split(/[\s·,，、-]+/).some(word => word.startsWith(wanted))) return 0.8;
  if (text.includes(wanted)) return 0.7;
  const letters = wanted.replaceAll(/[\s']/g, '');
  if (!/^[a-z0-9]+$/.test(letters)) return 0;
  if (initials.startsWith(letters)) return 0.6;
  if (spelled.startsWith(letters)) return 0.55;
  if (letters.length > 1 && initials.includes(letters)) return 0.4;
  if (letters.length > 1 && spelled.includes(letters)) return 0.3;
  return 0;
}
