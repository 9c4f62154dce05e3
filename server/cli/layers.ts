/** The part of `npm run region` that changes a region's tables and goes back to earlier versions. */
import { readFile, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Crs } from '#contract/common.ts';
import type { LayerName } from '#contract/layer-columns.ts';
import type { LayerWarning } from '#contract/layer.ts';
import { RegionError } from '../region/error.ts';
import { loadLayer } from '../region/layer/index.ts';
import { layerTemplate, type TemplateFormat } from '../region/layer/template.ts';
import { builtIdOf, type RegionManifest } from '../region/manifest.ts';
import { currentRegion, type InstalledRegion, listRegions } from '../region/store.ts';
import { restoreVersion, versionToUndo } from '../region/versions.ts';

export interface LayerTask {
  layer: LayerName;
  file: string;
  crs: Crs;
  sheet: string | undefined;
}

const BY = 'cli';
const RUNNING = 'A server that is running takes it up within seconds.';

/** Loads a table and says what changed. */
export async function runLayer(task: LayerTask, dataDir: string, createdAt: string): Promise<void> {
  const bytes = await readFile(task.file).catch((cause: NodeJS.ErrnoException) => {
    throw new RegionError(
      'notFound',
      `cannot open ${task.file} (${cause.code ?? cause.message}); expected a CSV, GeoJSON or .xlsx file`,
    );
  });
  const table = { ...task, bytes, file: basename(task.file) };
  const { region, prepared } = await loadLayer(table, dataDir, { by: BY, createdAt });
  const { added, removed, changed } = prepared.changes;
  console.log(
    `${task.layer}: ${prepared.rows} rows read; ${added} added, ${removed} removed, ${changed} changed`,
  );
  for (const warning of prepared.warnings) console.log(`  Note: ${sentence(warning)}`);
  console.log(`Version ${region.manifest.id} is in use. ${RUNNING}`);
}

function sentence(warning: LayerWarning): string {
  switch (warning.code) {
    case 'unknownColumns':
      return `nothing is known of the column ${list(warning.columns)}; left out`;
    case 'otherCrs':
      return (
        `the middle position lies ${warning.medianM} m off the roads, but ${warning.betterM} m when read as ` +
        `${warning.crs}: is it --crs ${warning.crs}?`
      );
    case 'offRoad':
      return `the middle position lies ${warning.medianM} m off the roads`;
    case 'areasDropped':
      return `the areas of ${list(warning.stations)} went with their stations`;
    case 'withoutArea':
      return `no area is known of ${list(warning.stations)}`;
    case 'unitsDropped':
      return `${list(warning.callsigns)} belong to no station any more and were left out`;
    case 'areasEstimated':
      return 'no jurisdictions are known: estimated by driving time from the stations';
  }
}

const LISTED = 6;
const list = (items: readonly string[]): string =>
  items.slice(0, LISTED).join(', ') + (items.length > LISTED ? ` and ${items.length - LISTED} more` : '');

/** Writes an empty table. */
export async function runTemplate(layer: LayerName, file: string): Promise<void> {
  const format: TemplateFormat = file.endsWith('.xlsx') ? 'xlsx' : 'csv';
  await writeFile(file, layerTemplate(layer, format));
  console.log(`${file}: fill it in and load it with: npm run region -- layer ${layer} ${file}`);
}

/** Lists what there is to go back to, newest first. */
export async function runVersions(dataDir: string): Promise<void> {
  const current = await currentRegion(dataDir);
  for (const { manifest } of await listRegions(dataDir)) {
    const mark = manifest.id === current?.manifest.id ? '*' : ' ';
    console.log(`${mark} ${manifest.id}  ${manifest.createdAt}  ${what(manifest)}`);
  }
}

function what({ version, fictional, name }: RegionManifest): string {
  if (!version) return `${fictional ? 'generated' : 'imported'} ${name}`;
  if (version.kind === 'restore') return `back to ${version.restores} (${version.by})`;
  const { added = 0, removed = 0, changed = 0 } = version.changes ?? {};
  return `${version.layer} from ${version.file} (${version.by}): +${added} −${removed} ~${changed}`;
}

/** Goes back to the version before, or to a named one. */
export async function runRestore(dataDir: string, id: string | undefined, createdAt: string): Promise<void> {
  const before = await currentRegion(dataDir);
  const wanted = id ?? (await undoId(dataDir));
  const region = await restoreVersion(dataDir, wanted, { by: BY, createdAt });
  console.log(`${wanted} is in use again, as version ${region.manifest.id}. ${afterSwitch(before, region)}`);
}

async function undoId(dataDir: string): Promise<string> {
  const found = await versionToUndo(dataDir);
  if (found) return found.manifest.id;
  throw new RegionError('notFound', 'there is no version before this one; see npm run region -- versions');
}

function afterSwitch(before: InstalledRegion | null, after: InstalledRegion): string {
  const same = before && builtIdOf(before.manifest) === builtIdOf(after.manifest);
  return same ? RUNNING : 'Its roads are other ones: start the server again.';
}
