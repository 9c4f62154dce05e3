import type { Edge, Network, RoadStyle } from './network.ts';
import { coursesOf, edgesByStyle } from './paths.ts';
import { distance, type Vec } from './plane.ts';
import type { TownPlan } from './town.ts';

const narrow = new Set<RoadStyle['roadClass']>(['tertiary', 'residential', 'livingStreet']);

/**
 * Makes through streets of the old town one-way, neighbours in opposite directions. Streets that end blind, fork or are
 * all that holds a quarter together stay as they are.
 */
export function layOneWays(network: Network, plan: TownPlan, share: number): RoadStyle[] {
  const streets: { edges: Edge[]; course: number[]; middle: Vec; angle: number }[] = [];
  for (const [style, edges] of edgesByStyle(network)) {
    const first = network.nodes[edges[0]!.a]!;
    if (!narrow.has(style.roadClass) || style.oneway || !style.name) continue;
    if (distance(first, plan.centre) > plan.radiusM || plan.newness(first) > 0.45) continue;
    const [course, ...others] = coursesOf(network, edges);
    if (!course || others.length > 0 || course.length < 4) continue;
    const through = [course[0]!, course.at(-1)!].every(node => network.edgesAt(node).length >= 3);
    const middle = network.nodes[course[course.length >> 1]!]!;
    if (through) streets.push({ edges, course, middle, angle: plan.direction(middle) });
  }
  const offset = ({ middle, angle }: { middle: Vec; angle: number }): number =>
    (middle[1] - plan.centre[1]) * Math.cos(angle) - (middle[0] - plan.centre[0]) * Math.sin(angle);
  streets.sort((a, b) => offset(a) - offset(b));
  const chosen = streets.filter((_, i) => (i * 0.618) % 1 < share);
  return chosen.map(({ edges, course }, i) => {
    if (i % 2 === 1) course.reverse();
    const rank = new Map(course.map((node, at) => [node, at]));
    for (const edge of edges) if (rank.get(edge.a)! > rank.get(edge.b)!) [edge.a, edge.b] = [edge.b, edge.a];
    const { style } = edges[0]!;
    style.oneway = true;
    return style;
  });
}

/** Opens one-way streets again until every road can be reached and left from everywhere. */
export function mendOneWays(network: Network, oneWays: readonly RoadStyle[]): void {
  const left = new Set(oneWays);
  while (left.size > 0) {
    const reached = mainland(network);
    const trouble = new Set<RoadStyle>();
    for (const { a, b, alive, style } of network.edges)
      if (alive && left.has(style) && !(reached[a] && reached[b])) trouble.add(style);
    if (trouble.size === 0) return;
    for (const style of trouble) {
      style.oneway = false;
      left.delete(style);
    }
  }
}

/** The nodes from which everything can be reached and that can be reached from everywhere. */
function mainland(network: Network): Uint8Array {
  const start = network.edges.find(edge => edge.alive && edge.style.roadClass === 'primary')!.a;
  const walk = (backwards: boolean): Uint8Array => {
    const seen = new Uint8Array(network.nodes.length);
    const stack = [start];
    seen[start] = 1;
    for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
      for (const { a, b, style } of network.edgesAt(node)) {
        const [from, to] = backwards ? [b, a] : [a, b];
        const next = from === node ? to : style.oneway ? node : from;
        if (seen[next]) continue;
        seen[next] = 1;
        stack.push(next);
      }
    }
    return seen;
  };
  const [out, into] = [walk(false), walk(true)];
  return out.map((seen, node) => seen & into[node]!);
}
