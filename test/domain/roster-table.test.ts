import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readClock, readDay, readRosterRow } from '#domain/roster-table.ts';

const day = (text: string) => Date.parse(`${text}T00:00:00Z`) / 86_400_000;

describe('dates as Chinese tables write them', () => {
  it.each([
    ['2026-11-22', '2026-11-22'],
    ['2026/1/5', '2026-01-05'],
    ['2026.11.22', '2026-11-22'],
    ['2026年11月22日', '2026-11-22'],
    ['2026年3月1日 星期日', '2026-03-01'],
    ['46348', '2026-11-22'],
  ])('%s', (text, expected) => {
    expect(readDay(text)).toBe(day(expected));
  });
  it.each(['', '11月22日', '2026-02-30', '2026-13-01', '22/11/2026', 'tomorrow'])("'%s' is none", text => {
    expect(readDay(text)).toBeUndefined();
  });
  it('every day of a spreadsheet is the day that its number names', () => {
    fc.assert(
      fc.property(fc.integer({ min: 36_526, max: 73_050 }), serial => {
        const iso = new Date(Date.UTC(1899, 11, 30) + serial * 86_400_000).toISOString().slice(0, 10);
        expect(readDay(String(serial))).toBe(readDay(iso));
      }),
    );
  });
});

describe('times as Chinese tables write them', () => {
  it.each([
    ['08:00', 480],
    ['8:30', 510],
    ['20：00', 1200],
    ['8点', 480],
    ['8点半', 510],
    ['8时05分', 485],
    ['08:00:00', 480],
    ['24:00', 1440],
    ['次日08:00', 1920],
    ['0.3333333333333333', 480],
    ['0', 0],
    ['1', 1440],
  ])('%s', (text, minutes) => {
    expect(readClock(text)).toBe(minutes);
  });
  it.each(['', 'morning', '8', '08:60', '40:00', '次日30:00', '2026-11-22'])("'%s' is none", text => {
    expect(readClock(text)).toBeUndefined();
  });
  it('every minute of a day is the same as text and as part of a day', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1439 }), minutes => {
        const text = `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;
        expect(readClock(text)).toBe(minutes);
        expect(readClock(String(minutes / 1440))).toBe(minutes);
      }),
    );
  });
});

describe('a row of a roster', () => {
  const cells = {
    日期: '2026年11月22日',
    开始: '20:00',
    结束: '08:00',
    呼号: '茶口-1',
    人员: '张三、0123，李四',
    车牌: '',
  };

  it('a night shift ends on the next day; wall clocks are those of Shanghai', () => {
    expect(readRosterRow(2, cells)).toEqual({
      shift: {
        row: 2,
        callsign: '茶口-1',
        startsAt: '2026-11-22T12:00:00.000Z',
        endsAt: '2026-11-23T00:00:00.000Z',
        officers: ['张三', '0123', '李四'],
        plate: null,
      },
    });
  });

  it('English names of columns do as well, whatever their case', () => {
    const row = {
      Date: '2026-11-22',
      Start: '8:00',
      'Ends At': '24:00',
      Callsign: 'A-1',
      plate: '云A1234警',
    };
    expect(readRosterRow(5, row)).toMatchObject({
      shift: { startsAt: '2026-11-22T00:00:00.000Z', endsAt: '2026-11-22T16:00:00.000Z', plate: '云A1234警' },
    });
  });

  it('names every cell that it does not understand', () => {
    const read = readRosterRow(3, { ...cells, 日期: '昨天', 结束: '', 呼号: '' });
    const problems = 'problems' in read ? read.problems : [];
    expect(problems.map(({ row, column, code, value }) => [row, column, code, value])).toEqual([
      [3, 'date', 'notDate', '昨天'],
      [3, 'endsAt', 'missing', null],
      [3, 'unit', 'missing', null],
    ]);
    expect(problems[0]!.message).toContain("'昨天'; expected a date");
  });

  it('a shift is longer than nothing and at most a day, whatever its times are', () => {
    const time = fc
      .integer({ min: 0, max: 1439 })
      .map(m => `${Math.floor(m / 60)}:${String(m % 60).padStart(2, '0')}`);
    fc.assert(
      fc.property(time, time, (start, end) => {
        const read = readRosterRow(2, { ...cells, 开始: start, 结束: end });
        if (!('shift' in read)) return expect.unreachable('both times are sound');
        const length = Date.parse(read.shift.endsAt) - Date.parse(read.shift.startsAt);
        expect(length).toBeGreaterThan(0);
        expect(length).toBeLessThanOrEqual(24 * 3_600_000);
        return undefined;
      }),
    );
  });
});
