import type { Crs } from '#contract/common.ts';
import { columnNames, type LayerColumn } from '#contract/layer-columns.ts';
import type { RowProblem } from '#contract/layer.ts';
import { toWgs84 } from '../../ingest/coordinates.ts';
import { closedRing } from '../geo.ts';
import type { LngLat } from '../source.ts';
import { isRounded } from './rounded.ts';
import type { LayerRow } from './table.ts';

/** What is wrong with one cell; the reader of the table gathers them all before it refuses the file. */
export class CellProblem extends Error {
  readonly problem: Omit<RowProblem, 'row' | 'message'>;

  constructor(message: string, problem: Omit<RowProblem, 'row' | 'message'>) {
    super(message);
    this.problem = problem;
  }
}

/** Column names are compared without case, blanks and underscores. */
export const plain = (name: string): string => name.replace(/[\s_]/g, '').toLowerCase();

/** One row with typed access to its cells. Every reader throws a CellProblem that says what was expected. */
export class Row {
  readonly #row: LayerRow;
  readonly #crs: Crs;
  readonly #cells: Map<string, string>;

  constructor(row: LayerRow, crs: Crs) {
    this.#row = row;
    this.#crs = crs;
    this.#cells = new Map(Object.entries(row.cells).map(([name, value]) => [plain(name), value]));
  }

  /** The cell's text, or undefined when the column is missing or the cell empty. */
  text(column: LayerColumn): string | undefined {
    for (const name of columnNames[column]) {
      const value = this.#cells.get(plain(name));
      if (value === undefined || value === '') continue;
      if (isRounded(value)) {
        const expected = 'a cell formatted as text';
        throw new CellProblem(
          `${column} is the number ${value.slice(0, -1)}, of which a spreadsheet keeps only 15 digits; expected ${expected}`,
          { code: 'rounded', column, value: value.slice(0, -1), expected },
        );
      }
      return value;
    }
    return undefined;
  }

  need(column: LayerColumn): string {
    const value = this.text(column);
    if (value === undefined) {
      const expected = columnNames[column].join(' or ');
      throw new CellProblem(`no ${column}; expected a column ${expected}`, {
        code: 'missing',
        column,
        value: null,
        expected,
      });
    }
    return value;
  }

  number(column: LayerColumn, least: number, most: number): number | undefined {
    const value = this.text(column);
    if (value === undefined) return undefined;
    const number = Number(value);
    if (!(number >= least && number <= most)) {
      throw new CellProblem(`${column} is '${value}'; expected a number from ${least} to ${most}`, {
        code: 'notNumber',
        column,
        value,
        expected: `${least} – ${most}`,
      });
    }
    return number;
  }

  needNumber(column: LayerColumn, least: number, most: number): number {
    this.need(column);
    return this.number(column, least, most)!;
  }

  /** One of the words, each of which may be written in several ways. */
  choice<T extends string>(column: LayerColumn, words: Readonly<Record<T, readonly string[]>>): T {
    const given = this.need(column);
    const value = plain(given);
    const found = (Object.keys(words) as T[]).find(
      word => plain(word) === value || words[word].some(other => plain(other) === value),
    );
    if (found === undefined) {
      throw new CellProblem(`${column} is '${given}'; expected ${Object.keys(words).join(', ')}`, {
        code: 'notWord',
        column,
        value: given,
        expected: (Object.keys(words) as T[]).map(word => `${words[word][0] ?? word} (${word})`).join(', '),
      });
    }
    return found;
  }

  /** WGS-84, from the feature's point or from the columns lng and lat. */
  position(): LngLat {
    return this.#toWgs84(this.rawPosition());
  }

  /** As the table has it, in its own system. */
  rawPosition(): LngLat {
    return this.#row.point ?? [this.needNumber('lng', -180, 180), this.needNumber('lat', -90, 90)];
  }

  /** WGS-84 polygons of a GeoJSON feature, each with its outer ring first. */
  area(): LngLat[][][] {
    const area = this.#row.area;
    const sound = area?.every(polygon => polygon.length > 0 && polygon.every(ring => ring.length >= 4));
    if (!area || !sound) {
      const expected = 'a GeoJSON Polygon or MultiPolygon';
      throw new CellProblem(`no area; expected ${expected}`, {
        code: 'noArea',
        column: null,
        value: null,
        expected,
      });
    }
    return area.map(polygon => polygon.map(ring => closedRing(ring.map(at => this.#toWgs84(at)))));
  }

  #toWgs84([lng, lat]: LngLat): LngLat {
    // A file may hold anything here: texts compare like numbers, but are none.
    const sound = Number.isFinite(lng) && Number.isFinite(lat) && Math.abs(lng) <= 180 && Math.abs(lat) <= 90;
    if (!sound) {
      throw new CellProblem(`position ${lng}, ${lat}; expected longitude and latitude in degrees`, {
        code: 'notPosition',
        column: null,
        value: `${lng}, ${lat}`,
        expected: 'lng, lat',
      });
    }
    const position = toWgs84({ lng, lat }, this.#crs);
    return [position.lng, position.lat];
  }
}
