/** The thread that reads a table: a large workbook must not hold up the server. */
import { parentPort, workerData } from 'node:worker_threads';
import { RegionError, type RegionErrorCode } from '../error.ts';
import { readGraph } from '../road-file.ts';
import type { InstalledRegion } from '../store.ts';
import { readReference } from '../versions.ts';
import { type LayerTable, prepareLayer, type PreparedLayer } from './prepare.ts';

export interface LayerTask {
  table: LayerTable;
  region: InstalledRegion;
}

export type LayerReport =
  | { type: 'done'; prepared: PreparedLayer }
  | { type: 'refused'; code: RegionErrorCode; message: string };

const { table, region } = workerData as LayerTask;
const report = (message: LayerReport) => parentPort?.postMessage(message);
try {
  const base = { reference: await readReference(region), bbox: region.manifest.bbox };
  report({ type: 'done', prepared: prepareLayer(table, base, await readGraph(region)) });
} catch (cause) {
  if (!(cause instanceof RegionError)) throw cause;
  report({ type: 'refused', code: cause.code, message: cause.message });
}
