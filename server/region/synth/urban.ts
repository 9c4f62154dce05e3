import type { UsedBlock } from './block-uses.ts';
import { type Block, depthInside } from './blocks.ts';
import type { Builder } from './buildings.ts';
import { along, distance, heading, mix, type Vec } from './plane.ts';
import type { Random } from '#domain/random.ts';
import { fillRows, lineStreets } from './rows.ts';
import { type Site, styleOf } from './town.ts';

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
      const across = Math.abs(Math.sin(heading(p, q) - block.angle)) > 0.86;
      if (across && depthInside(mix(p, q, 0.5), block.ring) > 9)
        site.network.addLine([p, q], style, { snapM: 5 });
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
