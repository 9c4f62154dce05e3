/** Workbooks, in and out. The only file that knows the library. */
import { inflateRawSync } from 'node:zlib';
import { type CellObject, read, utils, type WorkSheet, write } from '@e965/xlsx';
import { RegionError } from '../error.ts';
import { asRounded } from './rounded.ts';

interface Line {
  /** As the spreadsheet numbers it, from 1. */
  line: number;
  cells: string[];
}

const ZIP = [0x50, 0x4b, 0x03, 0x04];
/** Workbooks of Excel 97. */
const OLE = [0xd0, 0xcf, 0x11, 0xe0];
const startsWith = (bytes: Uint8Array, magic: readonly number[]) =>
  magic.every((byte, i) => bytes[i] === byte);

/** A packed workbook may grow to this; more is a bomb, or nothing that fits a table of a county. */
const MOST_UNPACKED = 300_000_000;
const MOST_PARTS = 2000;
/** From here on a spreadsheet's numbers lose their last digits. */
const EXACT_BELOW = 1e15;

/** Whether the bytes are a workbook (.xlsx or .xls). */
export const isWorkbook = (bytes: Uint8Array): boolean => startsWith(bytes, ZIP) || startsWith(bytes, OLE);

/**
 * Lines of one sheet, each cell as the text that a person meant: a number without rounding for display or thousands
 * signs, an id with the zeros that its format shows.
 * @throws {RegionError} foreign when it cannot be read or has no such sheet; unsupported when it unpacks too large
 */
export function readWorkbook(bytes: Uint8Array, file: string, sheet?: string): Line[] {
  if (startsWith(bytes, ZIP)) refuseBomb(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), file);
  const { SheetNames: names, Sheets: sheets } = readOrRefuse(bytes, file);
  const name = sheet ?? names[0] ?? '';
  const found = sheets[name];
  if (!found) {
    throw new RegionError('foreign', `${file} has no sheet '${name}'; expected one of ${names.join(', ')}`);
  }
  const rows = (found['!data'] ?? []) as (CellObject | undefined)[][];
  return rows.flatMap((cells, i) =>
    cells ? [{ line: i + 1, cells: Array.from(cells, cell => textOf(cell)) }] : [],
  );
}

function readOrRefuse(bytes: Uint8Array, file: string) {
  try {
    return read(bytes, { type: 'array', dense: true, cellHTML: false, cellFormula: false, cellText: true });
  } catch (cause) {
    throw new RegionError(
      'foreign',
      `${file} cannot be read as a workbook (${(cause as Error).message}); expected .xlsx, CSV or GeoJSON`,
    );
  }
}

function textOf(cell: CellObject | undefined): string {
  if (!cell || cell.t === 'z' || cell.t === 'e') return '';
  if (cell.t !== 'n') return String(cell.w ?? cell.v ?? '');
  const value = cell.v as number;
  const shown = cell.w?.trim() ?? '';
  if (/^0\d+$/.test(shown)) return shown;
  if (Number.isInteger(value) && Math.abs(value) >= EXACT_BELOW) return asRounded(value.toFixed(0));
  return String(value);
}

/** Unpacks every part with a bound, whatever the archive says of its size, before anything else touches it. */
function refuseBomb(zip: Buffer, file: string): void {
  const tooLarge = () =>
    new RegionError(
      'unsupported',
      `${file} unpacks to more than ${MOST_UNPACKED / 1e6} MB; expected the table of one county`,
    );
  let left = MOST_UNPACKED;
  let parts = 0;
  for (const packed of partsOf(zip, file)) {
    if (++parts > MOST_PARTS) throw tooLarge();
    try {
      left -= packed.deflated
        ? inflateRawSync(packed.bytes, { maxOutputLength: Math.max(1, left) }).length
        : packed.bytes.length;
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge();
      throw damaged(file);
    }
    if (left < 0) throw tooLarge();
  }
}

const damaged = (file: string) =>
  new RegionError('truncated', `${file} is damaged; expected a whole .xlsx workbook`);

/** Members of a zip archive as its directory lists them (PKWARE APPNOTE 4.3.12). */
function* partsOf(zip: Buffer, file: string): Generator<{ bytes: Buffer; deflated: boolean }> {
  const end = zip.lastIndexOf('PK\x05\x06', undefined, 'latin1');
  if (end < 0 || end + 22 > zip.length) throw damaged(file);
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    if (at + 46 > zip.length || zip.readUInt32LE(at) !== 0x02014b50) throw damaged(file);
    const local = zip.readUInt32LE(at + 42);
    if (local + 30 > zip.length) throw damaged(file);
    const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const bytes = zip.subarray(start, start + zip.readUInt32LE(at + 20));
    yield { bytes, deflated: zip.readUInt16LE(at + 10) === 8 };
    at += 46 + zip.readUInt16LE(at + 28) + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
}

/** A workbook of some sheets of text cells; every cell is formatted as text, so that ids typed into it stay whole. */
export function writeWorkbook(
  sheets: readonly { name: string; rows: readonly (readonly string[])[]; widths: readonly number[] }[],
): Uint8Array {
  const book = utils.book_new();
  for (const { name, rows, widths } of sheets) {
    const sheet: WorkSheet = utils.aoa_to_sheet(
      rows.map(row => row.map(text => ({ t: 's', v: text, z: '@' }))),
    );
    sheet['!cols'] = widths.map(wch => ({ wch }));
    utils.book_append_sheet(book, sheet, name);
  }
  return new Uint8Array(write(book, { type: 'array', bookType: 'xlsx', compression: true }) as ArrayBuffer);
}
