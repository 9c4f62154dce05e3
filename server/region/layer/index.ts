import { RegionError } from '../error.ts';
import type { InstalledRegion } from '../store.ts';
import { runThread } from '../thread.ts';
import { installTables, requireCurrent, type VersionMaker } from '../versions.ts';
import type { LayerTable, PreparedLayer } from './prepare.ts';
import type { LayerTask } from './worker.ts';

/** A workbook that unpacks to more than the heap of the thread ends the thread, not the server. */
const HEAP_MB = 2048;
const PROBLEMS_SHOWN = 8;

/**
 * Reads a table against a region in a thread of its own. Touches nothing.
 * @throws {RegionError} when the file is no table at all
 */
export function prepareInThread(table: LayerTable, region: InstalledRegion): Promise<PreparedLayer> {
  return runThread<LayerTask, PreparedLayer>(
    new URL('./worker.ts', import.meta.url),
    { table, region },
    { heapMb: HEAP_MB, tooLarge: `${table.file} is too large for the memory` },
  );
}

/**
 * Loads a bureau's own table into the current region as a new version; a table that cannot be used changes nothing.
 * @throws {RegionError} notInstalled without a region; else what is wrong with the table, row by row
 */
export async function loadLayer(
  table: LayerTable,
  dataDir: string,
  made: VersionMaker,
): Promise<{ region: InstalledRegion; prepared: PreparedLayer }> {
  const current = await requireCurrent(dataDir);
  const prepared = await prepareInThread(table, current);
  const { reference, changes, problems, rows } = prepared;
  if (problems.length > 0) {
    const lines = problems.slice(0, PROBLEMS_SHOWN).map(({ row, message }) => `row ${row}: ${message}`);
    const more = problems.length > PROBLEMS_SHOWN ? `\n… and ${problems.length - PROBLEMS_SHOWN} more` : '';
    throw new RegionError(
      'broken',
      `${problems.length} of ${rows} rows cannot be used:\n${lines.join('\n')}${more}`,
    );
  }
  const { layer, file } = table;
  const region = await installTables(dataDir, current, reference, { ...made, layer, file, changes });
  return { region, prepared };
}
