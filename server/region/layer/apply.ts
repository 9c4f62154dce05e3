/** A bureau's own tables into a region's reference data: what no map extract knows. */
import type { Crs } from '#contract/common.ts';
import type { LayerName } from '#contract/layer-columns.ts';
import type { LayerWarning, RowProblem } from '#contract/layer.ts';
import type { RoadGraph } from '#road/graph.ts';
import { jurisdictionsOf } from '../jurisdictions.ts';
import type { RegionReference } from '../reference.ts';
import type { Bbox, CameraSeed, CellSiteSeed, LngLat, PlaceSeed } from '../source.ts';
import { placeWords, stateWords, unitWords } from './kinds.ts';
import { addressOf } from './addresses.ts';
import { CellProblem, Row } from './row.ts';
import type { LayerRow } from './table.ts';

export interface LayerContext {
  reference: RegionReference;
  bbox: Bbox;
  crs: Crs;
  /** For areas that nobody gave. */
  graph: RoadGraph;
}

export interface AppliedLayer {
  /** With the layer changed; what it would be without the rows that have a problem. */
  reference: RegionReference;
  problems: RowProblem[];
  warnings: LayerWarning[];
}

/** Farther outside the region a position is rather a swapped pair or the wrong coordinate system. */
const FAR_DEG = 1;
const OMNIDIRECTIONAL_DEG = 360;

/** The reference data with one layer replaced by these rows; places are added, or replaced where the id is known. */
export function applyLayer(layer: LayerName, rows: readonly LayerRow[], context: LayerContext): AppliedLayer {
  const reader = new LayerReader(rows, context.crs);
  const { reference, warnings } = changed(layer, reader, context);
  return { reference, problems: reader.problems, warnings };
}

type Changed = Omit<AppliedLayer, 'problems'>;

function changed(layer: LayerName, reader: LayerReader, context: LayerContext): Changed {
  const { reference, bbox } = context;
  const near = (row: Row): LngLat => nearRegion(row.position(), bbox);
  const station = (row: Row): string => stationId(row.need('station'), reference);
  switch (layer) {
    case 'stations': {
      const stations = reader.read('id', row => ({ id: row.need('id'), ...names(row), position: near(row) }));
      return withStations(stations, context);
    }
    case 'jurisdictions': {
      const areas = reader.read('station', row => ({ id: station(row), area: row.area() }));
      const jurisdictions = areas.map(({ id, area }) => ({ stationId: id, area, estimated: false }));
      const warnings = withoutArea(reference.stations, jurisdictions);
      return { reference: { ...reference, jurisdictions }, warnings };
    }
    case 'places': {
      const places = reader.read('id', row => placeOf(row, near(row)));
      const given = new Set(places.map(({ id }) => id));
      const kept = reference.places.filter(({ id }) => !given.has(id));
      return { reference: { ...reference, places: [...kept, ...places] }, warnings: [] };
    }
    case 'cells': {
      const sectors = reader.read('cellId', row => ({ ...sectorOf(row), position: near(row) }));
      return { reference: { ...reference, cellSites: sitesOf(sectors) }, warnings: [] };
    }
    case 'cameras': {
      const cameras = reader.read('id', row => cameraOf(row, near(row)));
      return { reference: { ...reference, cameras }, warnings: [] };
    }
    case 'units': {
      const units = reader.read('callsign', row => ({
        id: row.need('callsign'),
        unit: unitOf(row, station(row)),
      }));
      return { reference: { ...reference, units: units.map(({ unit }) => unit) }, warnings: [] };
    }
    case 'addresses': {
      const read = reader.read('name', row => addressOf(row, near(row)));
      const addresses = read.map(({ name, level, position }) => ({ name, level, position }));
      return { reference: { ...reference, addresses }, warnings: [] };
    }
  }
}

/** Reads rows one by one and remembers what is wrong with each. */
class LayerReader {
  readonly problems: RowProblem[] = [];
  readonly #rows: readonly LayerRow[];
  readonly #crs: Crs;

  constructor(rows: readonly LayerRow[], crs: Crs) {
    this.#rows = rows;
    this.#crs = crs;
  }

  /** What `build` makes of each row that can be used; `key` names the column whose values must differ. */
  read<T extends { id: string }>(
    key: 'id' | 'name' | 'station' | 'cellId' | 'callsign',
    build: (row: Row) => T,
  ): T[] {
    const firstRow = new Map<string, number>();
    return this.#rows.flatMap(cells => {
      try {
        const item = build(new Row(cells, this.#crs));
        const earlier = firstRow.get(item.id);
        if (earlier !== undefined) throw twice(key, item.id, earlier);
        firstRow.set(item.id, cells.row);
        return [item];
      } catch (cause) {
        if (!(cause instanceof CellProblem)) throw cause;
        this.problems.push({ row: cells.row, ...cause.problem, message: cause.message });
        return [];
      }
    });
  }
}

