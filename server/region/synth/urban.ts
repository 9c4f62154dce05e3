import type { LanduseClass } from '../source.ts';
import { type Block, depthInside, findBlocks } from './blocks.ts';
import { type Builder, type Building, type Footprint, roadHalfWidthM } from './buildings.ts';
import { along, distance, heading, insideRing, type Line, mix, type Vec } from './plane.ts';
import type { Random } from './random.ts';
import { type Site, styleOf, type TownPlan } from './town.ts';

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
  fallow: 'grass',
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

/** Builds a block up according to its use. */
export function buildBlock(site: Site, builder: Builder, used: UsedBlock, random: Random): void {
  const { block, use } = used;
  switch (use) {
    case 'core':
      lineStreets(builder, block, random, {
        depthM: [8, 13],
        widthM: [7, 17],
        heightM: [6, 13],
        gapM: 0.6,
        rows: 2,
        shopChance: 0.5,
      });
      break;
    case 'shops':
      lineStreets(builder, block, random, {
        depthM: [12, 18],
        widthM: [14, 34],
        heightM: [9, 19],
        gapM: 1,
        rows: 1,
        shopChance: 1,
      });
      fillRows(builder, block, random, {
        lengthM: [18, 34],
        depthM: 13,
        gapM: 9,
        heightM: [15, 22],
        use: 'home',
        footprints: ['plain', 'notched'],
      });
      break;
    case 'homes':
      buildCompound(site, builder, block, random);
      break;
    case 'offices':
    case 'government':
      fillRows(builder, block, random, {
        lengthM: [34, 58],
        depthM: 17,
        gapM: 26,
        heightM: [16, 44],
        use: 'office',
        footprints: ['plain', 'ell', 'court'],
      });
      break;
    case 'school':
      fillRows(builder, block, random, {
        lengthM: [44, 66],
        depthM: 13,
        gapM: 24,
        heightM: [14, 19],
        use: 'public',
        footprints: ['plain', 'ell', 'court'],
        share: 0.62,
      });
      break;
    case 'hospital':
      fillRows(builder, block, random, {
        lengthM: [40, 64],
        depthM: 18,
        gapM: 22,
        heightM: [18, 46],
        use: 'public',
        footprints: ['plain', 'ell', 'court'],
      });
      break;
    case 'mall':
      fillRows(builder, block, random, {
        lengthM: [60, 84],
        depthM: 52,
        gapM: 18,
        heightM: [20, 32],
        use: 'shop',
        footprints: ['plain', 'ell'],
      });
      break;
    case 'market':
      fillRows(builder, block, random, {
        lengthM: [36, 60],
        depthM: 22,
        gapM: 9,
        heightM: [7, 9],
        use: 'shop',
        footprints: ['plain'],
      });
      break;
    case 'busStation':
      fillRows(builder, block, random, {
        lengthM: [40, 60],
        depthM: 20,
        gapM: 40,
        heightM: [10, 14],
        use: 'public',
        footprints: ['plain'],
        share: 0.45,
      });
      break;
    case 'works':
      fillRows(builder, block, random, {
        lengthM: [34, 62],
        depthM: 24,
        gapM: 10,
        heightM: [8, 12],
        use: 'hall',
        footprints: ['plain', 'plain', 'ell'],
      });
      break;
    case 'park':
    case 'square':
    case 'fallow':
      break;
  }
}

/** A housing compound: shops on some street sides, a gate, service lanes, rows of slabs or towers facing south. */
function buildCompound(site: Site, builder: Builder, block: Block, random: Random): void {
  if (block.areaM2 > 9_000 && block.widthM > 62) layLanes(site, block, random);
  if (random.chance(0.75)) {
    lineStreets(builder, block, random, {
      depthM: [11, 14],
      widthM: [18, 46],
      heightM: [8, 11],
      gapM: 3,
      rows: 1,
      shopChance: 1,
      sideChance: 0.5,
    });
  }
  const style = random.next();
  if (style < 0.18 && block.areaM2 > 14_000) {
    fillRows(builder, block, random, {
      lengthM: [24, 32],
      depthM: 19,
      gapM: 30,
      heightM: [54, 92],
      use: 'home',
      footprints: ['notched'],
    });
  } else if (style < 0.5) {
    fillRows(builder, block, random, {
      lengthM: [40, 66],
      depthM: 13.5,
      gapM: 25,
      heightM: [30, 36],
      use: 'home',
      footprints: ['notched', 'plain'],
    });
  } else {
    fillRows(builder, block, random, {
      lengthM: [36, 60],
      depthM: 12,
      gapM: 16,
      heightM: [18, 21],
      use: 'home',
      footprints: ['plain', 'notched'],
    });
  }
}

