/** Tables for spreadsheets: UTF-8 with byte order mark, CRLF, a watermark in the first line and in each row. */
import { type Watermark, watermarkLine } from './watermark.ts';

type Cell = string | number | boolean | null | undefined;

const byteOrderMark = '\u{FEFF}';

/** A spreadsheet takes what begins like this for a formula. */
const formula = /^[=+\-@\t\r]/;

function cell(value: Cell): string {
  const text = value === null || value === undefined ? '' : String(value);
  const safe = typeof value === 'string' && formula.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

const line = (cells: readonly Cell[]): string => `${cells.map(cell).join(',')}\r\n`;

/** The first two lines: the mark, and the names of the columns. */
export const csvHead = (mark: Watermark, columns: readonly string[]): string =>
  byteOrderMark + line([watermarkLine(mark)]) + line([...columns, 'exportId']);

export const csvRow = (mark: Watermark, cells: readonly Cell[]): string => line([...cells, mark.exportId]);
