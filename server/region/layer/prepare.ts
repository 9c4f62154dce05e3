import type { Crs } from '#contract/common.ts';
import { columnNames, layerColumns, type LayerName } from '#contract/layer-columns.ts';
import type { LayerWarning, PreviewReply, RowProblem } from '#contract/layer.ts';
import type { RoadGraph } from '#road/graph.ts';
import type { RegionReference } from '../reference.ts';
import type { Bbox, LngLat } from '../source.ts';
import { applyLayer } from './apply.ts';
import { diffLayer } from './diff.ts';
import { roadWarning } from './road-check.ts';
import { CellProblem, plain, Row } from './row.ts';
import { type LayerRow, readTable } from './table.ts';

/** A table as it was handed over. */
export interface LayerTable {
  layer: LayerName;
  bytes: Uint8Array;
  /** Name of the file. */
  file: string;
  /** Of a workbook; without it the first one. */
  sheet?: string | undefined;
  /** System of its coordinates. */
  crs: Crs;
}

export interface PreparedLayer
  extends Pick<PreviewReply, 'rows' | 'changes' | 'features' | 'featuresLeftOut' | 'warnings'> {
  problems: RowProblem[];
  /** The reference data to install; only of use without problems. */
  reference: RegionReference;
}

const MOST_FEATURES = 3000;

/**
 * Everything that is to be known of a table before it is applied. Touches nothing.
 * @throws {RegionError} when the file is no table at all
 */
export function prepareLayer(
  { layer, bytes, file, sheet, crs }: LayerTable,
  { reference: before, bbox }: { reference: RegionReference; bbox: Bbox },
  graph: RoadGraph,
): PreparedLayer {
  const rows = readTable(bytes, file, sheet);
  const { reference, problems, warnings } = applyLayer(layer, rows, { reference: before, bbox, crs, graph });
  const unknown = unknownColumns(layer, rows);
  const road = roadWarning(rawPositions(rows), crs, graph);
  const { changes, features } = diffLayer(layer, before, reference);
  const areas = layer === 'stations' ? diffLayer('jurisdictions', before, reference).features : [];
  const shown = [...features, ...areas.filter(({ properties }) => properties.change !== 'removed')];
  return {
    reference,
    rows: rows.length,
    problems,
    warnings: [
      ...(road ? [road] : []),
      ...(unknown.length > 0 ? [{ code: 'unknownColumns', columns: unknown } satisfies LayerWarning] : []),
      ...warnings,
    ],
    changes,
    features: shown.slice(0, MOST_FEATURES),
    featuresLeftOut: Math.max(0, shown.length - MOST_FEATURES),
  };
}

function unknownColumns(layer: LayerName, rows: readonly LayerRow[]): string[] {
  const known = new Set(layerColumns[layer].flatMap(({ column }) => columnNames[column].map(plain)));
  const given = new Set(rows.flatMap(({ cells }) => Object.keys(cells)));
  return [...given].filter(name => name !== '' && !known.has(plain(name)));
}

/** As they stand in the table; rows without a usable position are left out here and named elsewhere. */
function rawPositions(rows: readonly LayerRow[]): LngLat[] {
  return rows.flatMap(cells => {
    try {
      return [new Row(cells, 'wgs84').rawPosition()];
    } catch (cause) {
      if (cause instanceof CellProblem) return [];
      throw cause;
    }
  });
}
