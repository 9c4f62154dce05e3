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

const MOST_PARTS = 2000;
/** Any layer has far fewer. */
const MOST_COLUMNS = 500;
/** From here on a spreadsheet's numbers lose their last digits. */
const EXACT_BELOW = 1e15;

/** Whether the bytes are a workbook (.xlsx or .xls). */
export const isWorkbook = (bytes: Uint8Array): boolean => startsWith(bytes, ZIP) || startsWith(bytes, OLE);

/**
 * Lines of one sheet, each cell as the text that a person meant: a number without rounding for display or thousands
 * signs, an id with the zeros that its format shows. `mostBytes` is what a packed workbook may grow to.
 * @throws {RegionError} foreign when it cannot be read or has no such sheet; unsupported when it unpacks too large
 */
export function readWorkbook(
  bytes: Uint8Array,
  file: string,
  { sheet, mostBytes }: { sheet?: string | undefined; mostBytes: number },
): Line[] {
  const plain = startsWith(bytes, ZIP) ? unpackedZip(bytes, file, mostBytes) : bytes;
  const { SheetNames: names, Sheets: sheets } = readOrRefuse(plain, file);
  const name = sheet ?? names[0] ?? '';
  const found = Object.hasOwn(sheets, name) ? sheets[name] : undefined;
  if (!found) {
    throw new RegionError('foreign', `${file} has no sheet '${name}'; expected one of ${names.join(', ')}`);
  }
  const rows = (found['!data'] ?? []) as (CellObject | undefined)[][];
  // By the rows that there are: one that says it is the four-billionth leaves a hole that nobody lives to walk through.
  return Object.entries(rows).map(([index, cells]) => {
    refuseWide(cells.length, file);
    return { line: Number(index) + 1, cells: Array.from(cells, cell => textOf(cell)) };
  });
}

/**
 * Refuses tables that no person made: one cell in the last column of each row is a small file and fills the memory.
 * @throws {RegionError} unsupported
 */
export function refuseWide(columns: number, file: string): void {
  if (columns > MOST_COLUMNS)
    throw new RegionError(
      'unsupported',
      `${file} has ${columns} columns in a row; expected ${MOST_COLUMNS} at most`,
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

/**
 * The same archive with nothing packed. A zip says its sizes, its methods and the number of its members in two places
 * each, and readers differ in which they believe; so the library never sees what was sent, only what was unpacked here
 * within the bound.
 */
function unpackedZip(bytes: Uint8Array, file: string, mostBytes: number): Uint8Array {
  const tooLarge = () =>
    new RegionError(
      'unsupported',
      `${file} unpacks to more than ${mostBytes / 1e6} MB; expected the table of one county`,
    );
  let left = mostBytes;
  const members: Member[] = [];
  for (const { name, content, deflated } of membersOf(
    Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
    file,
  )) {
    if (members.length === MOST_PARTS) throw tooLarge();
    try {
      const plain = deflated ? inflateRawSync(content, { maxOutputLength: Math.max(1, left) }) : content;
      left -= plain.length;
      members.push({ name, content: plain });
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge();
      throw damaged(file);
    }
    if (left < 0) throw tooLarge();
  }
  return storedZip(members);
}

const damaged = (file: string) =>
  new RegionError('truncated', `${file} is damaged; expected a whole .xlsx workbook`);

interface Member {
  name: Buffer;
  content: Buffer;
}

/** Members of a zip archive as its directory lists them (PKWARE APPNOTE 4.3.12). */
function* membersOf(zip: Buffer, file: string): Generator<Member & { deflated: boolean }> {
  const end = zip.lastIndexOf('PK\x05\x06', undefined, 'latin1');
  if (end < 0 || end + 22 > zip.length) throw damaged(file);
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    if (at + 46 > zip.length || zip.readUInt32LE(at) !== 0x02014b50) throw damaged(file);
    const local = zip.readUInt32LE(at + 42);
    if (local + 30 > zip.length) throw damaged(file);
    const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const content = zip.subarray(start, start + zip.readUInt32LE(at + 20));
    const name = zip.subarray(at + 46, at + 46 + zip.readUInt16LE(at + 28));
    yield { name, content, deflated: zip.readUInt16LE(at + 10) === 8 };
    at += 46 + name.length + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
}

/** A zip archive of members as they are: nothing packed, no checksums, which its only reader does not look at. */
function storedZip(members: readonly Member[]): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const { name, content } of members) {
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt32LE(content.length, 18);
    local.writeUInt32LE(content.length, 22);
    local.writeUInt16LE(name.length, 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt32LE(content.length, 20);
    entry.writeUInt32LE(content.length, 24);
    entry.writeUInt16LE(name.length, 28);
    entry.writeUInt32LE(at, 42);
    parts.push(local, name, content);
    directory.push(entry, name);
    at += local.length + name.length + content.length;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(members.length, 8);
  end.writeUInt16LE(members.length, 10);
  end.writeUInt32LE(
    directory.reduce((sum, { length }) => sum + length, 0),
    12,
  );
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...parts, ...directory, end]);
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
