import { Delaunay } from 'd3-delaunay';
import type { RoadGraph } from '#road/graph.ts';
import { metresPerDegree } from '#road/geo.ts';
import { metresPerDegreeLng } from './geo.ts';
import { areasOf, type OwnerRaster } from './partition.ts';
import { quickestStations, type RoadSamples } from './quickest.ts';
import type { Bbox, LngLat, RegionSource } from './source.ts';

export interface Jurisdiction {
  stationId: string;
  /** Polygons, each with its outer ring first. */
  area: LngLat[][][];
  /** True when nobody said where it ends, and it is what the station reaches before the others do. */
  estimated: boolean;
}

/** So far beyond the region's box do estimated areas reach: an address just outside still belongs to somebody. */
const MARGIN_DEG = 0.02;
/** Cells of the raster are at least this wide, and wider where a large region would have too many. */
const CELL_M = 60;
const MOST_CELLS = 500_000;
/** An exclave smaller than this (in cells) goes to the area around it: an address there is reached by its roads. */
const SPECK = 30;

/**
 * The legal area of each station. As soon as one station of the region has a known area, the known ones stand alone;
 * when none has, every station gets the ground whose nearest road it reaches first by car, marked as an estimate.
 */
export function jurisdictionsOf(
  { stations, bbox }: Pick<RegionSource, 'stations' | 'bbox'>,
  graph: RoadGraph,
): Jurisdiction[] {
  const known = stations.flatMap(({ id, jurisdiction }) =>
    jurisdiction ? [{ stationId: id, area: jurisdiction, estimated: false }] : [],
  );
  if (known.length > 0 || stations.length === 0) return known;
  const frame = frameOf(bbox);
  const raster = rasterOf(quickestStations(graph, stations), frame);
  mergeSpecks(raster, new Set(stations.map(({ position }) => cellOf(position, frame))));
  const toLngLat = ([x, y]: [number, number]): LngLat => [
    round(frame.west + x * frame.cellLng),
    round(frame.south + y * frame.cellLat),
  ];
  return areasOf(raster, stations.length).flatMap((polygons, i) => {
    const area = polygons.map(rings => rings.map(ring => ring.map(toLngLat)));
    // Two stations at one position: one of them has it.
    return area.length > 0 ? [{ stationId: stations[i]!.id, area, estimated: true }] : [];
  });
}

const round = (degrees: number): number => Math.round(degrees * 1e6) / 1e6;

interface Frame {
  west: number;
  south: number;
  columns: number;
  rows: number;
  /** Size of a cell in degrees; it is as wide as high in metres. */
  cellLng: number;
  cellLat: number;
}

function frameOf([west, south, east, north]: Bbox): Frame {
  const [width, height] = [east - west + 2 * MARGIN_DEG, north - south + 2 * MARGIN_DEG];
  const perLng = metresPerDegreeLng((south + north) / 2);
  const areaM2 = width * perLng * height * metresPerDegree;
  const cellM = Math.max(CELL_M, Math.sqrt(areaM2 / MOST_CELLS));
  const columns = Math.ceil((width * perLng) / cellM);
  const rows = Math.ceil((height * metresPerDegree) / cellM);
  return {
    west: west - MARGIN_DEG,
    south: south - MARGIN_DEG,
    columns,
    rows,
    cellLng: width / columns,
    cellLat: height / rows,
  };
}

/** Each cell belongs to whom the sample nearest to its middle belongs to. */
function rasterOf({ positions, owner }: RoadSamples, frame: Frame): OwnerRaster {
  const { west, south, columns, rows, cellLng, cellLat } = frame;
  const nearest = Delaunay.from(
    positions,
    ([lng]) => (lng - west) / cellLng,
    ([, lat]) => (lat - south) / cellLat,
  );
  const cells = new Int32Array(columns * rows);
  let sample = 0;
  for (let y = 0; y < rows; y++) {
    for (let step = 0; step < columns; step++) {
      // To and fro, so that the search always begins next door.
      const x = y % 2 === 0 ? step : columns - 1 - step;
      sample = nearest.find(x + 0.5, y + 0.5, sample);
      cells[y * columns + x] = owner[sample]!;
    }
  }
  return { columns, rows, owner: cells };
}

function cellOf([lng, lat]: LngLat, { west, south, columns, cellLng, cellLat }: Frame): number {
  return Math.floor((lat - south) / cellLat) * columns + Math.floor((lng - west) / cellLng);
}

/** `kept`: cells whose patches stay, however small: a station is at home where it stands. */
function mergeSpecks(raster: OwnerRaster, kept: ReadonlySet<number>): void {
  const { columns, rows, owner } = raster;
  const seen = new Uint8Array(owner.length);
  for (let start = 0; start < owner.length; start++) {
    if (seen[start]) continue;
    const own = owner[start]!;
    const patch = [start];
    const around = new Map<number, number>();
    seen[start] = 1;
    for (const cell of patch) {
      for (const next of neighbours(cell, columns, rows)) {
        const other = owner[next]!;
        if (other !== own) around.set(other, (around.get(other) ?? 0) + 1);
        else if (!seen[next]) {
          seen[next] = 1;
          patch.push(next);
        }
      }
    }
    const [most] = [...around].toSorted((a, b) => b[1] - a[1])[0] ?? [own];
    const speck = patch.length < SPECK && !patch.some(cell => kept.has(cell));
    if (speck) for (const cell of patch) owner[cell] = most;
  }
}

function neighbours(cell: number, columns: number, rows: number): number[] {
  const x = cell % columns;
  return [
    ...(x > 0 ? [cell - 1] : []),
    ...(x + 1 < columns ? [cell + 1] : []),
    ...(cell >= columns ? [cell - columns] : []),
    ...(cell < columns * (rows - 1) ? [cell + columns] : []),
  ];
}
