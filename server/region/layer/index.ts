import { cp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Crs } from '#contract/common.ts';
import { RegionError } from '../error.ts';
import { regionId, type RegionManifest, regionFiles } from '../manifest.ts';
import type { RegionReference } from '../reference.ts';
import { buildFolder, currentRegion, filesOf, type InstalledRegion, installRegion } from '../store.ts';
import { applyLayer, type Layer } from './apply.ts';
import { readTable } from './table.ts';

export interface LayerOptions {
  /** System of the file's coordinates. */
  crs: Crs;
  /** ISO 8601. */
  createdAt: string;
}

/**
 * Loads a bureau's own table (CSV or GeoJSON) into the current region, by installing a copy of it with that layer
 * changed: the region before stays to go back to, and a table that cannot be used changes nothing.
 * @throws {RegionError} notInstalled without a region; else what is wrong with the table, row by row
 */
export async function loadLayer(
  layer: Layer,
  file: string,
  dataDir: string,
  options: LayerOptions,
): Promise<InstalledRegion> {
  const current = await currentRegion(dataDir);
  if (!current) throw new RegionError('notInstalled', 'there is no region yet; import or generate one first');
  const bytes = await readFile(file).catch((cause: NodeJS.ErrnoException) => {
    throw new RegionError(
      'notFound',
      `cannot open ${file} (${cause.code ?? cause.message}); expected a CSV or GeoJSON file`,
    );
  });
  const before = JSON.parse(await readFile(filesOf(current).reference, 'utf8')) as RegionReference;
  const context = { reference: before, bbox: current.manifest.bbox, crs: options.crs };
  const reference = applyLayer(layer, readTable(bytes, file), context);
  const dir = await buildFolder(dataDir);
  try {
    await cp(current.dir, dir, { recursive: true });
    await writeFile(join(dir, regionFiles.reference), JSON.stringify(reference), { flush: true });
    const manifest = changedManifest(current.manifest, reference, options.createdAt);
    await writeFile(join(dir, regionFiles.manifest), `${JSON.stringify(manifest, null, 2)}\n`, {
      flush: true,
    });
    return await installRegion(dir, dataDir);
  } finally {
    await rm(dir, { recursive: true, force: true }); // gone already when it was installed
  }
}

/** A new id, so that a server sees at its next start that there is something to load. */
function changedManifest(
  before: RegionManifest,
  reference: RegionReference,
  createdAt: string,
): RegionManifest {
  const { stations, places, segments, cellSites, cameras, units } = reference;
  const counts = {
    ...before.counts,
    stations: stations.length,
    places: places.length,
    segments: segments.length,
    cellSites: cellSites.length,
    cameras: cameras.length,
    units: units.length,
  };
  return { ...before, id: regionId(before.name, createdAt), createdAt, counts };
}
