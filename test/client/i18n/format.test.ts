import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { en } from '../../../client/i18n/en.ts';
import { createFormats } from '../../../client/i18n/format.ts';
import { zh } from '../../../client/i18n/zh.ts';

const chinese = createFormats('zh', zh);
const english = createFormats('en', en);
const noon = Date.parse('2026-11-22T04:00:05Z');

describe('formats', () => {
  it('tell the time in Shanghai wherever the browser is', () => {
    expect(chinese.time(noon)).toBe('12:00:05');
    expect(english.time(noon)).toBe('12:00:05');
    expect(english.time(Date.parse('2026-11-22T16:00:00Z'))).toBe('00:00:00');
    expect(chinese.day(noon)).toContain('11月22日');
  });

  it('tick without changing width within the hour', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3599 }), seconds => {
        const text = chinese.clockAge(seconds);
        expect(text).toMatch(/^\d\d:\d\d$/);
        expect(Number(text.slice(0, 2)) * 60 + Number(text.slice(3))).toBe(seconds);
      }),
    );
    expect(chinese.clockAge(3661)).toBe('1:01:01');
    expect(chinese.clockAge(90_061)).toBe('1 天 01:01:01');
    expect(english.clockAge(-3), 'clocks that differ by a little').toBe('00:00');
  });

  it('never show a longer distance as a shorter one', () => {
    const metres = (text: string) => Number(text.replace(/[^\d.]/g, '')) * (text.includes('km') ? 1000 : 1);
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 90_000, noNaN: true }),
        fc.double({ min: 0, max: 5000, noNaN: true }),
        (a, more) => {
          expect(metres(english.distance(a + more))).toBeGreaterThanOrEqual(metres(english.distance(a)));
        },
      ),
    );
    expect(chinese.distance(346)).toBe('350 米');
    expect(chinese.distance(2440)).toBe('2.4 公里');
  });

  it('say ages and minutes as people do', () => {
    expect(chinese.age(59)).toBe('59 秒');
    expect(chinese.age(61)).toBe('1 分钟');
    expect(english.age(7300)).toBe('2 h');
    expect(english.minutes(90)).toBe('1.5');
    expect(english.minutes(754)).toBe('13');
    expect(chinese.yuan(180_000)).toBe('180,000 元');
  });
});
