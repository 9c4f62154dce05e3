/** Numbers, times and ages in words of the language, always in Shanghai time. */
import type { Lang } from '../map/scene.ts';
import type { Messages } from './zh.ts';

const timeZone = 'Asia/Shanghai';

export interface Formats {
  /** 16:32:08 */
  time(atMs: number): string;
  /** 16:32 */
  timeShort(atMs: number): string;
  /** 11月22日 周日 / Sun, 22 Nov */
  day(atMs: number): string;
  /** 11-22 16:32:08, for records */
  stamp(atMs: number): string;
  /** 11-22 16:32, where seconds say nothing */
  stampShort(atMs: number): string;
  /** Up to an hour 04:31, then 2:04:31, then 3 d 02:04:31: it ticks without changing width within its range. */
  clockAge(seconds: number): string;
  /** Coarse age in words: 12 s, 4 min, 3 h, 2 d. */
  age(seconds: number): string;
  /** 340 m, 2.4 km */
  distance(metres: number): string;
  /** At most one decimal; whole minutes from ten on. */
  minutes(seconds: number): string;
  yuan(amount: number): string;
  number(value: number, fractionDigits?: number): string;
  percent(share: number): string;
}

export function createFormats(lang: Lang, t: Messages): Formats {
  const locale = lang === 'zh' ? 'zh-CN' : 'en-GB';
  const date = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { timeZone, hourCycle: 'h23', ...options });
  const time = date({ hour: '2-digit', minute: '2-digit', second: '2-digit' });
  const timeShort = date({ hour: '2-digit', minute: '2-digit' });
  const day = date({ month: lang === 'zh' ? 'long' : 'short', day: 'numeric', weekday: 'short' });
  const monthDay = date({ month: '2-digit', day: '2-digit' });
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 });
  const number = (value: number, fractionDigits = 0) =>
    new Intl.NumberFormat(locale, { maximumFractionDigits: fractionDigits }).format(value);

  return {
    time: atMs => time.format(atMs),
    timeShort: atMs => timeShort.format(atMs),
    day: atMs => day.format(atMs),
    stamp: atMs => `${monthDay.format(atMs)} ${time.format(atMs)}`,
    stampShort: atMs => `${monthDay.format(atMs)} ${timeShort.format(atMs)}`,
    clockAge: seconds => clockAge(seconds, t),
    age: seconds => coarseAge(seconds, t),
    distance: metres =>
      metres < 995
        ? t.units.metres(number(roundTo(metres, metres < 100 ? 1 : 10)))
        : t.units.kilometres(number(metres / 1000, metres < 9950 ? 1 : 0)),
    minutes: seconds => number(seconds / 60, seconds < 597 ? 1 : 0),
    yuan: amount => t.units.yuan(number(amount, 2)),
    number,
    percent: share => percent.format(share),
  };
}

function clockAge(seconds: number, t: Messages): string {
  const whole = Math.max(0, Math.floor(seconds));
  const [days, hours] = [Math.floor(whole / 86_400), Math.floor(whole / 3600) % 24];
  const mmss = `${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}`;
  if (days > 0) return t.units.daysAndTime(days, `${two(hours)}:${mmss}`);
  return hours > 0 ? `${hours}:${mmss}` : mmss;
}

function coarseAge(seconds: number, t: Messages): string {
  const whole = Math.max(0, Math.floor(seconds));
  if (whole < 60) return `${whole} ${t.units.second}`;
  if (whole < 3600) return `${Math.floor(whole / 60)} ${t.units.minute}`;
  if (whole < 86_400) return `${Math.floor(whole / 3600)} ${t.units.hour}`;
  return `${Math.floor(whole / 86_400)} ${t.units.day}`;
}

const two = (n: number) => String(n).padStart(2, '0');
const roundTo = (value: number, step: number) => Math.round(value / step) * step;
