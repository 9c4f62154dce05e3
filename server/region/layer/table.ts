/** Tables as bureaus hand them over: a workbook, CSV (UTF-8 or GBK), or GeoJSON from a GIS. */
import { RegionError } from '../error.ts';
import type { LngLat } from '../source.ts';
import { isWorkbook, readWorkbook, refuseWide } from './xlsx.ts';

/** One row: its cells by column name as the file has it, and its shape where it has one. */
export interface LayerRow {
  /** Where to find it again: its line in the spreadsheet, where the header is 1, or the number of its feature. */
  row: number;
  cells: Record<string, string>;
  point?: LngLat;
  /** Polygons, each with its outer ring first. */
  area?: LngLat[][][];
}

/** How large a table may be. */
export interface TableBounds {
  rows: number;
  /** What a packed workbook may grow to. */
  unpackedBytes: number;
}

/** A layer of a whole county, read in a thread of its own. */
const countyBounds: TableBounds = { rows: 200_000, unpackedBytes: 300_000_000 };

/**
 * Rows of a file: a workbook's first sheet, or the one that is named; GeoJSON when it starts with a brace; else CSV.
 * Tables begin with a header line.
 * @throws {RegionError} foreign, empty or unsupported
 */
export function readTable(
  bytes: Uint8Array,
  file: string,
  sheet?: string,
  bounds: TableBounds = countyBounds,
): LayerRow[] {
  const rows = isWorkbook(bytes)
    ? rowsOf(readWorkbook(bytes, file, { sheet, mostBytes: bounds.unpackedBytes }), file, bounds)
    : readText(decodeText(bytes), file, bounds);
  if (rows.length === 0)
    throw new RegionError(
      'empty',
      `${file} has no rows; expected a header line and rows, or GeoJSON features`,
    );
  refuseLong(rows.length, file, bounds);
  return rows;
}

function refuseLong(rows: number, file: string, { rows: most }: TableBounds): void {
  if (rows > most) throw new RegionError('unsupported', `${file} has ${rows} rows; expected ${most} at most`);
}

const readText = (text: string, file: string, bounds: TableBounds): LayerRow[] =>
  /^\s*\{/.test(text) ? readGeoJson(text, file) : rowsOf(splitCsv(text), file, bounds);

/** Spreadsheets in China still save GBK; what is not valid UTF-8 is taken for it. */
function decodeText(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
}

/** Lines of a table with their cells; the first that is not empty names the columns. */
function rowsOf(
  lines: readonly { line: number; cells: string[] }[],
  file: string,
  bounds: TableBounds,
): LayerRow[] {
  const filled = lines.filter(({ cells }) => cells.some(cell => cell.trim() !== ''));
  const columns = filled[0]?.cells.map(column => column.trim()) ?? [];
  // Each row gets a cell for every column: a short text with a long header could become more than fits the memory.
  refuseWide(columns.length, file);
  refuseLong(filled.length - 1, file, bounds);
  return filled.slice(1).map(({ line, cells }) => ({
    row: line,
    cells: Object.fromEntries(columns.map((column, i) => [column, (cells[i] ?? '').trim()])),
  }));
}

/** Cells of each record with the line that it starts on. Quotes may hold separators, line ends and doubled quotes. */
function splitCsv(text: string): { line: number; cells: string[] }[] {
  const separator = separatorOf(text.slice(0, text.search(/[\r\n]|$/)));
  const records: { line: number; cells: string[] }[] = [];
  let line = 1;
  let record = { line, cells: [''] };
  let quoted = false;
  const append = (character: string) => {
    record.cells[record.cells.length - 1] += character;
  };
  for (let i = 0; i < text.length; i++) {
    const character = text[i]!;
    if (character === '\n') line++;
    if (quoted) {
      if (character !== '"') append(character);
      else if (text[i + 1] === '"') append(text[i++]!);
      else quoted = false;
    } else if (character === '"') quoted = true;
    else if (character === separator) record.cells.push('');
    else if (character === '\n') {
      records.push(record);
      record = { line, cells: [''] };
    } else if (character !== '\r') append(character);
  }
  return record.cells.some(cell => cell !== '') ? [...records, record] : records;
}

function separatorOf(header: string): string {
  return [',', '\t', ';'].reduce((best, sign) =>
    header.split(sign).length > header.split(best).length ? sign : best,
  );
}

interface RawFeature {
  id?: string | number;
  properties?: Record<string, unknown> | null;
  geometry?: { type?: string; coordinates?: unknown } | null;
}

function readGeoJson(text: string, file: string): LayerRow[] {
  let collection: { type?: string; features?: (RawFeature | null)[] };
  try {
    collection = JSON.parse(text) as typeof collection;
  } catch (cause) {
    throw new RegionError(
      'foreign',
      `${file} is not valid JSON (${(cause as Error).message}); expected GeoJSON or CSV`,
    );
  }
  if (collection.type !== 'FeatureCollection' || !Array.isArray(collection.features)) {
    throw new RegionError('foreign', `${file} is JSON, but no GeoJSON FeatureCollection; expected one`);
  }
  return collection.features.map((feature, i) => ({
    row: i + 1,
    cells: {
      ...(feature?.id !== undefined && { id: String(feature.id) }),
      ...Object.fromEntries(Object.entries(feature?.properties ?? {}).flatMap(cellOf)),
    },
    ...shapeOf(feature?.geometry ?? {}),
  }));
}

function cellOf([key, value]: [string, unknown]): [string, string][] {
  return typeof value === 'string' || typeof value === 'number' ? [[key, String(value).trim()]] : [];
}

function shapeOf({
  type,
  coordinates,
}: {
  type?: string;
  coordinates?: unknown;
}): Pick<LayerRow, 'point' | 'area'> {
  if (type === 'Point' && isNested(coordinates, 1)) return { point: coordinates as LngLat };
  if (type === 'Polygon' && isNested(coordinates, 3)) return { area: [coordinates as LngLat[][]] };
  return type === 'MultiPolygon' && isNested(coordinates, 4) ? { area: coordinates as LngLat[][][] } : {};
}

/** Lists within lists, so many deep; what lies in the innermost is looked at where it is used. */
const isNested = (value: unknown, depth: number): boolean =>
  depth === 0 || (Array.isArray(value) && value.every(each => isNested(each, depth - 1)));
