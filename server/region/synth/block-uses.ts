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
  { use: 'market', count: Math.ceil(3 * factor), minM2: 4_000, maxM2: 20_000, at: 0.3 },
  { use: 'park', count: Math.ceil(6 * factor), minM2: 9_000, maxM2: 120_000, at: 0.55 },
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
    for (let i = 0; i < want.count; i++) {
      let best: Block | undefined;
      let bestScore = Number.POSITIVE_INFINITY;
      for (const block of free) {
        if (block.areaM2 < want.minM2 || block.areaM2 > want.maxM2 || block.widthM < 38) continue;
        const off = Math.abs(distance(block.centre, plan.centre) / plan.radiusM - want.at);
        const company = used.filter(
          other => other.use === want.use && distance(other.block.centre, block.centre) < plan.radiusM * 0.45,
        ).length;
        const score = off + company * 1.5 + random.range(0, 0.12);
        if (score < bestScore) {
          best = block;
          bestScore = score;
        }
      }
      if (!best) continue;
      free.delete(best);
      used.push({ block: best, use: want.use, town });
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

/** The share of a block's ground that is dry. */
function dryShare(site: Site, block: Block): number {
  let dry = 0;
  for (const corner of block.ring) {
    for (const t of [0.3, 0.75]) if (!site.water.isWet(mix(block.centre, corner, t), 4)) dry++;
  }
  return dry / (block.ring.length * 2);
}
