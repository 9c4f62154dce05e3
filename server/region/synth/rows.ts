import { type Block } from './blocks.ts';
import { type Builder, type Building, type Footprint, roadHalfWidthM } from './buildings.ts';
import { along, distance, heading, insideRing, type Line, type Vec } from './plane.ts';
import type { Random } from '#domain/random.ts';

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
export function lineStreets(builder: Builder, block: Block, random: Random, front: StreetFront): void {
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
