import { spellingOf } from '../../address/sounds.ts';

/**
 * What a place is found by: its name, its English name, the full pinyin and the initials, in lower case.
 * 茶口派出所 gives `茶口派出所 chakoupaichusuo ckpcs`.
 */
export function searchText(name: string, nameEn = ''): string {
  const { full, initials } = spellingOf(name);
  const texts = [name, nameEn, full, initials].filter(text => text !== '');
  return [...new Set(texts.map(text => text.toLowerCase()))].join(' ');
}
