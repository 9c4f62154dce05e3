import type { RoadInput } from '#road/build.ts';
import { CellHeap } from './cell-heap.ts';
import { distance, fromLngLat, type Vec } from './plane.ts';

/** The quickest drive from the road point nearest to `from` to a node, over ways that are not built into a graph yet. */
export function shortestWalk(roads: RoadInput, from: Vec, to: number): { line: Vec[]; travelTimeS: number } {
  const at = new Map([...roads.nodes].map(([node, position]) => [node, fromLngLat(position)]));
  const arcs = new Map<number, { to: number; seconds: number }[]>();
  for (const way of roads.ways) {
    for (let i = 1; i < way.nodes.length; i++) {
      const [a, b] = [way.nodes[i - 1] as number, way.nodes[i] as number];
      const seconds = distance(at.get(a) as Vec, at.get(b) as Vec) / (way.speedKmh / 3.6);
      if (way.oneway >= 0) put(arcs, a, { to: b, seconds });
      if (way.oneway <= 0) put(arcs, b, { to: a, seconds });
    }
  }
  let start = to;
  let startM = Number.POSITIVE_INFINITY;
  for (const [node, position] of at) {
    const off = distance(position, from);
    if (off >= startM || !arcs.has(node)) continue;
    start = node;
    startM = off;
  }
  const cost = new Map([[start, 0]]);
  const came = new Map<number, number>();
  const heap = new CellHeap();
  heap.push(start, 0);
  const done = new Set<number>();
  while (heap.size > 0) {
    const node = heap.pop();
    if (node === to) break;
    if (done.has(node)) continue;
    done.add(node);
    for (const arc of arcs.get(node) ?? []) {
      const total = (cost.get(node) as number) + arc.seconds;
      if (total >= (cost.get(arc.to) ?? Number.POSITIVE_INFINITY)) continue;
      cost.set(arc.to, total);
      came.set(arc.to, node);
      heap.push(arc.to, total);
    }
  }
  const travelTimeS = cost.get(to);
  if (travelTimeS === undefined)
    throw new Error(`drive: node ${to} cannot be reached; expected a connected network`);
  const nodes: number[] = [];
  for (let node: number | undefined = to; node !== undefined; node = came.get(node)) nodes.push(node);
  return { line: nodes.reverse().map(node => at.get(node) as Vec), travelTimeS };
}

function put<T>(map: Map<number, T[]>, key: number, value: T): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
