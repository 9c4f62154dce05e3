/** RegionSource → a region folder: basemap, road graph, reference data and, last, the manifest. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildRoadGraph } from '#road/assemble.ts';
import type { RoadInput } from '#road/build.ts';
import { buildHierarchy } from '#road/contraction.ts';
import { serializeRoad } from '#road/file.ts';
import type { RoadGraph } from '#road/graph.ts';
import { writeBasemap } from './basemap.ts';
import { RegionError } from './error.ts';
import { gazetteerOf } from './gazetteer.ts';
import { REGION_FORMAT, regionId, type RegionManifest, regionFiles } from './manifest.ts';
import { type RegionReference, referenceOf } from './reference.ts';
import type { LngLat, RegionSource } from './source.ts';

export type BuildStep = 'roadGraph' | 'hierarchy' | 'reference' | 'basemap';

export interface BuildOptions {
  /** ISO 8601, for the manifest and the region's id. */
  createdAt: string;
  /** Called at the start of each step and, within the basemap, with the share that is done (0 to 1). */
  onProgress?: (step: BuildStep, share: number) => void;
}

/** On disk when the write is over, so that the pointer that is switched later never names half a file. */
const durably = { flush: true };

/**
 * Builds a region into `dir`, which is made when it is absent. Nothing is installed by this: see `installRegion`.
 * @throws {RegionError} noRoads when no road is left that leads anywhere
 */
export async function buildRegion(
  source: RegionSource,
  dir: string,
  options: BuildOptions,
): Promise<RegionManifest> {
  const { createdAt, onProgress = () => {} } = options;
  await mkdir(dir, { recursive: true });
  onProgress('roadGraph', 0);
  const graph = buildRoadGraph(source.roads);
  if (graph.edgeCount === 0)
    throw new RegionError('noRoads', `${source.name} has no two roads that meet; expected a road network`);
  onProgress('hierarchy', 0);
  const road = serializeRoad(graph, buildHierarchy(graph));
  onProgress('reference', 0);
  const reference = referenceOf(source, graph);
  await writeFile(join(dir, regionFiles.road), road, durably);
  await writeFile(join(dir, regionFiles.reference), JSON.stringify(reference), durably);
  await writeFile(join(dir, regionFiles.gazetteer), JSON.stringify(gazetteerOf(source)), durably);
  onProgress('basemap', 0);
  const basemap = join(dir, regionFiles.basemap);
  const { tiles } = await writeBasemap(source, basemap, share => onProgress('basemap', share));
  const manifest = manifestOf(source, { createdAt, graph, reference, tiles });
  await writeFile(join(dir, regionFiles.manifest), `${JSON.stringify(manifest, null, 2)}\n`, durably);
  return manifest;
}

interface Built {
  createdAt: string;
  graph: RoadGraph;
  reference: RegionReference;
  tiles: number;
}

function manifestOf(source: RegionSource, { createdAt, graph, reference, tiles }: Built): RegionManifest {
  return {
    format: REGION_FORMAT,
    id: regionId(source.name, createdAt),
    name: source.name,
    ...(source.nameEn !== undefined && { nameEn: source.nameEn }),
    fictional: source.fictional,
    attribution: source.attribution,
    bbox: source.bbox,
    center: centerOf(source),
    createdAt,
    counts: {
      roadNodes: graph.junctionCount,
      roadEdges: graph.edgeCount,
      roadEdgesDropped: graph.dropped.edges,
      ...ruleCounts(source.roads, graph),
      places: reference.places.length,
      segments: reference.segments.length,
      stations: reference.stations.length,
      cellSites: reference.cellSites.length,
      cameras: reference.cameras.length,
      units: reference.units.length,
      tiles,
    },
  };
}

function ruleCounts({ ways, barriers, leftOut }: RoadInput, { restrictions }: RoadGraph) {
  return {
    turnRestrictions: restrictions.taken,
    turnRestrictionsLeftOut: restrictions.unusable + (leftOut?.restrictions ?? 0),
    barriers: barriers.length,
    ferries: ways.filter(way => way.roadClass === 'ferry').length,
    timedRulesIgnored: leftOut?.timed ?? 0,
  };
}

/** Where most is: the median place, or the middle of the box when there are none. */
function centerOf({ places, bbox }: RegionSource): LngLat {
  if (places.length === 0) return [(bbox[0] + bbox[2]) / 2, (bbox[1] + bbox[3]) / 2];
  const median = (axis: 0 | 1) =>
    places.map(place => place.position[axis]).sort((a, b) => a - b)[places.length >> 1]!;
  return [median(0), median(1)];
}
