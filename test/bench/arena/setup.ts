/** The region of a run, built once and handed to every worker. */
import type { GroundSource } from '#locate/ground.ts';
import { buildGround } from '#locate/ground/build.ts';
import type { Ground } from '#locate/ground.ts';
import { buildRoadGraph } from '#road/assemble.ts';
import { buildHierarchy } from '#road/contraction.ts';
import { openRoad, serializeRoad } from '#road/file.ts';
import { referenceOf } from '../../../server/region/reference.ts';
import type { ArenaAntenna, ArenaRegion, ArenaSource } from '../../../server/sim/arena/region.ts';
import { arenaRegion } from '../../../server/sim/arena/region.ts';
import { benchRegion } from '../road-region.ts';

export interface ArenaSetup {
  road: SharedArrayBuffer;
  source: ArenaSource & GroundSource;
  /** Antennas that everybody knows, where they are not those of the region. */
  antennas?: readonly ArenaAntenna[];
}

export interface Arena {
  region: ArenaRegion;
  ground: Ground;
  /** What the belief knows of the antennas. */
  antennas: readonly ArenaAntenna[];
  /** The same in an array of its own, since the belief keeps one table for each array and model of the air. */
  antennasOfTrueModel: readonly ArenaAntenna[];
}

const demoCounty = 'synth:1:250000';

/** @param name `FILE.osm.pbf`, `synth:SEED:POPULATION` or plain `synth`: the county of the demo */
export async function buildArena(name: string, seed: number): Promise<ArenaSetup> {
  const source = await benchRegion(name === 'synth' ? demoCounty : name, seed);
  const graph = buildRoadGraph(source.roads);
  const bytes = serializeRoad(graph, buildHierarchy(graph));
  const road = new SharedArrayBuffer(bytes.byteLength);
  new Uint8Array(road).set(bytes);
  const { places, segments, stations, cellSites, cameras } = referenceOf(source, graph);
  const all = { places, segments, stations, cellSites, cameras };
  return { road, source: all as ArenaSetup['source'] };
}

export function openArena({ road, source, antennas }: ArenaSetup): Arena {
  const { graph, hierarchy } = openRoad(road);
  const region = arenaRegion(graph, hierarchy, source);
  const known = antennas ?? region.antennas;
  return { region, ground: buildGround(graph, source), antennas: known, antennasOfTrueModel: [...known] };
}
