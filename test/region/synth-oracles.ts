/** Slow and simple answers that the synthetic county is checked against. */
import type { RoadInput } from '../../server/road/build.ts';
import type { LngLat } from '../../server/region/source.ts';

type Box = readonly [west: number, east: number, south: number, north: number];
const boxes = new WeakMap<LngLat[][], Box>();

function boxOf(rings: LngLat[][]): Box {
  const known = boxes.get(rings);
  if (known) return known;
  let box: Box = [180, -180, 90, -90];
  for (const [lng, lat] of rings.flat()) {
    box = [Math.min(box[0], lng), Math.max(box[1], lng), Math.min(box[2], lat), Math.max(box[3], lat)];
  }
  boxes.set(rings, box);
  return box;
}

/** Even–odd rule over all rings, so that a point in a hole is outside. */
export function inPolygon([x, y]: LngLat, rings: LngLat[][]): boolean {
  const [west, east, south, north] = boxOf(rings);
  if (x < west || x > east || y < south || y > north) return false;
  let inside = false;
  for (const ring of rings) {
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
      const [ax, ay] = ring[i] as LngLat;
      const [bx, by] = ring[j] as LngLat;
      if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
    }
  }
  return inside;
}

/** Metres from a point to a segment, on a plane that is right near the point. */
export function metresToSegment(p: LngLat, a: LngLat, b: LngLat): number {
  const lngM = 111_320 * Math.cos((p[1] * Math.PI) / 180);
  const [ax, ay] = [(a[0] - p[0]) * lngM, (a[1] - p[1]) * 110_772];
  const [dx, dy] = [(b[0] - a[0]) * lngM, (b[1] - a[1]) * 110_772];
  const squared = dx * dx + dy * dy;
  const t = squared === 0 ? 0 : Math.min(1, Math.max(0, -(ax * dx + ay * dy) / squared));
  return Math.hypot(ax + dx * t, ay + dy * t);
}

/** Nodes reachable from `start` along the arcs. */
function reach(arcs: Map<number, number[]>, start: number): Set<number> {
  const seen = new Set([start]);
  const stack = [start];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    for (const next of arcs.get(node) ?? []) {
      if (seen.has(next)) continue;
      seen.add(next);
      stack.push(next);
    }
  }
  return seen;
}

/** Size of the strongly connected piece around some well-connected node: what it reaches and is reached from. */
export function largestStrongComponent({ ways }: RoadInput): number {
  const out = new Map<number, number[]>();
  const into = new Map<number, number[]>();
  const put = (map: Map<number, number[]>, from: number, to: number): void => {
    map.set(from, [...(map.get(from) ?? []), to]);
  };
  for (const way of ways) {
    way.nodes.slice(1).forEach((b, i) => {
      const a = way.nodes[i] as number;
      if (way.oneway >= 0) {
        put(out, a, b);
        put(into, b, a);
      }
      if (way.oneway <= 0) {
        put(out, b, a);
        put(into, a, b);
      }
    });
  }
  const start = ways.find(way => way.roadClass === 'primary')?.nodes[0] as number;
  const from = reach(into, start);
  let both = 0;
  for (const node of reach(out, start)) if (from.has(node)) both++;
  return both;
}

const side = (a: LngLat, b: LngLat, c: LngLat): number =>
  (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);

/** Pairs of ground edges of any two ways that cross properly (not at a shared node), as 'way×way'. */
export function crossingsWithoutNode({ nodes, ways }: RoadInput): string[] {
  const cell = 0.001;
  const cells = new Map<string, { way: number; a: number; b: number }[]>();
  const found: string[] = [];
  for (const way of ways) {
    if (way.bridge || way.tunnel) continue;
    for (let i = 1; i < way.nodes.length; i++) {
      const edge = { way: way.id, a: way.nodes[i - 1] as number, b: way.nodes[i] as number };
      const [pa, pb] = [nodes.get(edge.a) as LngLat, nodes.get(edge.b) as LngLat];
      const met = new Set<object>();
      for (
        let x = Math.floor(Math.min(pa[0], pb[0]) / cell);
        x <= Math.floor(Math.max(pa[0], pb[0]) / cell);
        x++
      ) {
        for (
          let y = Math.floor(Math.min(pa[1], pb[1]) / cell);
          y <= Math.floor(Math.max(pa[1], pb[1]) / cell);
          y++
        ) {
          const list = cells.get(`${x},${y}`) ?? [];
          for (const other of list) {
            if (met.has(other)) continue;
            met.add(other);
            if (edge.a === other.a || edge.a === other.b || edge.b === other.a || edge.b === other.b)
              continue;
            const [qa, qb] = [nodes.get(other.a) as LngLat, nodes.get(other.b) as LngLat];
            if (side(pa, pb, qa) * side(pa, pb, qb) < 0 && side(qa, qb, pa) * side(qa, qb, pb) < 0) {
              found.push(`${edge.way}×${other.way}`);
            }
          }
          cells.set(`${x},${y}`, [...list, edge]);
        }
      }
    }
  }
  return found;
}
