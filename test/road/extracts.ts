/** Real road networks for tests: the OpenStreetMap extracts beside the repository, where they are. */
import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { importOsm } from '../../server/region/import/index.ts';
import { buildRoadGraph } from '../../server/road/assemble.ts';
import type { RoadInput } from '../../server/road/build.ts';
import { buildHierarchy } from '../../server/road/contraction.ts';
import type { RoadFile } from '../../server/road/file.ts';

const folder = fileURLToPath(new URL('../../../shared/data/osm/', import.meta.url));

/** File names; empty where the extracts are not at hand. */
export const extracts: string[] = existsSync(folder)
  ? readdirSync(folder).filter(name => name.endsWith('.osm.pbf'))
  : [];

export async function roadOf(extract: string): Promise<{ road: RoadFile; roads: RoadInput }> {
  const { roads } = await importOsm(folder + extract);
  const graph = buildRoadGraph(roads);
  return { road: { graph, hierarchy: buildHierarchy(graph) }, roads };
}
