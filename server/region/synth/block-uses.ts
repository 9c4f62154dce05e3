import type { LanduseClass } from '../source.ts';
import { type Block, findBlocks } from './blocks.ts';
import { distance, insideRing, mix, type Vec } from './plane.ts';
import type { Random } from '#domain/random.ts';
import type { Site, TownPlan } from './town.ts';

export type BlockUse =
  | 'core'
  | 'homes'
  | 'shops'
  | 'offices'
  | 'park'
  | 'square'
  | 'school'
  | 'hospital'
  | 'government'
  | 'market'
  | 'mall'
  | 'busStation'
  | 'works'
  | 'fallow';

export interface UsedBlock {
  block: Block;
  use: BlockUse;
  /** Index of the town in the list of plans. */
  town: number;
}

export const landuseOf: Record<BlockUse, LanduseClass> = {
  core: 'residential',
  homes: 'residential',
  shops: 'commercial',
  offices: 'commercial',
  park: 'park',
  square: 'park',
  school: 'education',
  hospital: 'medical',
  government: 'commercial',
  market: 'commercial',
  mall: 'commercial',
  busStation: 'commercial',
  works: 'industrial',
  fallow: 'bare',
};

interface Want {
  use: BlockUse;
  count: number;
  minM2: number;
  maxM2: number;
  /** Wished distance from the centre as a fraction of the radius. */
  at: number;
}

const townWants = (factor: number): Want[] => [
  { use: 'square', count: 1, minM2: 6_000, maxM2: 30_000, at: 0.12 },
  { use: 'government', count: 1, minM2: 10_000, maxM2: 60_000, at: 0.4 },
  { use: 'hospital', count: Math.ceil(2 * factor), minM2: 10_000, maxM2: 60_000, at: 0.45 },
  { use: 'mall', count: Math.ceil(2 * factor), minM2: 7_000, maxM2: 40_000, at: 0.3 },
  { use: 'market', count: Math.ceil(3 * factor ** 0.6), minM2: 4_000, maxM2: 20_000, at: 0.3 },
  { use: 'park', count: Math.ceil(5 * factor ** 0.7), minM2: 9_000, maxM2: 120_000, at: 0.55 },
  { use: 'school', count: Math.ceil(8 * factor), minM2: 10_000, maxM2: 70_000, at: 0.55 },
  { use: 'busStation', count: 1, minM2: 7_000, maxM2: 40_000, at: 0.75 },
  { use: 'offices', count: Math.ceil(8 * factor), minM2: 4_000, maxM2: 40_000, at: 0.4 },
  { use: 'shops', count: Math.ceil(14 * factor), minM2: 2_500, maxM2: 20_000, at: 0.2 },
  { use: 'works', count: Math.ceil(5 * factor), minM2: 8_000, maxM2: 90_000, at: 0.95 },
];

const townshipWants = (large: boolean): Want[] => [
  { use: 'government', count: 1, minM2: 2_500, maxM2: 20_000, at: 0.2 },
  { use: 'market', count: 1, minM2: 2_000, maxM2: 16_000, at: 0.3 },
  { use: 'hospital', count: 1, minM2: 2_500, maxM2: 20_000, at: 0.5 },
  { use: 'school', count: large ? 2 : 1, minM2: 5_000, maxM2: 40_000, at: 0.6 },
  { use: 'park', count: large ? 3 : 1, minM2: 3_000, maxM2: 40_000, at: 0.5 },
  { use: 'shops', count: large ? 5 : 2, minM2: 1_500, maxM2: 14_000, at: 0.1 },
  { use: 'works', count: large ? 2 : 1, minM2: 3_000, maxM2: 40_000, at: 0.95 },
];

/** Gives every block of a town its use: public needs pick first, homes take what is left. */
export function assignBlocks(site: Site, plan: TownPlan, town: number, random: Random): UsedBlock[] {
  const grow = 80;
  const near = (p: Vec): boolean =>
    insideRing(p, plan.outline) || plan.outline.some(corner => distance(corner, p) < grow + 40);
  const blocks = findBlocks(site.network, plan.centre, plan.radiusM * 1.7, near).filter(
    block => block.areaM2 < 400_000 && dryShare(site, block) > 0.8,
  );
  const seat = town === 0;
  const factor = (plan.radiusM / 1_750) ** 2;
  const wants = seat ? townWants(factor) : townshipWants(plan.radiusM > 600);
  const used: UsedBlock[] = [];
  const free = new Set(blocks);
  for (const want of wants) {
    for (const block of pickBlocks(free, want, plan, random)) {
      free.delete(block);
      used.push({ block, use: want.use, town });
    }
  }
  for (const block of free) {
    const newness = plan.newness(block.centre);
    const edge = distance(block.centre, plan.centre) / plan.radiusM;
    const use: BlockUse = random.chance((edge - 0.66) * 0.45)
      ? 'fallow'
      : newness < 0.42 || block.areaM2 < 3_200 || !seat
        ? 'core'
        : 'homes';
    used.push({ block, use, town });
  }
  return used;
}

/** The blocks that suit a want best: near the wished ring, and spread over the town rather than side by side. */
function pickBlocks(free: Set<Block>, want: Want, plan: TownPlan, random: Random): Block[] {
  const suited = [...free]
    .filter(({ areaM2, widthM }) => areaM2 >= want.minM2 && areaM2 <= want.maxM2 && widthM >= 38)
    .map(block => ({
      block,
      score: Math.abs(distance(block.centre, plan.centre) / plan.radiusM - want.at) + random.range(0, 0.12),
    }));
  // The more of them a town has, the closer they stand.
  const apartM = (plan.radiusM * 0.9) / Math.sqrt(Math.max(4, want.count));
  const picked = new Set<Block>();
  for (let i = 0; i < Math.min(want.count, suited.length); i++) {
    let best: (typeof suited)[number] | undefined;
    for (const candidate of suited)
      if (candidate.score < (best?.score ?? Number.POSITIVE_INFINITY)) best = candidate;
    if (!best || picked.has(best.block)) break;
    picked.add(best.block);
    const { centre } = best.block;
    for (const candidate of suited)
      if (distance(candidate.block.centre, centre) < apartM) candidate.score += 1.5;
    best.score = Number.POSITIVE_INFINITY;
  }
  return [...picked];
}

/** The share of a block's ground that is dry. */
function dryShare(site: Site, block: Block): number {
  let dry = 0;
  for (const corner of block.ring) {
    for (const t of [0.3, 0.75]) if (!site.water.isWet(mix(block.centre, corner, t), 4)) dry++;
  }
  return dry / (block.ring.length * 2);
}
