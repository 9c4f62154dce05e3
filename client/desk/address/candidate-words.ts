/** A candidate in words. Pure. */
import type { AddressCandidate } from '#contract/address.ts';
import type { addressTexts } from '../../i18n/sections/address.ts';
import type { Formats } from '../../i18n/format.ts';

type Words = (typeof addressTexts)['zh'];

/** What is meant, and where that is: 翠屏路12号 in 茶口镇 茶口社区. English labels go from small to large. */
export function partsOf(
  { label, labelEn }: AddressCandidate,
  english: boolean,
): { name: string; area: string } {
  const text = (english && labelEn) || label;
  const small = text.includes(', ') ? text.split(', ') : text.split(' ').toReversed();
  const [name = '', ...areas] = small;
  return { name, area: text.includes(', ') ? areas.join(', ') : areas.toReversed().join(' ') };
}

/** `门牌 · 约 30 m 内`. */
export function sizeOf({ level, radiusM }: AddressCandidate, words: Words, formats: Formats): string {
  return `${words.level[level]} · ${words.within(formats.distance(radiusM))}`;
}

/** What was not read word for word, and how a house number was found; empty when there is nothing to doubt. */
export function doubtsOf({ why, door }: AddressCandidate, words: Words): string {
  const names = why
    .filter(({ how }) => how !== 'exact')
    .map(({ name, how }) => `${name} (${words.how[how]})`);
  const read = names.length > 0 ? words.read(names.join(' ')) : '';
  const number = door !== null && door !== 'known' ? words.door[door] : '';
  return [read, number].filter(Boolean).join(' · ');
}

/** How sure, in three steps that colour and number both show. */
export function stepOf(confidence: number): 'sure' | 'likely' | 'unsure' {
  if (confidence >= 0.8) return 'sure';
  return confidence >= 0.5 ? 'likely' : 'unsure';
}
