import { describe, expect, it } from 'vitest';
import type { AddressCandidate } from '#contract/address.ts';
import { doubtsOf, partsOf, sizeOf, stepOf } from '../../../client/desk/address/candidate-words.ts';
import { createFormats } from '../../../client/i18n/format.ts';
import { en } from '../../../client/i18n/en.ts';
import { addressTexts } from '../../../client/i18n/sections/address.ts';
import { zh } from '../../../client/i18n/zh.ts';

const candidate: AddressCandidate = {
  position: { lng: 103, lat: 25 },
  label: '鹿鸣镇 文昌社区 翠屏路12号',
  labelEn: '12 Cuiping Road, Wenchang, Luming',
  level: 'house',
  radiusM: 120,
  confidence: 0.83,
  why: [
    { name: '鹿鸣镇', level: 'township', how: 'exact' },
    { name: '翠屏路', level: 'road', how: 'sound' },
  ],
  door: 'between',
  placeId: null,
  stationId: 's1',
  outside: false,
};

describe('a candidate in words', () => {
  it('names the spot first, and where it is', () => {
    expect(partsOf(candidate, false)).toEqual({ name: '翠屏路12号', area: '鹿鸣镇 文昌社区' });
    expect(partsOf(candidate, true)).toEqual({ name: '12 Cuiping Road', area: 'Wenchang, Luming' });
    expect(partsOf({ ...candidate, label: '鹿鸣镇', labelEn: null }, true)).toEqual({
      name: '鹿鸣镇',
      area: '',
    });
  });

  it('says how large it is and what is to be doubted', () => {
    expect(sizeOf(candidate, addressTexts.zh, createFormats('zh', zh))).toContain('门牌');
    expect(sizeOf(candidate, addressTexts.en, createFormats('en', en))).toContain('house');
    expect(doubtsOf(candidate, addressTexts.zh)).toBe('读作 翠屏路 (同音) · 按相邻门牌推算');
    expect(doubtsOf({ ...candidate, why: [], door: 'known' }, addressTexts.zh)).toBe('');
  });

  it('has three steps of confidence', () => {
    expect([0.83, 0.6, 0.2].map(stepOf)).toEqual(['sure', 'likely', 'unsure']);
  });
});
