import type { RoadClass } from '#road/build.ts';
import type { BasemapFeature } from '../source.ts';
import type { Network } from './network.ts';
import { along, type Line, toRing, type Vec } from './plane.ts';

/** A footprint's box: centre, direction of its long side, half its sides. */
export interface Box {
  centre: Vec;
  angle: number;
  halfLengthM: number;
  halfWidthM: number;
}

export type Footprint = 'plain' | 'ell' | 'court' | 'notched';

export interface Building {
  box: Box;
  footprint: Footprint;
  heightM: number;
  /** What stands there; decides which places move in. */
  use: 'home' | 'shop' | 'office' | 'public' | 'hall';
}

/** Half the width of a road with its pavement: what buildings leave free on either side of its middle. */
export const roadHalfWidthM: Record<RoadClass, number> = {
  motorway: 26,
  trunk: 13,
  primary: 15,
  secondary: 12,
  tertiary: 9,
  unclassified: 6,
  residential: 6,
  livingStreet: 4,
  service: 3.6,
  track: 3.5,
  ferry: 0,
};

const cellM = 70;

/** Puts buildings where nothing else is: clear of roads, water, railway and each other. */
export class Builder {
  readonly buildings: Building[] = [];
  private readonly network: Network;
  private readonly isBlocked: (p: Vec, reachM: number) => boolean;
  private readonly cells = new Map<number, Box[]>();

  /** `isBlocked` says whether anything but roads and buildings forbids a circle. */
  constructor(network: Network, isBlocked: (p: Vec, reachM: number) => boolean) {
    this.network = network;
    this.isBlocked = isBlocked;
  }

  /** Builds when there is room, with `gapM` to the neighbours; true when it did. */
  place(building: Building, gapM: number): boolean {
    const { box } = building;
    const reachM = Math.hypot(box.halfLengthM, box.halfWidthM);
    if (this.meetsBuilding(box, gapM) || this.meetsRoad(box, reachM) || this.isBlocked(box.centre, reachM))
      return false;
    this.buildings.push(building);
    const lowX = Math.floor((box.centre[0] - reachM) / cellM);
    const highX = Math.floor((box.centre[0] + reachM) / cellM);
    const lowY = Math.floor((box.centre[1] - reachM) / cellM);
    const highY = Math.floor((box.centre[1] + reachM) / cellM);
    for (let x = lowX; x <= highX; x++) {
      for (let y = lowY; y <= highY; y++) {
        const key = (x + 65_536) * 131_072 + y + 65_536;
        const cell = this.cells.get(key);
        if (cell) cell.push(box);
        else this.cells.set(key, [box]);
      }
    }
    return true;
  }

  private meetsRoad(box: Box, reachM: number): boolean {
    const cos = Math.cos(box.angle);
    const sin = Math.sin(box.angle);
    let meets = false;
    this.network.eachEdge(box.centre, box.centre, reachM + 16, edge => {
      if (meets || edge.style.tunnel) return;
      const free = roadHalfWidthM[edge.style.roadClass];
      const a = this.network.nodes[edge.a]!;
      const b = this.network.nodes[edge.b]!;
      const ax = a[0] - box.centre[0];
      const ay = a[1] - box.centre[1];
      const bx = b[0] - box.centre[0];
      const by = b[1] - box.centre[1];
      meets = segmentMeetsBox(
        ax * cos + ay * sin,
        ay * cos - ax * sin,
        bx * cos + by * sin,
        by * cos - bx * sin,
        box.halfLengthM + free,
        box.halfWidthM + free,
      );
    });
    return meets;
  }

