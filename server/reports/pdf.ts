/** The bulletin on paper: A4 across, Chinese, the watermark at the foot of each page and in the file's properties. */
import type { Bulletin } from '#contract/bulletin.ts';
import { bulletinWords as words } from '#contract/bulletin-words.ts';
import { Pen } from './pen.ts';
import {
  caseSentences,
  nameOf,
  narrowTables,
  percent,
  slowestSentences,
  spanText,
  stamp,
  tablesOf,
} from './tables.ts';
import type { Mark } from './xlsx.ts';

/** The bytes of a PDF file. */
export function bulletinPaper(bulletin: Bulletin, mark: Mark): Promise<Uint8Array> {
  const made = new Date(mark.at);
  const pen = new Pen({
    Title: `${words.title} ${bulletin.week}`,
    Author: mark.user,
    Subject: mark.line,
    CreationDate: made,
    ModDate: made,
  });
  pen.paragraph(words.title, { size: 20, weight: 700 });
  pen.paragraph(`${bulletin.week} · ${spanText(bulletin)} · ${words.asOf(stamp(bulletin.asOf))}`, {
    color: '#5b6b7d',
  });
  pen.heading(words.rates.meeting);
  for (const row of [...bulletin.stations, { ...bulletin.total, name: words.total }]) {
    const { value, of } = row.rates.meeting;
    const counts = of === 0 ? words.none : `${percent(value)}  ${row.figures.metInTime}/${of}`;
    pen.bar(nameOf(row), value, counts);
  }
  const { times, assessment, unclosed, revisions } = tablesOf(bulletin);
  pen.heading(`${words.week} · ${spanText(bulletin)}`);
  for (const table of narrowTables(words.week, bulletin)) pen.table(table, true);
  pen.heading(words.times);
  pen.table(times, true);
  for (const text of slowestSentences(bulletin)) pen.paragraph(`${words.slowest} · ${text}`);
  pen.heading(`${words.yearToDate} · ${spanText(bulletin.yearToDate)}`);
  for (const table of narrowTables(words.yearToDate, bulletin.yearToDate)) pen.table(table);
  pen.heading(words.assessment);
  pen.paragraph(words.assessmentHint, { size: 9, color: '#5b6b7d' });
  pen.table(assessment);
  pen.heading(words.unclosed);
  if (unclosed.rows.length === 0) pen.paragraph(words.noUnclosed);
  else pen.table(unclosed);
  if (revisions.rows.length > 0) {
    pen.heading(words.revisions);
    pen.table(revisions);
  }
  pen.heading(words.typical);
  for (const text of caseSentences(bulletin)) pen.paragraph(text);
  return pen.finish((page, pages) => `${mark.line} · ${page}/${pages}`);
}
