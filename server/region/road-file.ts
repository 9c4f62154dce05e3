import { readFile } from 'node:fs/promises';
import { openRoad, type RoadFile } from '#road/file.ts';
import type { RoadGraph } from '#road/graph.ts';
import { filesOf, type InstalledRegion } from './store.ts';

/** A region's roads, and the memory that they lie in: other threads open the same. */
export interface SharedRoad extends RoadFile {
  memory: SharedArrayBuffer;
}

/** Graph and hierarchy of a region. @throws {RoadFileError} when the file is damaged or of another version */
export async function readRoad(region: InstalledRegion): Promise<SharedRoad> {
  const file = await readFile(filesOf(region).road);
  const memory = new SharedArrayBuffer(file.length);
  new Uint8Array(memory).set(file);
  return { ...openRoad(memory), memory };
}

export async function readGraph(region: InstalledRegion): Promise<RoadGraph> {
  return (await readRoad(region)).graph;
}