  private meetsBuilding(box: Box, gapM: number): boolean {
    const reachM = Math.hypot(box.halfLengthM, box.halfWidthM) + gapM;
    const lowX = Math.floor((box.centre[0] - reachM) / cellM);
    const highX = Math.floor((box.centre[0] + reachM) / cellM);
    const lowY = Math.floor((box.centre[1] - reachM) / cellM);
    const highY = Math.floor((box.centre[1] + reachM) / cellM);
    for (let x = lowX; x <= highX; x++) {
      for (let y = lowY; y <= highY; y++) {
        for (const other of this.cells.get((x + 65_536) * 131_072 + y + 65_536) ?? []) {
          if (boxesMeet(box, other, gapM)) return true;
        }
      }
    }
    return false;
  }
}

/** Liang–Barsky: does the segment enter the box |x| ≤ halfX, |y| ≤ halfY? */
function segmentMeetsBox(
  ax: number,
  ay: number,
  bx: number,
  by: number,
  halfX: number,
  halfY: number,
): boolean {
  let enter = 0;
  let leave = 1;
  const clip = (from: number, delta: number, half: number): boolean => {
    if (Math.abs(delta) < 1e-9) return Math.abs(from) <= half;
    const first = (-half - from) / delta;
    const second = (half - from) / delta;
    enter = Math.max(enter, Math.min(first, second));
    leave = Math.min(leave, Math.max(first, second));
    return enter <= leave;
  };
  return clip(ax, bx - ax, halfX) && clip(ay, by - ay, halfY);
}

/** Separating axes of two boxes, the second grown by `gapM`. */
function boxesMeet(a: Box, b: Box, gapM: number): boolean {
  const dx = b.centre[0] - a.centre[0];
  const dy = b.centre[1] - a.centre[1];
  const between = (a.halfLengthM + a.halfWidthM + b.halfLengthM + b.halfWidthM + gapM * 2) ** 2;
  if (dx * dx + dy * dy > between) return false;
  const turn = b.angle - a.angle;
  const cos = Math.abs(Math.cos(turn));
  const sin = Math.abs(Math.sin(turn));
  const lengthB = b.halfLengthM + gapM;
  const widthB = b.halfWidthM + gapM;
  const alongAxis = (angle: number): number => Math.abs(dx * Math.cos(angle) + dy * Math.sin(angle));
  return (
    alongAxis(a.angle) < a.halfLengthM + lengthB * cos + widthB * sin &&
    alongAxis(a.angle + Math.PI / 2) < a.halfWidthM + lengthB * sin + widthB * cos &&
    alongAxis(b.angle) < lengthB + a.halfLengthM * cos + a.halfWidthM * sin &&
    alongAxis(b.angle + Math.PI / 2) < widthB + a.halfLengthM * sin + a.halfWidthM * cos
  );
}

/** Corners of a footprint in its box, as fractions of the half sides, counter-clockwise. */
const outlines: Record<Footprint, Vec[]> = {
  plain: [
    [-1, -1],
    [1, -1],
    [1, 1],
    [-1, 1],
  ],
  ell: [
    [-1, -1],
    [1, -1],
    [1, 1],
    [0.25, 1],
    [0.25, -0.1],
    [-1, -0.1],
  ],
  court: [
    [-1, -1],
    [1, -1],
    [1, 1],
    [0.4, 1],
    [0.4, -0.3],
    [-0.4, -0.3],
    [-0.4, 1],
    [-1, 1],
  ],
  notched: [
    [-1, -0.6],
    [-0.55, -0.6],
    [-0.55, -1],
    [-0.15, -1],
    [-0.15, -0.6],
    [0.3, -0.6],
    [0.3, -1],
    [0.7, -1],
    [0.7, -0.6],
    [1, -0.6],
    [1, 1],
    [-1, 1],
  ],
};

export function toFeature({ box, footprint, heightM }: Building): BasemapFeature {
  const ring: Line = outlines[footprint].map(([u, v]) =>
    along(along(box.centre, box.angle, u * box.halfLengthM), box.angle + Math.PI / 2, v * box.halfWidthM),
  );
  return { layer: 'buildings', rings: [toRing(ring)], heightM };
}
