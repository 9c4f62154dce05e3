import type { Tags } from './osm.ts';

const CJK = /[\u3400-\u9fff\uf900-\ufaff]/;

/** Whether the text has a Chinese character in it. */
export function isChinese(text: string): boolean {
  return CJK.test(text);
}

/** `大运城派出所 Dayuncheng Police Station`: both languages in one tag, as is common in China. */
const TWO_LANGUAGES = /^([^A-Za-z]*[\u3400-\u9fff][^A-Za-z]*?)\s+([A-Za-z][\x20-\x7e]{3,})$/;

/** A name of its own: Chinese first, then the local one; empty when nobody named it. */
export function ownName(tags: Tags): string {
  const name = (tags['name:zh'] ?? tags['name:zh-Hans'] ?? tags.name ?? tags['name:en'] ?? '').trim();
  return TWO_LANGUAGES.exec(name)?.[1] ?? name;
}

/** Its own name, or whose it is (a bank's brand); not for streets, which are not called after who maintains them. */
export function nameOf(tags: Tags): string {
  const owner = tags['brand:zh'] ?? tags.brand ?? tags['operator:zh'] ?? tags.operator ?? '';
  return ownName(tags) || owner.trim();
}

export function nameEnOf(tags: Tags): string | undefined {
  return tags['name:en'] ?? tags.int_name ?? TWO_LANGUAGES.exec(tags.name ?? '')?.[2] ?? tags['brand:en'];
}

/** `{ name }` and, where it is known, `nameEn`, ready to spread. */
export function namesOf(tags: Tags): { name: string; nameEn?: string } {
  const nameEn = nameEnOf(tags);
  return nameEn === undefined ? { name: nameOf(tags) } : { name: nameOf(tags), nameEn };
}

/** As written on a letter: large to small without spaces in Chinese, street and number first elsewhere. */
export function addressOf(tags: Tags): string | undefined {
  if (tags['addr:full']) return tags['addr:full'];
  const street = tags['addr:street'] ?? tags['addr:place'];
  const number = tags['addr:housenumber'];
  if (!street) return undefined;
  const area = [tags['addr:city'], tags['addr:district'], tags['addr:suburb']].filter(
    part => part !== undefined,
  );
  if (isChinese(street)) {
    const door = number === undefined ? '' : /\d$/.test(number) ? `${number}号` : number;
    return [...area, street].join('') + door;
  }
  return [number === undefined ? street : `${street} ${number}`, ...area.slice(0, 1)].join(', ');
}
