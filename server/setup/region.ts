import { RoadRouter } from '#road/router.ts';
import { readRoad } from '../region/road-file.ts';
import { currentRegion, type InstalledRegion } from '../region/store.ts';
import { installDemoRegion } from './demo-region.ts';

/** The installed region; a demo without one gets the fictional county. Null: a real installation without a region. */
export async function prepareRegion(dataDir: string, demo: boolean): Promise<InstalledRegion | null> {
  const installed = await currentRegion(dataDir);
  return installed ?? (demo ? installDemoRegion(dataDir) : null);
}

/** The road router of a region. */
export async function openRouter(region: InstalledRegion): Promise<RoadRouter> {
  const { graph, hierarchy } = await readRoad(region);
  return new RoadRouter(graph, hierarchy);
}
