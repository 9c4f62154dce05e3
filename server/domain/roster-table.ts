/**
 * Rosters as stations write them: one row a shift, wall-clock times of Shanghai. Pure: cells in, instants out.
 *
 * A spreadsheet's own dates and times arrive as numbers: days since 1899-12-30, and parts of a day.
 */

import type { RosterProblem } from '#contract/roster.ts';
import { dayMs, shanghaiMs } from '#domain/shanghai.ts';

/** The columns, and the names under which tables have them. */
export const rosterColumns = {
  date: ['date', '日期', '值班日期', '执勤日期'],
  startsAt: ['startsat', 'start', 'from', '开始', '开始时间', '上班', '上岗时间'],
  endsAt: ['endsat', 'end', 'to', '结束', '结束时间', '下班', '下岗时间'],
  unit: ['unit', 'callsign', '警力', '呼号', '巡组', '班组'],
  officers: ['officers', 'crew', '人员', '值班人员', '警号', '民警', '队员'],
  vehicle: ['vehicle', 'plate', '车辆', '车牌', '车牌号', '警车'],
} as const;
export type RosterColumn = keyof typeof rosterColumns;

/** One row, understood: whose shift and when. Names are still to be looked up. */
export interface RosterRow {
  row: number;
  callsign: string;
  startsAt: string;
  endsAt: string;
  /** Badge numbers or names. */
  officers: string[];
  plate: string | null;
}

const plain = (name: string): string => name.toLowerCase().replaceAll(/[\s_]/g, '');

/** Understands one row, or says what is wrong with each of its cells. */
export function readRosterRow(
  row: number,
  cells: Readonly<Record<string, string>>,
): { shift: RosterRow } | { problems: RosterProblem[] } {
  const byName = new Map(Object.entries(cells).map(([name, value]) => [plain(name), value.trim()]));
  const cell = (column: RosterColumn): string =>
    rosterColumns[column].map(name => byName.get(name)).find(value => value) ?? '';
  const problems: RosterProblem[] = [];
  const need = <T>(
    column: RosterColumn,
    read: (text: string) => T | undefined,
    code: 'notDate' | 'notTime' | 'noUnit',
  ): T | undefined => {
    const text = cell(column);
    const value = text === '' ? undefined : read(text);
    if (value === undefined)
      problems.push(cellProblem(row, column, text === '' ? 'missing' : code, text, expected[code]));
    return value;
  };
  const day = need('date', readDay, 'notDate');
  const start = need('startsAt', readClock, 'notTime');
  const end = need('endsAt', readClock, 'notTime');
  const callsign = need('unit', text => text, 'noUnit');
  if (day === undefined || start === undefined || end === undefined || callsign === undefined)
    return { problems };
  // A shift that ends at or before the hour at which it began ends on the next day.
  const endMin = end > start ? end : end + dayMin;
  return {
    shift: {
      row,
      callsign,
      startsAt: shanghaiInstant(day, start),
      endsAt: shanghaiInstant(day, endMin),
      officers: cell('officers')
        .split(/[、,，;；/\s]+/u)
        .filter(name => name !== ''),
      plate: cell('vehicle') || null,
    },
  };
}

const expected = {
  notDate: 'a date such as 2026-11-22, 2026/11/22 or 2026年11月22日',
  notTime: 'a time such as 08:00, 8点30分 or 次日08:00',
  noUnit: 'the callsign of a unit',
} as const;

/** One cell that cannot be used; an empty one holds ''. */
export const cellProblem = (
  row: number,
  column: RosterColumn,
  code: RosterProblem['code'],
  value: string,
  wanted: string,
): RosterProblem => ({
  row,
  column,
  code,
  value: value === '' ? null : value,
  clashes: [],
  message: `${value === '' ? 'empty' : `'${value}'`}; expected ${wanted}`,
});

const dayMin = 24 * 60;

const shanghaiInstant = (day: number, minutes: number): string =>
  new Date(day * dayMs + minutes * 60_000 - shanghaiMs).toISOString();

/** Days since 1970 of a date as Chinese tables write it; undefined when it is none. */
export function readDay(text: string): number | undefined {
  if (/^\d{5}(\.0*)?$/.test(text)) return Number(text) - spreadsheetEpoch;
  const parts = /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:\s.*)?$/u.exec(text);
  const [year, month, dayOfMonth] = (parts ?? []).slice(1, 4).map(Number);
  if (year === undefined || month === undefined || dayOfMonth === undefined) return undefined;
  const date = new Date(Date.UTC(year, month - 1, dayOfMonth));
  const exists = date.getUTCMonth() === month - 1 && date.getUTCDate() === dayOfMonth;
  return exists ? date.getTime() / dayMs : undefined;
}

/** 1970-01-01 as a spreadsheet counts days. */
const spreadsheetEpoch = 25_569;

/** Minutes after midnight; `次日` and hours past 24 reach into the next day. Undefined when it is no time. */
export function readClock(text: string): number | undefined {
  if (/^(0|1)?\.\d+$|^[01]$/.test(text)) return Math.round(Number(text) * dayMin);
  const parts = /^(次日|翌日|第二天)?\s*(\d{1,2})\s*[:：点时]\s*(?:(\d{1,2})\s*分?|(半))?(?::\d{2})?$/u.exec(
    text,
  );
  if (!parts) return undefined;
  const [, nextDay, hours, minutes, half] = parts;
  const hour = Number(hours);
  const minute = half === undefined ? Number(minutes ?? 0) : 30;
  if (hour > 36 || minute > 59 || (nextDay !== undefined && hour > 24)) return undefined;
  return hour * 60 + minute + (nextDay === undefined ? 0 : dayMin);
}
