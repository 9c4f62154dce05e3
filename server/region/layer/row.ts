import { type Crs } from '#contract/common.ts';
import { toWgs84 } from '../../ingest/coordinates.ts';
import type { LngLat } from '../source.ts';
import type { LayerRow } from './table.ts';

/** What is wrong with one cell; the reader of the table gathers them all before it refuses the file. */
export class CellProblem extends Error {}

/** Column names that are understood, the contract's own first. Case and blanks do not matter. */
const COLUMNS = {
  id: ['id', '编号', '序号'],
  name: ['name', '名称', '名字'],
  nameEn: ['nameEn', '英文名', '英文名称'],
  lng: ['lng', 'lon', 'longitude', '经度'],
  lat: ['lat', 'latitude', '纬度'],
  kind: ['kind', 'type', '类型', '类别'],
  address: ['address', '地址'],
  areaHa: ['areaHa', '面积公顷'],
  station: ['station', 'stationId', '派出所', '所属派出所'],
  siteId: ['siteId', 'site', '基站', '基站编号'],
  cellId: ['cellId', 'cell', '小区', '小区编号'],
  azimuthDeg: ['azimuthDeg', 'azimuth', '方位角'],
  beamwidthDeg: ['beamwidthDeg', 'beamwidth', '波束宽度'],
  rangeM: ['rangeM', 'range', '覆盖半径', '覆盖距离'],
  headingDeg: ['headingDeg', 'heading', '朝向'],
  callsign: ['callsign', '呼号'],
  sworn: ['sworn', '民警'],
  auxiliary: ['auxiliary', '辅警'],
} as const;
export type Column = keyof typeof COLUMNS;

const plain = (name: string): string => name.replace(/[\s_]/g, '').toLowerCase();

/** One row with typed access to its cells. Every reader throws a CellProblem that says what was expected. */
export class Row {
  readonly where: string;
  readonly #row: LayerRow;
  readonly #crs: Crs;
  readonly #cells: Map<string, string>;

  constructor(row: LayerRow, crs: Crs) {
    this.where = row.where;
    this.#row = row;
    this.#crs = crs;
    this.#cells = new Map(Object.entries(row.cells).map(([name, value]) => [plain(name), value]));
  }

  /** The cell's text, or undefined when the column is missing or the cell empty. */
  text(column: Column): string | undefined {
    for (const name of COLUMNS[column]) {
      const value = this.#cells.get(plain(name));
      if (value !== undefined && value !== '') return value;
    }
    return undefined;
  }

  need(column: Column): string {
    const value = this.text(column);
    if (value === undefined)
      throw new CellProblem(`no ${column}; expected a column ${COLUMNS[column].join(' or ')}`);
    return value;
  }

  number(column: Column, least: number, most: number): number | undefined {
    const value = this.text(column);
    if (value === undefined) return undefined;
    const number = Number(value);
    if (!(number >= least && number <= most)) {
      throw new CellProblem(`${column} is '${value}'; expected a number from ${least} to ${most}`);
    }
    return number;
  }

  needNumber(column: Column, least: number, most: number): number {
    this.need(column);
    return this.number(column, least, most)!;
  }

  /** One of the words, each of which may be written in several ways. */
  choice<T extends string>(column: Column, words: Readonly<Record<T, readonly string[]>>): T {
    const given = this.need(column);
    const value = plain(given);
    const found = (Object.keys(words) as T[]).find(
      word => plain(word) === value || words[word].some(other => plain(other) === value),
    );
    if (found === undefined)
      throw new CellProblem(`${column} is '${given}'; expected ${Object.keys(words).join(', ')}`);
    return found;
  }

  /** WGS-84, from the feature's point or from the columns lng and lat. */
  position(): LngLat {
    const point = this.#row.point ?? [this.needNumber('lng', -180, 180), this.needNumber('lat', -90, 90)];
    return this.#toWgs84(point);
  }

  /** WGS-84 polygons of a GeoJSON feature, each with its outer ring first. */
  area(): LngLat[][][] {
    const area = this.#row.area;
    const sound = area?.every(polygon => polygon.length > 0 && polygon.every(ring => ring.length >= 4));
    if (!area || !sound) throw new CellProblem('no area; expected a GeoJSON Polygon or MultiPolygon');
    return area.map(polygon => polygon.map(ring => ring.map(at => this.#toWgs84(at))));
  }

  #toWgs84([lng, lat]: LngLat): LngLat {
    const sound = Math.abs(lng) <= 180 && Math.abs(lat) <= 90;
    if (!sound) throw new CellProblem(`position ${lng}, ${lat}; expected longitude and latitude in degrees`);
    const position = toWgs84({ lng, lat }, this.#crs);
    return [position.lng, position.lat];
  }
}
