/** The roads that a bench is about: an extract, a synthetic county, or a made-up grid of streets. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { importOsm } from '../../server/region/import/index.ts';
import { writeOsmPbf } from '../../server/region/osm-writer/index.ts';
import type { RegionSource } from '../../server/region/source.ts';
import { synthRegion } from '../../server/region/synth/index.ts';
import { gridTown } from '../road/gridTown.ts';

/** @param name `FILE.osm.pbf`, `synth:SEED:POPULATION` or `grid:NODES` */
export async function benchRegion(name: string, seed: number): Promise<RegionSource> {
  const [kind, first, second] = name.split(':');
  if (kind === 'grid') return streetsOnly(Number(first), seed);
  if (kind === 'synth') return synthRegion({ seed: Number(first), population: Number(second) });
  return await importOsm(name);
}

function streetsOnly(nodeCount: number, seed: number): RegionSource {
  const roads = gridTown(nodeCount, seed);
  const lists = { basemap: [], places: [], stations: [], cellSites: [], cameras: [], units: [] };
  const bbox: RegionSource['bbox'] = [180, 90, -180, -90];
  for (const [lng, lat] of roads.nodes.values()) {
    bbox[0] = Math.min(bbox[0], lng);
    bbox[1] = Math.min(bbox[1], lat);
    bbox[2] = Math.max(bbox[2], lng);
    bbox[3] = Math.max(bbox[3], lat);
  }
  return { name: 'grid', fictional: true, attribution: '', bbox, roads, ...lists };
}

/** Does something with the region as an .osm.pbf file: the one that it came from, or one written for the occasion. */
export async function withExtract<T>(
  name: string,
  source: RegionSource,
  work: (pbf: string) => Promise<T>,
): Promise<T> {
  if (!source.fictional) return await work(name);
  const dir = await mkdtemp(join(tmpdir(), 'bench-road-'));
  try {
    const pbf = join(dir, 'region.osm.pbf');
    await writeOsmPbf(source, pbf);
    return await work(pbf);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}
