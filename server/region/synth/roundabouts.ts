import type { Edge, Network, RoadStyle } from './network.ts';
import { distance, heading, mix, type Vec } from './plane.ts';
import type { TownPlan } from './town.ts';

/** Small enough that the corner houses keep off, and that what it encloses is no block to build on. */
const radiusM = 16.5;
const apartM = 1_100;
const major = new Set<RoadStyle['roadClass']>(['trunk', 'primary', 'secondary']);

/** Turns the busiest crossings of a town into roundabouts, at most `count`, well apart. Nothing must be built there yet. */
export function layRoundabouts(network: Network, plan: TownPlan, count: number): Vec[] {
  const candidates: { node: number; at: Vec; arms: number }[] = [];
  network.nodes.forEach((at, node) => {
    if (distance(at, plan.centre) > plan.radiusM * 1.4 || distance(at, plan.centre) < plan.radiusM * 0.22)
      return;
    const edges = network.edgesAt(node);
    const arms = edges.filter(({ style }) => major.has(style.roadClass) && (style.level ?? 0) === 0).length;
    const primary = edges.filter(({ style }) => style.roadClass === 'primary').length;
    if (arms >= 4 && arms === edges.length && primary >= 2) candidates.push({ node, at, arms });
  });
  const laid: Vec[] = [];
  for (const { node, at } of candidates.sort((a, b) => b.arms - a.arms)) {
    if (laid.length >= count) break;
    if (laid.every(other => distance(other, at) > apartM) && layRoundabout(network, node)) laid.push(at);
  }
  return laid;
}

/** Replaces a node by a ring that is driven counter-clockwise; false when a side street is in its way. */
function layRoundabout(network: Network, node: number): boolean {
  const centre = network.nodes[node]!;
  const arms = network.edgesAt(node).map(edge => cutArm(network, node, edge));
  if (arms.some(arm => arm === null)) return false;
  const [first] = network.edgesAt(node);
  const style: RoadStyle = { roadClass: first!.style.roadClass, speedKmh: 30, oneway: true };
  const ends = (arms as Arm[]).map(({ inside, last, at }) => {
    for (const edge of inside) network.remove(edge);
    const outer = distance(network.nodes[last.a]!, centre) > radiusM ? last.a : last.b;
    const end = network.addNode(at);
    network.addEdge(last.a === outer ? outer : end, last.a === outer ? end : outer, last.style);
    return { end, angle: heading(centre, at) };
  });
  ends.sort((a, b) => a.angle - b.angle);
  ends.forEach(({ end, angle }, i) => {
    const next = ends[(i + 1) % ends.length]!;
    const sweep = (next.angle - angle + Math.PI * 2) % (Math.PI * 2);
    const steps = Math.max(1, Math.round(sweep / 0.45));
    let before = end;
    for (let step = 1; step <= steps; step++) {
      const turned = angle + (sweep * step) / steps;
      const p: Vec = [centre[0] + Math.cos(turned) * radiusM, centre[1] + Math.sin(turned) * radiusM];
      const here = step === steps ? next.end : network.addNode(p);
      network.addEdge(before, here, style);
      before = here;
    }
  });
  return true;
}

interface Arm {
  /** The edges within the ring, the one that leaves it included. */
  inside: Edge[];
  last: Edge;
  /** Where the arm meets the ring. */
  at: Vec;
}

/** Follows a road outwards to the ring; null when it forks before. */
function cutArm(network: Network, node: number, first: Edge): Arm | null {
  const centre = network.nodes[node]!;
  const inside: Edge[] = [];
  let from = node;
  for (let edge = first; ; ) {
    inside.push(edge);
    const to = edge.a === from ? edge.b : edge.a;
    const [near, far] = [network.nodes[from]!, network.nodes[to]!];
    const farM = distance(far, centre);
    if (farM > radiusM + 4) {
      const nearM = distance(near, centre);
      return { inside, last: edge, at: mix(near, far, (radiusM - nearM) / (farM - nearM)) };
    }
    const onward = network.edgesAt(to).filter(next => next !== edge);
    if (onward.length !== 1 || inside.length > 6) return null;
    from = to;
    edge = onward[0]!;
  }
}
