import { pinyin } from 'pinyin-pro';

/**
 * What a place is found by: its name, its English name, the full pinyin and the initials, in lower case.
 * 茶口派出所 gives `茶口派出所 chakoupaichusuo ckpcs`.
 */
export function searchText(name: string, nameEn?: string): string {
  const syllables = pinyin(name, { toneType: 'none', type: 'array', v: true, nonZh: 'consecutive' });
  const full = syllables.join('').replaceAll(' ', '');
  const initials = syllables.map(syllable => Array.from(syllable.trim())[0] ?? '').join('');
  return [...new Set([name, nameEn ?? '', full, initials].filter(text => text !== ''))]
    .join(' ')
    .toLowerCase();
}
