import { readFile } from 'node:fs/promises';
import { openRoad, type RoadFile } from '#road/file.ts';
import type { RoadGraph } from '#road/graph.ts';
import { filesOf, type InstalledRegion } from './store.ts';

/** Graph and hierarchy of a region. @throws {RoadFileError} when the file is damaged or of another version */
export async function readRoad(region: InstalledRegion): Promise<RoadFile> {
  const { buffer, byteOffset, byteLength } = await readFile(filesOf(region).road);
  return openRoad(buffer.slice(byteOffset, byteOffset + byteLength));
}

export async function readGraph(region: InstalledRegion): Promise<RoadGraph> {
  return (await readRoad(region)).graph;
}
