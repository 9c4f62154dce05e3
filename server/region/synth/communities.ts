import type { Name, NameBook } from './names.ts';
import { buildPartition, outside } from './partition.ts';
import { along, distance, insideRing, type Line, type Vec } from './plane.ts';
import { Raster } from './raster.ts';
import type { Random } from '#domain/random.ts';
import type { TownPlan } from './town.ts';

/** A residents' community (社区): the part of a town that an address names between township and street. */
export interface Community {
  /** Without the suffix. */
  name: Name;
  /** Index of its township. */
  township: number;
  centre: Vec;
  /** Outer ring, then holes. */
  area: Line[];
  /** No part of it is farther from `centre`. */
  reachM: number;
}

const communityKm2 = 2;

/** Shares a town's ground out among its communities; a small town is one community of the town's own name. */
export function drawCommunities(
  plan: TownPlan,
  township: number,
  names: NameBook,
  random: Random,
): Community[] {
  const count = Math.max(1, Math.round((Math.PI * (plan.radiusM / 1_000) ** 2) / communityKm2));
  if (count === 1) return [community(plan.name, township, plan.centre, [plan.outline])];
  const seeds = spread(plan, count, random);
  const cellM = Math.max(45, plan.radiusM / 45);
  const { polygons } = buildPartition(
    new Raster(plan.centre, plan.radiusM * 1.7, cellM),
    p => {
      if (!insideRing(p, plan.outline)) return outside;
      let best = 0;
      seeds.forEach((seed, i) => {
        if (distance(seed, p) < distance(seeds[best] as Vec, p)) best = i;
      });
      return best;
    },
    seeds.length,
  );
  return seeds.flatMap((centre, i): Community[] => {
    const area = polygons[i]?.at(-1);
    return area ? [community(names.stem(), township, centre, area)] : [];
  });
}

const community = (name: Name, township: number, centre: Vec, area: Line[]): Community => ({
  name,
  township,
  centre,
  area,
  reachM: Math.max(...(area[0] ?? []).map(corner => distance(corner, centre))),
});

/** Points inside a town, each chosen as the one of a few that lies farthest from those before it. */
function spread(plan: TownPlan, count: number, random: Random): Vec[] {
  const seeds: Vec[] = [plan.centre];
  while (seeds.length < count) {
    let best: Vec = plan.centre;
    let bestM = -1;
    for (let i = 0; i < 12; i++) {
      const p = along(plan.centre, random.range(0, Math.PI * 2), Math.sqrt(random.next()) * plan.radiusM);
      const apartM = Math.min(...seeds.map(seed => distance(seed, p)));
      if (apartM <= bestM || !insideRing(p, plan.outline)) continue;
      best = p;
      bestM = apartM;
    }
    seeds.push(best);
  }
  return seeds;
}
