/** The thread that reads a table: a large workbook must not hold up the server. */
import { readGraph } from '../road-file.ts';
import type { InstalledRegion } from '../store.ts';
import { answer } from '../thread.ts';
import { readReference } from '../versions.ts';
import { type LayerTable, prepareLayer, type PreparedLayer } from './prepare.ts';

export interface LayerTask {
  table: LayerTable;
  region: InstalledRegion;
}

await answer<LayerTask, PreparedLayer>(async ({ table, region }) => {
  const base = { reference: await readReference(region), bbox: region.manifest.bbox };
  return prepareLayer(table, base, await readGraph(region));
});
