import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { align, unlikeness } from '../../server/address/align.ts';
import { nameUnits, textUnits, type Unit } from '../../server/address/units.ts';

const signs = fc.string({
  unit: fc.constantFrom(...Array.from('翠屏路鹿鸣镇文昌街石桥村大箐')),
  minLength: 1,
  maxLength: 5,
});
const around = fc.string({ unit: fc.constantFrom(...Array.from('河南山北东西小红')), maxLength: 6 });

/** Edit distance with free ends by trying everything: what the table must give, but for swaps and kind words. */
function bruteCost(name: readonly Unit[], text: readonly Unit[]): number {
  const from = (i: number, j: number): number => {
    if (i === name.length) return 0;
    const omit = name[i]!.weight * 0.92 + from(i + 1, j);
    if (j === text.length) return omit;
    const read = name[i]!.weight * unlikeness(name[i]!, text[j]!) + from(i + 1, j + 1);
    const insert = i > 0 ? 0.6 + from(i, j + 1) : Infinity;
    return Math.min(omit, read, insert);
  };
  return Math.min(...Array.from({ length: text.length + 1 }, (_, j) => from(0, j)));
}

const plain = (text: string): Unit[] => textUnits(text, false).map(unit => ({ ...unit, weight: 1 }));

describe('a name in a text', () => {
  it('is found whole wherever it stands', () => {
    fc.assert(
      fc.property(signs, around, around, (name, before, after) => {
        const found = align(nameUnits(name), textUnits(before + name + after, false), 0.5);
        expect(found?.quality).toBeCloseTo(1);
        expect(found?.how).toBe('exact');
      }),
    );
  });

  it('costs what trying everything says, swaps aside', () => {
    const four = fc.string({
      unit: fc.constantFrom(...Array.from('翠脆屏平鹿石')),
      minLength: 1,
      maxLength: 4,
    });
    fc.assert(
      fc.property(four, four, (name, text) => {
        const [units, written] = [plain(name), plain(text)];
        const brute = 1 - bruteCost(units, written) / units.length;
        const quality = align(units, written, -Infinity)!.quality;
        expect(quality).toBeGreaterThanOrEqual(brute - 1e-9);
        const swapped = units.some((unit, i) => i > 0 && text.includes(unit.text + units[i - 1]!.text));
        if (!swapped) expect(quality).toBeCloseTo(brute);
      }),
      { numRuns: 400 },
    );
  });

  it('is the better the less of it is wrong', () => {
    const quality = (text: string) => align(nameUnits('翠屏路'), textUnits(text, true), 0)!.quality;
    const falling = ['翠屏路', '翠平路', '翠屏', '翠停路', '清停路'].map(quality);
    expect(falling).toEqual(falling.toSorted((a, b) => b - a));
    expect(quality('cuipinglu')).toBeGreaterThan(0.95);
  });

  it('is not another house for being nearly its number', () => {
    expect(align(nameUnits('翠屏路12号'), textUnits('翠屏路14号', false), 0)!.quality).toBeLessThan(0.9);
  });

  it('forgives slips in Latin words', () => {
    const quality = (text: string) =>
      align(nameUnits('Avinguda Meritxell'), textUnits(text, false), 0)!.quality;
    expect(quality('av. meritxell')).toBeGreaterThan(0.9);
    expect(quality('avinguda meritxel')).toBeGreaterThan(0.7);
    expect(quality('avinguda tarragona')).toBeLessThan(0.5);
  });
});
