import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { syllablesOf } from '../../server/address/sounds.ts';
import { arabicDoors, currentClause, plainText, valueOf } from '../../server/address/text.ts';
import { spoken } from './written.ts';

describe('the plain form of an address', () => {
  it('is the same when made twice', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), text => {
        expect(plainText(plainText(text))).toBe(plainText(text));
      }),
    );
  });

  it('brings width, script, accents and short forms together', () => {
    expect(plainText('雲溪縣鹿鳴鎮１２號')).toBe('云溪县鹿鳴镇12号');
    expect(plainText('Avinguda Príncep BENLLOCH')).toBe('avinguda princep benlloch');
    expect(plainText('大箐村民委员会第三村民小组')).toBe('大箐村第三组');
    expect(plainText('县医院对面农行')).toBe('县人民医院对面农业银行');
    expect(plainText('者桥村者桥村188号')).toBe('者桥村188号');
  });
});

describe('numerals of doors', () => {
  it('have the value that they are spoken for', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 999 }), number => {
        expect(valueOf(spoken(number))).toBe(number);
      }),
    );
  });

  it('are read out digit by digit as well, and left alone in names', () => {
    expect(arabicDoors('三岔河镇二〇三室')).toBe('三岔河镇203室');
    expect(arabicDoors('园区三路一百零八号二单元')).toBe('园区三路108号2单元');
    expect(arabicDoors('五一路')).toBe('五一路');
  });
});

describe('where somebody lives now', () => {
  it.each([
    ['户籍湖南省长沙市，现住云溪县翠屏路3号', '云溪县翠屏路3号'],
    ['现居住地：鹿鸣镇文昌路', '鹿鸣镇文昌路'],
    ['户籍地：云溪县鹿鸣镇', '云溪县鹿鸣镇'],
    ['翠屏路3号（租客）', '翠屏路3号 '],
    ['大湾（2）12号', '大湾 2 12号'],
    ['租住翠屏路3号,户籍地贵州', '翠屏路3号,'],
  ])('%s', (text, expected) => {
    expect(currentClause(plainText(text))).toBe(expected);
  });
});

describe('pinyin as it is typed', () => {
  it('is cut into as few syllables as will do', () => {
    expect(syllablesOf('cuipinglu')).toEqual(['cui', 'ping', 'lu']);
    expect(syllablesOf('lumingzhen')).toEqual(['lu', 'ming', 'zhen']);
    expect(syllablesOf('cpl')).toBeNull();
    expect(syllablesOf('street')).toBeNull();
  });
});
