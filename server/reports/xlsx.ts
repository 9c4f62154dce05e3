/** The bulletin as a workbook: one sheet a table, the watermark at the head of each and in the file's properties. */
import { utils, write, type WorkSheet } from '@e965/xlsx';
import type { Bulletin } from '#contract/bulletin.ts';
import { bulletinWords as words } from '#contract/bulletin-words.ts';
import { caseSentences, type Cell, slowestSentences, spanText, stamp, tablesOf } from './tables.ts';

export interface Mark {
  line: string;
  user: string;
  at: string;
}

/** The bytes of an .xlsx file. */
export function bulletinWorkbook(bulletin: Bulletin, mark: Mark): Uint8Array {
  const { week, times, year, assessment, unclosed, revisions } = tablesOf(bulletin);
  const head = [
    [`${words.title} ${bulletin.week}`],
    [`${spanText(bulletin)} · ${words.asOf(stamp(bulletin.asOf))}`],
    [mark.line],
    [],
  ];
  const book = utils.book_new();
  const add = (name: string, lines: Cell[][]) =>
    utils.book_append_sheet(book, sheetOf([...head, ...lines]), name);
  add(words.week, [week.head, ...week.rows]);
  add(words.timesShort, [times.head, ...times.rows, [], ...slowestSentences(bulletin).map(text => [text])]);
  add(words.yearToDate, [year.head, ...year.rows]);
  add(words.assessment, [[words.assessmentHint], assessment.head, ...assessment.rows]);
  add(words.unclosed, [unclosed.head, ...unclosed.rows]);
  add(words.revisions, [revisions.head, ...revisions.rows]);
  add(
    words.typical,
    caseSentences(bulletin).map(text => [text]),
  );
  book.Props = {
    Title: `${words.title} ${bulletin.week}`,
    Author: mark.user,
    Comments: mark.line,
    CreatedDate: new Date(mark.at),
  };
  return new Uint8Array(write(book, { type: 'array', bookType: 'xlsx', compression: true }) as ArrayBuffer);
}

/** Columns as wide as what stands in them; a title that runs over its neighbours does not count. */
function sheetOf(lines: Cell[][]): WorkSheet {
  const sheet = utils.aoa_to_sheet(lines);
  const widths: number[] = [];
  for (const line of lines) {
    if (line.length < 2) continue;
    line.forEach((cell, i) => (widths[i] = Math.max(widths[i] ?? 6, widthOf(cell))));
  }
  sheet['!cols'] = widths.map(wch => ({ wch: Math.min(wch + 2, 48) }));
  return sheet;
}

/** In the width of a digit; a Chinese character is two. */
const widthOf = (cell: Cell): number =>
  Array.from(String(cell ?? '')).reduce((sum, character) => sum + (character > '⺀' ? 2 : 1), 0);
