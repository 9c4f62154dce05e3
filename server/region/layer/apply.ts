/** A bureau's own tables into a region's reference data: what no map extract knows. */
import type { Crs } from '#contract/common.ts';
import { RegionError } from '../error.ts';
import { jurisdictionsOf } from '../jurisdictions.ts';
import type { RegionReference } from '../reference.ts';
import type { Bbox, CellSiteSeed, LngLat, PlaceSeed } from '../source.ts';
import { placeWords, unitWords } from './kinds.ts';
import { CellProblem, Row } from './row.ts';
import type { LayerRow } from './table.ts';

export const layers = ['stations', 'jurisdictions', 'places', 'cells', 'cameras', 'units'] as const;
export type Layer = (typeof layers)[number];

export interface LayerContext {
  reference: RegionReference;
  bbox: Bbox;
  crs: Crs;
}

/** Farther outside the region a position is rather a swapped pair or the wrong coordinate system. */
const FAR_DEG = 1;
const PROBLEMS_SHOWN = 8;
const OMNIDIRECTIONAL_DEG = 360;

/**
 * The reference data with one layer replaced by these rows; places are added, or replaced where the id is known.
 * @throws {RegionError} broken, naming the rows that cannot be used; nothing is half applied
 */
export function applyLayer(layer: Layer, rows: readonly LayerRow[], context: LayerContext): RegionReference {
  const { reference, bbox, crs } = context;
  const read = <T>(build: (row: Row) => T): T[] => readRows(rows, crs, build);
  const near = (row: Row): LngLat => nearRegion(row.position(), bbox);
  const station = (row: Row): string => stationId(row.need('station'), reference);
  switch (layer) {
    case 'stations': {
      const stations = withUniqueIds(
        read(row => ({ id: row.need('id'), ...names(row), position: near(row) })),
      );
      const known = new Set(stations.map(({ id }) => id));
      const areas = reference.jurisdictions.filter(
        ({ stationId: id, estimated }) => !estimated && known.has(id),
      );
      return {
        ...reference,
        stations,
        jurisdictions: areas.length > 0 ? areas : jurisdictionsOf({ stations, bbox }),
      };
    }
    case 'jurisdictions':
      return {
        ...reference,
        jurisdictions: read(row => ({ stationId: station(row), area: row.area(), estimated: false })),
      };
    case 'places': {
      const places = withUniqueIds(read(row => placeOf(row, near(row))));
      const given = new Set(places.map(({ id }) => id));
      return { ...reference, places: [...reference.places.filter(({ id }) => !given.has(id)), ...places] };
    }
    case 'cells':
      return { ...reference, cellSites: sitesOf(read(row => ({ ...sectorOf(row), position: near(row) }))) };
    case 'cameras':
      return {
        ...reference,
        cameras: withUniqueIds(
          read(row => ({
            id: row.need('id'),
            name: row.need('name'),
            position: near(row),
            ...headingOf(row),
          })),
        ),
      };
    case 'units':
      return { ...reference, units: read(row => unitOf(row, station(row))) };
  }
}

function readRows<T>(rows: readonly LayerRow[], crs: Crs, build: (row: Row) => T): T[] {
  const problems: string[] = [];
  const out = rows.flatMap(row => {
    try {
      return [build(new Row(row, crs))];
    } catch (cause) {
      if (!(cause instanceof CellProblem)) throw cause;
      problems.push(`${row.where}: ${cause.message}`);
      return [];
    }
  });
  if (problems.length === 0) return out;
  const more = problems.length > PROBLEMS_SHOWN ? `\n… and ${problems.length - PROBLEMS_SHOWN} more` : '';
  throw new RegionError(
    'broken',
    `${problems.length} of ${rows.length} rows cannot be used:\n${problems.slice(0, PROBLEMS_SHOWN).join('\n')}${more}`,
  );
}

function nearRegion(at: LngLat, [west, south, east, north]: Bbox): LngLat {
  const [lng, lat] = at;
  const near = lng > west - FAR_DEG && lng < east + FAR_DEG && lat > south - FAR_DEG && lat < north + FAR_DEG;
  if (!near)
    throw new CellProblem(
      `position ${lng}, ${lat} lies far outside the region; expected lng, lat in that order`,
    );
  return at;
}

function names(row: Row): { name: string; nameEn?: string } {
  const nameEn = row.text('nameEn');
  return { name: row.need('name'), ...(nameEn !== undefined && { nameEn }) };
}

/** By id, or by name as a person writes it. */
function stationId(text: string, { stations }: RegionReference): string {
  const found = stations.find(({ id, name }) => id === text || name === text);
  if (!found)
    throw new CellProblem(`no station '${text}'; expected the id or name of one (load the stations first)`);
  return found.id;
}

function placeOf(row: Row, position: LngLat): PlaceSeed {
  const address = row.text('address');
  const areaHa = row.number('areaHa', 0, 100_000);
  return {
    id: row.need('id'),
    kind: row.choice('kind', placeWords),
    ...names(row),
    position,
    ...(address !== undefined && { address }),
    ...(areaHa !== undefined && { areaHa }),
  };
}

function sectorOf(row: Row) {
  const azimuthDeg = row.number('azimuthDeg', 0, 360);
  // Without a direction it is an antenna to all sides.
  const beamwidthDeg =
    azimuthDeg === undefined ? OMNIDIRECTIONAL_DEG : (row.number('beamwidthDeg', 1, 360) ?? 120);
  const sector = {
    cellId: row.need('cellId'),
    azimuthDeg: azimuthDeg ?? 0,
    beamwidthDeg,
    rangeM: row.needNumber('rangeM', 10, 100_000),
  };
  return { siteId: row.text('siteId'), sector };
}

/** Sectors of one site share its id, or its position where it has none. */
function sitesOf(rows: readonly (ReturnType<typeof sectorOf> & { position: LngLat })[]): CellSiteSeed[] {
  const sites = new Map<string, CellSiteSeed>();
  for (const { siteId, sector, position } of rows) {
    const id = siteId ?? `site-${position.map(degrees => degrees.toFixed(5)).join('-')}`;
    const site = sites.get(id) ?? { id, position, sectors: [] };
    site.sectors.push(sector);
    sites.set(id, site);
  }
  withUniqueIds(rows.map(({ sector }) => ({ id: sector.cellId })));
  return [...sites.values()];
}

function headingOf(row: Row): { headingDeg?: number } {
  const headingDeg = row.number('headingDeg', 0, 360);
  return headingDeg === undefined ? {} : { headingDeg };
}

function unitOf(row: Row, station: string) {
  const crew = { sworn: row.number('sworn', 0, 50) ?? 0, auxiliary: row.number('auxiliary', 0, 50) ?? 0 };
  return { callsign: row.need('callsign'), stationId: station, kind: row.choice('kind', unitWords), crew };
}

function withUniqueIds<T extends { id: string }>(items: T[]): T[] {
  const seen = new Set<string>();
  for (const { id } of items) {
    if (seen.has(id)) throw new RegionError('broken', `the id '${id}' comes twice; expected each once`);
    seen.add(id);
  }
  return items;
}