/** Service lanes of a compound: in through a gate on a minor street, along one, two or three spines. */
function layLanes(site: Site, block: Block, random: Random): void {
  const gateSide = bestGateSide(block);
  if (gateSide < 0) return;
  const a = block.ring[gateSide] as Vec;
  const b = block.ring[(gateSide + 1) % block.ring.length] as Vec;
  const gate = mix(a, b, random.range(0.35, 0.65));
  const style = styleOf('service', 15);
  const spines = block.widthM > 190 ? 3 : block.widthM > 115 ? 2 : 1;
  const ends: { from: Vec; to: Vec }[] = [];
  for (let i = 0; i < spines; i++) {
    const shift = spines === 1 ? 0 : ((i + 0.5) / spines - 0.5) * block.widthM;
    const start = along(block.centre, block.angle + Math.PI / 2, shift);
    if (depthInside(start, block.ring) < 18) continue;
    const [from, to] = [reach(block, start, block.angle + Math.PI), reach(block, start, block.angle)];
    if (distance(from, to) < 40) continue;
    site.network.addLine([from, start, to], style, { snapM: 5 });
    ends.push({ from, to });
  }
  for (const { from, to } of ends) {
    // Short ribs between the rows of houses, alternating sides, for the doors and the parking.
    const spineM = distance(from, to);
    let side = random.chance(0.5) ? 1 : -1;
    for (let at = random.range(24, 44); at < spineM - 14; at += random.range(34, 58)) {
      const start = mix(from, to, at / spineM);
      const rib = along(start, block.angle + (Math.PI / 2) * side, random.range(18, 34));
      if (depthInside(rib, block.ring) > 13) site.network.addLine([start, rib], style, { snapM: 5 });
      side = -side;
    }
  }
  const inward = heading(a, b) + Math.PI / 2;
  let first: Vec | undefined;
  const hit = site.network.castRay(along(gate, inward, 6), inward, block.widthM + block.lengthM);
  if (hit && depthInside(hit.point, block.ring) > 8) first = hit.point;
  if (first) site.network.addLine([gate, first], style, { snapM: 5 });
  for (let i = 1; i < ends.length; i++) {
    const [one, two] = [ends[i - 1], ends[i]];
    if (!one || !two) continue;
    for (const [p, q] of [
      [one.from, two.from],
      [one.to, two.to],
    ] as const) {
      if (depthInside(mix(p, q, 0.5), block.ring) > 9) site.network.addLine([p, q], style, { snapM: 5 });
    }
  }
}

/** How far one can go from a point inside a block before coming within 15 m of its street. */
function reach(block: Block, from: Vec, angle: number): Vec {
  let here = from;
  for (let step = 0; step < 80; step++) {
    const next = along(here, angle, 8);
    if (depthInside(next, block.ring) < 15) break;
    here = next;
  }
  return here;
}

/** The longest side along the least important street. */
function bestGateSide(block: Block): number {
  let best = -1;
  let bestScore = 0;
  block.sides.forEach((style, i) => {
    const length = distance(block.ring[i] as Vec, block.ring[(i + 1) % block.ring.length] as Vec);
    const quiet =
      style.roadClass === 'primary' || style.roadClass === 'trunk'
        ? 0.2
        : style.roadClass === 'secondary'
          ? 0.6
          : 1;
    if (length * quiet > bestScore) {
      bestScore = length * quiet;
      best = i;
    }
  });
  return bestScore > 14 ? best : -1;
}

interface StreetFront {
  depthM: [number, number];
  widthM: [number, number];
  heightM: [number, number];
  gapM: number;
  rows: number;
  shopChance: number;
  /** Chance that a side of the block is built up at all. */
  sideChance?: number;
}

