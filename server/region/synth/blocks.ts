import type { Network, RoadStyle } from './network.ts';
import {
  centroid,
  distance,
  heading,
  insideRing,
  type Line,
  segmentDistance,
  signedArea,
  type Vec,
} from './plane.ts';

/** The ground between streets. */
export interface Block {
  /** Along the middle of the streets around it, counter-clockwise, first point not repeated. */
  ring: Line;
  areaM2: number;
  centre: Vec;
  /** Direction of the long side of the smallest box around it, and the box's sides. */
  angle: number;
  lengthM: number;
  widthM: number;
  /** One per side of the ring: the street there. Side i runs from ring[i] to ring[i + 1]. */
  sides: RoadStyle[];
}

/** The faces of the street network whose corners all pass `contains`, dead ends ignored. */
export function findBlocks(
  network: Network,
  centre: Vec,
  reachM: number,
  contains: (p: Vec) => boolean,
): Block[] {
  const links = new Map<number, { to: number; style: RoadStyle; angle: number }[]>();
  const link = (from: number, to: number, style: RoadStyle): void => {
    const angle = heading(network.nodes[from] as Vec, network.nodes[to] as Vec);
    const list = links.get(from);
    if (list) list.push({ to, style, angle });
    else links.set(from, [{ to, style, angle }]);
  };
  network.eachEdge(centre, centre, reachM, edge => {
    if ((edge.style.level ?? 0) !== 0) return;
    if (!contains(network.nodes[edge.a] as Vec) || !contains(network.nodes[edge.b] as Vec)) return;
    link(edge.a, edge.b, edge.style);
    link(edge.b, edge.a, edge.style);
  });
  dropDeadEnds(links);
  for (const list of links.values()) list.sort((a, b) => a.angle - b.angle);
  const walked = new Set<string>();
  const blocks: Block[] = [];
  for (const [start, list] of links) {
    for (const first of list) {
      if (walked.has(`${start}>${first.to}`)) continue;
      const ring: Line = [];
      const sides: RoadStyle[] = [];
      let from = start;
      let step = first;
      for (let guard = 0; guard < 2_000 && !walked.has(`${from}>${step.to}`); guard++) {
        walked.add(`${from}>${step.to}`);
        ring.push(network.nodes[from] as Vec);
        sides.push(step.style);
        const around = links.get(step.to) ?? [];
        // Sharpest left turn: the link before the way back, counter-clockwise.
        const back = around.findIndex(candidate => candidate.to === from);
        from = step.to;
        step = around[(back + around.length - 1) % around.length] ?? step;
      }
      const areaM2 = signedArea(ring);
      if (areaM2 > 900) blocks.push({ ring, sides, areaM2, centre: centroid(ring), ...smallestBox(ring) });
    }
  }
  return blocks;
}

function dropDeadEnds(links: Map<number, { to: number }[]>): void {
  const queue = [...links.keys()];
  for (let node = queue.pop(); node !== undefined; node = queue.pop()) {
    const list = links.get(node);
    if (!list || list.length > 1) continue;
    links.delete(node);
    for (const { to } of list) {
      const other = links.get(to);
      if (!other) continue;
      other.splice(
        other.findIndex(back => back.to === node),
        1,
      );
      queue.push(to);
    }
  }
}

/** The smallest rectangle around a ring among those that lie along one of its sides. */
function smallestBox(ring: Line): { angle: number; lengthM: number; widthM: number } {
  let best = { angle: 0, lengthM: 0, widthM: 0 };
  let bestArea = Number.POSITIVE_INFINITY;
  for (let i = 0; i < ring.length; i++) {
    const a = ring[i] as Vec;
    const b = ring[(i + 1) % ring.length] as Vec;
    if (distance(a, b) < 15) continue;
    const angle = heading(a, b);
    const cos = Math.cos(angle);
    const sin = Math.sin(angle);
    let [lowU, highU, lowV, highV] = [Infinity, -Infinity, Infinity, -Infinity];
    for (const [x, y] of ring) {
      const u = x * cos + y * sin;
      const v = y * cos - x * sin;
      lowU = Math.min(lowU, u);
      highU = Math.max(highU, u);
      lowV = Math.min(lowV, v);
      highV = Math.max(highV, v);
    }
    const [length, width] = [highU - lowU, highV - lowV];
    if (length * width >= bestArea) continue;
    bestArea = length * width;
    best =
      length >= width
        ? { angle, lengthM: length, widthM: width }
        : { angle: angle + Math.PI / 2, lengthM: width, widthM: length };
  }
  return best;
}

/** Metres from a point inside to the nearest side of the ring; negative outside. */
export function depthInside(p: Vec, ring: Line): number {
  if (!insideRing(p, ring)) return -1;
  let depth = Number.POSITIVE_INFINITY;
  for (let i = 0; i < ring.length; i++) {
    depth = Math.min(depth, segmentDistance(p, ring[i] as Vec, ring[(i + 1) % ring.length] as Vec));
  }
  return depth;
}

const indexCellM = 150;

/** Blocks hashed into the square cells that their boxes touch, to ask which one holds a point. */
export class BlockIndex {
  private readonly cells = new Map<number, Block[]>();

  constructor(blocks: readonly Block[]) {
    for (const block of blocks) {
      const xs = block.ring.map(([x]) => Math.floor(x / indexCellM));
      const ys = block.ring.map(([, y]) => Math.floor(y / indexCellM));
      for (let x = Math.min(...xs); x <= Math.max(...xs); x++) {
        for (let y = Math.min(...ys); y <= Math.max(...ys); y++) {
          const key = x * 131_072 + y;
          const cell = this.cells.get(key);
          if (cell) cell.push(block);
          else this.cells.set(key, [block]);
        }
      }
    }
  }

  /** The block that holds the point. */
  at(p: Vec): Block | undefined {
    const cell = this.cells.get(Math.floor(p[0] / indexCellM) * 131_072 + Math.floor(p[1] / indexCellM));
    return cell?.find(({ ring }) => insideRing(p, ring));
  }
}
