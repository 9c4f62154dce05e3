import type { Builder } from './buildings.ts';
import { roadHalfWidthM } from './buildings.ts';
import type { Block } from './blocks.ts';
import { along, distance, insideRing, mix, segmentDistance, type Vec } from './plane.ts';
import { SegmentIndex } from './segment-index.ts';
import type { LaidPark } from './park.ts';
import { BlockIndex, depthInside, findBlocks } from './blocks.ts';
import type { Random } from '#domain/random.ts';
import type { Village } from './settlements.ts';
import type { Site, TownPlan } from './town.ts';
import { buildAlong, fillRows } from './rows.ts';
import type { UsedBlock } from './block-uses.ts';

type Span = [number, number];

const farmhouse = {
  depthM: [8, 12] as Span,
  widthM: [9, 15] as Span,
  heightM: [4, 11] as Span,
  gapM: 1.4,
  shopChance: 0.06,
};

/** Houses along a village's lanes, two rows deep near its middle. */
export function buildVillage(site: Site, builder: Builder, village: Village, random: Random): void {
  const { network } = site;
  const edges: [Vec, Vec, number][] = [];
  network.eachEdge(village.centre, village.centre, village.radiusM + 40, edge => {
    if (edge.style.roadClass === 'track' || (edge.style.level ?? 0) !== 0) return;
    edges.push([
      network.nodes[edge.a] as Vec,
      network.nodes[edge.b] as Vec,
      roadHalfWidthM[edge.style.roadClass],
    ]);
  });
  const admits = (p: Vec): boolean =>
    distance(p, village.centre) < village.radiusM * 1.22 && random.chance(village.hamlet ? 0.6 : 0.93);
  for (const row of [0, 1]) {
    for (const [a, b, half] of edges) {
      const setbackM = half + random.range(1, 3.5) + row * 15;
      buildAlong(builder, a, b, setbackM, random, farmhouse, admits, row === 0);
      buildAlong(builder, b, a, setbackM, random, farmhouse, admits, row === 0);
    }
  }
}

/** Workshops, restaurants and homes strung along the main roads out of a town. */
export function buildRibbons(site: Site, builder: Builder, plan: TownPlan, random: Random): void {
  const { network } = site;
  const reachM = plan.radiusM * 1.75;
  const main = new Set(['trunk', 'primary', 'secondary', 'tertiary', 'unclassified']);
  const front = {
    depthM: [10, 15] as Span,
    widthM: [11, 26] as Span,
    heightM: [6, 12] as Span,
    gapM: 3,
    shopChance: 0.4,
  };
  const admits = (p: Vec): boolean => {
    const off = distance(p, plan.centre);
    return off < reachM && random.chance(0.62 - (0.5 * (off - plan.radiusM)) / (reachM - plan.radiusM));
  };
  network.eachEdge(plan.centre, plan.centre, reachM, edge => {
    if (!main.has(edge.style.roadClass) || edge.style.link || (edge.style.level ?? 0) !== 0) return;
    const a = network.nodes[edge.a] as Vec;
    const b = network.nodes[edge.b] as Vec;
    if (insideRing(mix(a, b, 0.5), plan.outline)) return;
    const setbackM = roadHalfWidthM[edge.style.roadClass] + random.range(2, 7);
    buildAlong(builder, a, b, setbackM, random, front, admits, true);
    buildAlong(builder, b, a, setbackM, random, front, admits, true);
  });
}

/** Houses on the open sides of a town's outer streets, which no block encloses. */
export function buildFringe(
  site: Site,
  builder: Builder,
  plan: TownPlan,
  blocks: UsedBlock[],
  random: Random,
): void {
  const { network } = site;
  const front = {
    depthM: [8, 13] as Span,
    widthM: [9, 19] as Span,
    heightM: [6, 14] as Span,
    gapM: 1,
    shopChance: 0.3,
  };
  const minor = new Set(['tertiary', 'residential', 'livingStreet']);
  const enclosed = new BlockIndex(blocks.map(({ block }) => block));
  const admits = (p: Vec): boolean => !enclosed.at(p);
  // Only streets near the outline can have an open side.
  const outline = new SegmentIndex<undefined>(250);
  outline.addLine([...plan.outline, plan.outline[0] as Vec], undefined);
  const rimM = Math.min(600, plan.radiusM * 0.3);
  const rim = (p: Vec): boolean => outline.some(p, rimM, (a, b) => segmentDistance(p, a, b) < rimM);
  network.eachEdge(plan.centre, plan.centre, plan.radiusM * 1.5, edge => {
    if (!minor.has(edge.style.roadClass)) return;
    const a = network.nodes[edge.a] as Vec;
    const b = network.nodes[edge.b] as Vec;
    if (!rim(a) || !insideRing(mix(a, b, 0.5), plan.outline)) return;
    const setbackM = roadHalfWidthM[edge.style.roadClass] + random.range(1, 3);
    buildAlong(builder, a, b, setbackM, random, front, admits, true);
    buildAlong(builder, b, a, setbackM, random, front, admits, true);
  });
}

/** Large halls and yards in the blocks of the industrial park; a few plots stay empty. */
export function buildPark(site: Site, builder: Builder, laid: LaidPark, random: Random): Block[] {
  const contains = (p: Vec): boolean => insideRing(p, laid.outline);
  const blocks = findBlocks(site.network, laid.park.centre, 1_700, contains);
  for (const block of blocks) {
    if (random.chance(0.14)) continue;
    const office = along(block.centre, random.range(0, Math.PI * 2), block.widthM * 0.28);
    if (depthInside(office, block.ring) > 26) {
      const box = { centre: office, angle: block.angle, halfLengthM: 19, halfWidthM: 9 };
      builder.place({ box, footprint: 'ell', heightM: 18, use: 'office' }, 8);
    }
    const large = random.chance(0.55);
    fillRows(builder, block, random, {
      lengthM: large ? [80, 140] : [46, 76],
      depthM: large ? 44 : 26,
      gapM: large ? 18 : 12,
      heightM: [9, 15],
      use: 'hall',
      footprints: ['plain', 'plain', 'plain', 'ell'],
    });
  }
  return blocks;
}