/** Houses wall to wall along the inside of a block's streets, the second row behind the first. */
function lineStreets(builder: Builder, block: Block, random: Random, front: StreetFront): void {
  for (let row = 0; row < front.rows; row++) {
    block.ring.forEach((a, i) => {
      if (front.sideChance !== undefined && !random.chance(front.sideChance)) return;
      const b = block.ring[(i + 1) % block.ring.length] as Vec;
      const style = block.sides[i];
      const setbackM = (style ? roadHalfWidthM[style.roadClass] : 6) + 1 + row * (front.depthM[1] + 4);
      buildAlong(builder, a, b, setbackM, random, front, p => insideRing(p, block.ring), row === 0);
    });
  }
}

/** Houses on the left of the segment a–b, `setbackM` from it, where `admits` holds. */
export function buildAlong(
  builder: Builder,
  a: Vec,
  b: Vec,
  setbackM: number,
  random: Random,
  front: Pick<StreetFront, 'depthM' | 'widthM' | 'heightM' | 'gapM' | 'shopChance'>,
  admits: (p: Vec) => boolean,
  street: boolean,
): void {
  const length = distance(a, b);
  const angle = heading(a, b);
  for (let at = random.range(0, 3); at < length - front.widthM[0] * 0.6; ) {
    const widthM = random.range(...front.widthM);
    const depthM = random.range(...front.depthM);
    const middle = along(along(a, angle, at + widthM / 2), angle + Math.PI / 2, setbackM + depthM / 2);
    const footprint: Footprint =
      widthM > 11 && random.chance(0.28) ? 'ell' : widthM > 13 && random.chance(0.25) ? 'court' : 'plain';
    if (admits(middle)) {
      builder.place(
        {
          box: {
            centre: middle,
            angle: angle + (random.chance(0.5) ? 0 : Math.PI),
            halfLengthM: widthM / 2,
            halfWidthM: depthM / 2,
          },
          footprint,
          heightM: Math.round(random.range(...front.heightM)),
          use: street && random.chance(front.shopChance) ? 'shop' : 'home',
        },
        front.gapM,
      );
    }
    at += widthM + front.gapM + 0.2 + (random.chance(0.15) ? random.range(2, 9) : 0);
  }
}

interface Rows {
  lengthM: [number, number];
  depthM: number;
  gapM: number;
  heightM: [number, number];
  use: Building['use'];
  footprints: Footprint[];
  /** Share of the block, from its northern side, that is built up; the rest stays open. */
  share?: number;
}

/** Parallel rows of buildings across a block, turned as nearly south as the block's sides allow. */
export function fillRows(
  builder: Builder,
  block: { ring: Line; centre: Vec; angle: number; lengthM: number; widthM: number },
  random: Random,
  rows: Rows,
): void {
  const eastWest = Math.abs(Math.cos(block.angle)) >= Math.SQRT1_2;
  const angle = eastWest ? block.angle : block.angle + Math.PI / 2;
  const acrossM = eastWest ? block.widthM : block.lengthM;
  const alongM = eastWest ? block.lengthM : block.widthM;
  const up = Math.cos(angle) >= 0 ? 1 : -1;
  const pitch = rows.depthM + rows.gapM;
  const count = Math.floor((acrossM * (rows.share ?? 1)) / pitch);
  const heightM = random.range(...rows.heightM);
  for (let row = 0; row < count; row++) {
    const v = (acrossM / 2 - (row + 0.5) * pitch) * up;
    for (let u = -alongM / 2 + random.range(4, 14); u < alongM / 2; ) {
      const lengthM = random.range(...rows.lengthM);
      const centre = along(along(block.centre, angle, u + lengthM / 2), angle + Math.PI / 2, v);
      const built =
        insideRing(centre, block.ring) &&
        builder.place(
          {
            box: {
              centre,
              angle: up > 0 ? angle : angle + Math.PI,
              halfLengthM: lengthM / 2,
              halfWidthM: rows.depthM / 2,
            },
            footprint: random.pick(rows.footprints),
            heightM: Math.round(heightM * random.range(0.94, 1.06)),
            use: rows.use,
          },
          3,
        );
      u += built ? lengthM + Math.min(14, rows.gapM * 0.6) : 7;
    }
  }
}
