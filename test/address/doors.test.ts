import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { distanceM } from '#road/geo.ts';
import { doorOf, placeDoor } from '../../server/address/doors.ts';
import type { Door } from '../../server/address/gazetteer.ts';
import { textUnits } from '../../server/address/units.ts';

const said = (text: string) => {
  const { house, building } = doorOf(textUnits(text, true));
  return { house, building };
};

describe('what a text says of the door', () => {
  it.each([
    ['翠屏路12号', 12, null],
    ['翠屏路12号3栋2单元502', 12, 3],
    ['翠屏苑3栋2单元502室', null, 3],
    ['翠屏苑5号楼1单元', null, 5],
    ['翠屏路二十三号', 23, null],
    ['翠屏路12号附3号', 12, null],
    ['翠屏路12', 12, null],
    ['cuipinglu 12hao', 12, null],
    ['大箐村三组', null, null],
    ['Carrer Major 12', 12, null],
    ['翠屏路', null, null],
  ])('%s', (text, house, building) => expect(said(text)).toEqual({ house, building }));
});

const east = (metres: number): [number, number] => [103 + metres / 100_000, 25];
const inRow = { building: false, inRow: true };
const door = (number: number, metres: number): Door => [`${number}号`, ...east(metres)];

describe('where a number is', () => {
  it('is the door itself when that is known', () => {
    expect(placeDoor(12, [door(10, 0), door(12, 40), door(14, 90)], inRow)).toEqual({
      position: east(40),
      radiusM: 30,
      how: 'known',
    });
  });

  it('lies within its radius on any road that is numbered in order, whatever the gaps', () => {
    const road = fc.uniqueArray(fc.integer({ min: 1, max: 120 }), { minLength: 3, maxLength: 20 });
    fc.assert(
      fc.property(road, fc.nat(1000), (numbers, pick) => {
        const ordered = numbers.toSorted((a, b) => a - b);
        const asked = ordered[1 + (pick % (ordered.length - 2))]!;
        const known = ordered.filter(number => number !== asked).map(number => door(number, number * 8));
        const found = placeDoor(asked, known, inRow);
        expect(found).not.toBeNull();
        expect(distanceM(found!.position, east(asked * 8))).toBeLessThanOrEqual(found!.radiusM);
      }),
    );
  });

  it('is not told far beyond the last known number, nor from buildings of a compound', () => {
    expect(placeDoor(200, [door(2, 0), door(4, 20)], inRow)).toBeNull();
    expect(placeDoor(12, [['5栋', ...east(0)]], inRow)).toBeNull();
    expect(placeDoor(5, [['5栋', ...east(7)]], { building: true, inRow: false })?.position).toEqual(east(7));
  });

  it('says so when one number is known twice far apart', () => {
    expect(placeDoor(12, [door(12, 0), door(12, 500)], inRow)!.radiusM).toBeGreaterThan(500);
  });
});