function twice(column: string, id: string, earlier: number): CellProblem {
  const expected = `each once (see row ${earlier})`;
  return new CellProblem(`the ${column} '${id}' comes twice; expected ${expected}`, {
    code: 'twice',
    column,
    value: id,
    expected: String(earlier),
  });
}

/** Other stations: areas and units of those that are gone go with them; without any given area all are estimated. */
function withStations(
  stations: RegionReference['stations'],
  { reference, bbox, graph }: LayerContext,
): Changed {
  const known = new Set(stations.map(({ id }) => id));
  const given = reference.jurisdictions.filter(({ estimated }) => !estimated);
  const kept = given.filter(({ stationId: id }) => known.has(id));
  const estimate = kept.length === 0 && stations.length > 0;
  const jurisdictions = estimate ? jurisdictionsOf({ stations, bbox }, graph) : kept;
  const units = reference.units.filter(({ stationId: id }) => known.has(id));
  const nameOf = (id: string) => reference.stations.find(station => station.id === id)?.name ?? id;
  const gone = given.filter(({ stationId: id }) => !known.has(id)).map(({ stationId: id }) => nameOf(id));
  const dropped = reference.units.filter(({ stationId: id }) => !known.has(id)).map(unit => unit.callsign);
  const warnings: LayerWarning[] = [
    ...(gone.length > 0 ? [{ code: 'areasDropped' as const, stations: gone }] : []),
    ...(dropped.length > 0 ? [{ code: 'unitsDropped' as const, callsigns: dropped }] : []),
    ...(estimate ? [{ code: 'areasEstimated' as const }] : withoutArea(stations, jurisdictions)),
  ];
  return { reference: { ...reference, stations, jurisdictions, units }, warnings };
}

function withoutArea(
  stations: RegionReference['stations'],
  jurisdictions: RegionReference['jurisdictions'],
): LayerWarning[] {
  const covered = new Set(jurisdictions.map(({ stationId: id }) => id));
  const without = stations.filter(({ id }) => !covered.has(id)).map(({ name }) => name);
  return without.length > 0 ? [{ code: 'withoutArea', stations: without }] : [];
}

function nearRegion(at: LngLat, [west, south, east, north]: Bbox): LngLat {
  const [lng, lat] = at;
  const near = lng > west - FAR_DEG && lng < east + FAR_DEG && lat > south - FAR_DEG && lat < north + FAR_DEG;
  if (near) return at;
  throw new CellProblem(
    `position ${lng}, ${lat} lies far outside the region; expected lng, lat in that order`,
    {
      code: 'farAway',
      column: null,
      value: `${lng}, ${lat}`,
      expected: `${west.toFixed(2)} – ${east.toFixed(2)}, ${south.toFixed(2)} – ${north.toFixed(2)}`,
    },
  );
}

function names(row: Row): { name: string; nameEn?: string } {
  const nameEn = row.text('nameEn');
  return { name: row.need('name'), ...(nameEn !== undefined && { nameEn }) };
}

/** By id, or by name as a person writes it. */
function stationId(text: string, { stations }: RegionReference): string {
  const found = stations.find(({ id, name }) => id === text || name === text);
  if (found) return found.id;
  const expected = 'the id or name of one (load the stations first)';
  throw new CellProblem(`no station '${text}'; expected ${expected}`, {
    code: 'noStation',
    column: 'station',
    value: text,
    expected,
  });
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

function cameraOf(row: Row, position: LngLat): CameraSeed {
  const headingDeg = row.number('headingDeg', 0, 360);
  const working = row.text('working') === undefined ? undefined : row.choice('working', stateWords) === 'yes';
  return {
    id: row.need('id'),
    name: row.need('name'),
    position,
    ...(headingDeg !== undefined && { headingDeg }),
    ...(working !== undefined && { working }),
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
  return { id: sector.cellId, siteId: row.text('siteId'), sector };
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
  return [...sites.values()];
}

function unitOf(row: Row, station: string) {
  const crew = { sworn: row.number('sworn', 0, 50) ?? 0, auxiliary: row.number('auxiliary', 0, 50) ?? 0 };
  return { callsign: row.need('callsign'), stationId: station, kind: row.choice('kind', unitWords), crew };
}
