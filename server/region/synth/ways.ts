import type { RoadInput, RoadWay } from '#road/build.ts';
import type { Edge, Network, RoadStyle } from './network.ts';
import { crossFraction, distance, mix, segmentDistance, toLngLat, type Vec } from './plane.ts';
import type { Sign } from './turns.ts';
import type { Water } from './water.ts';

/** Removes what would look unfinished: streets of a few metres that lead nowhere. Two rounds, since one may bare another. */
export function pruneStubs(network: Network): void {
  for (let round = 0; round < 2; round++) {
    for (let node = 0; node < network.nodes.length; node++) {
      const chain = chainFrom(network, node);
      if (!chain || chain.lengthM > 26 || chain.edges.some(edge => edge.style.oneway || edge.style.link))
        continue;
      for (const edge of chain.edges) network.remove(edge);
    }
  }
}

/** The edges from a dead end to the next junction. */
function chainFrom(network: Network, deadEnd: number): { edges: Edge[]; lengthM: number } | null {
  let edges = network.edgesAt(deadEnd);
  if (edges.length !== 1) return null;
  const chain: Edge[] = [];
  let lengthM = 0;
  let node = deadEnd;
  for (let edge = edges[0]; edge && lengthM < 40; ) {
    chain.push(edge);
    lengthM += distance(network.nodes[edge.a] as Vec, network.nodes[edge.b] as Vec);
    node = edge.a === node ? edge.b : edge.a;
    edges = network.edgesAt(node);
    if (edges.length !== 2) break;
    const before: Edge = edge;
    edge = edges.find(candidate => candidate !== before);
  }
  return { edges: chain, lengthM };
}

/**
 * Makes one connected network of it: a piece that lies within reach of the rest is tied to it by a short road, a piece
 * that does not is taken away.
 */
export function joinPieces(network: Network, water: Water): void {
  const piece = labelPieces(network);
  const pieces: number[][] = [];
  piece.forEach((label, node) => {
    if (label >= 0) (pieces[label] ??= []).push(node);
  });
  const main = pieces.reduce(
    (best, nodes, label) => (nodes.length > (pieces[best]?.length ?? 0) ? label : best),
    0,
  );
  for (const [label, members] of pieces.entries()) {
    if (label === main) continue;
    let best: { node: number; point: Vec; distanceM: number } | undefined;
    for (const node of members) {
      const here = network.nodes[node] as Vec;
      network.eachEdge(here, here, 220, edge => {
        if (piece[edge.a] !== main || (edge.style.level ?? 0) !== 0) return;
        const a = network.nodes[edge.a] as Vec;
        const b = network.nodes[edge.b] as Vec;
        const middle = mix(a, b, 0.5);
        for (const point of [a, b, middle]) {
          const distanceM = distance(here, point);
          if (distanceM < (best?.distanceM ?? 220) && !water.isWet(mix(here, point, 0.5), 4))
            best = { node, point, distanceM };
        }
      });
    }
    if (best) {
      const to = network.nodeAt(best.point, 0, 2);
      const [own] = network.edgesAt(best.node);
      const style: RoadStyle =
        own?.style.roadClass === 'track' ? { ...own.style } : { roadClass: 'service', speedKmh: 20 };
      const line = [network.nodes[best.node] as Vec, network.nodes[to] as Vec];
      network.addLine(line, style, { from: best.node, to, snapM: 1 });
    } else {
      for (const node of members) for (const edge of network.edgesAt(node)) network.remove(edge);
    }
  }
}

function labelPieces(network: Network): Int32Array {
  const piece = new Int32Array(network.nodes.length).fill(-1);
  let label = 0;
  for (let start = 0; start < piece.length; start++) {
    if (piece[start] !== -1 || network.edgesAt(start).length === 0) continue;
    const stack = [start];
    piece[start] = label;
    for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
      for (const edge of network.edgesAt(node)) {
        const other = edge.a === node ? edge.b : edge.a;
        if (piece[other] !== -1) continue;
        piece[other] = label;
        stack.push(other);
      }
    }
    label++;
  }
  return piece;
}

/** True where an edge has to be carried: over water, or, for the higher of two levels, over another road. */
function isBridge(network: Network, water: Water, edge: Edge): boolean {
  if (edge.style.tunnel) return false;
  const a = network.nodes[edge.a] as Vec;
  const b = network.nodes[edge.b] as Vec;
  for (const t of [0.08, 0.3, 0.5, 0.7, 0.92]) if (water.isWet(mix(a, b, t))) return true;
  const level = edge.style.level ?? 0;
  if (level === 0) return false;
  let crosses = false;
  network.eachEdge(a, b, 0, other => {
    if (crosses || (other.style.level ?? 0) >= level || other.style.tunnel) return;
    if (other.a === edge.a || other.a === edge.b || other.b === edge.a || other.b === edge.b) return;
    crosses = crossFraction(a, b, network.nodes[other.a] as Vec, network.nodes[other.b] as Vec) !== null;
  });
  return crosses;
}

/**
 * Turns the network into ways, each as long as one style runs or until a sign stands, and drops points that the shape
 * does not need. Ways and nodes are numbered from 1.
 */
export function toRoadInput(
  network: Network,
  water: Water,
  signs: readonly Sign[],
  bollards: number[],
): RoadInput {
  const groups = new Map<RoadStyle, [plain: Edge[], bridges: Edge[]]>();
  for (const edge of network.edges) {
    if (!edge.alive) continue;
    const group = groups.get(edge.style) ?? [[], []];
    group[isBridge(network, water, edge) ? 1 : 0].push(edge);
    groups.set(edge.style, group);
  }
  const input: RoadInput = { nodes: new Map(), ways: [], restrictions: [], barriers: [] };
  const cuts = new Set(signs.flatMap(({ via }) => (typeof via === 'number' ? [via] : [via.a, via.b])));
  const signed = new Set(
    signs.flatMap(({ from, via, to }) => (typeof via === 'number' ? [from, to] : [from, via, to])),
  );
  const kept = new Set([...cuts, ...bollards]);
  const wayOf = new Map<Edge, number>();
  for (const [style, group] of groups) {
    group.forEach((edges, bridge) => {
      for (const chain of chainsOf(edges).flatMap(whole => cutChain(whole, cuts))) {
        const nodes = thin(network, chain.nodes, kept);
        const id = input.ways.length + 1;
        input.ways.push(toWay(id, nodes, style, bridge === 1));
        for (const node of nodes) input.nodes.set(node + 1, toLngLat(network.nodes[node] as Vec));
        for (const edge of chain.edges) if (signed.has(edge)) wayOf.set(edge, id);
      }
    });
  }
  input.restrictions = signs.map(({ from, via, to, only }, i) => ({
    id: i + 1,
    only,
    from: [wayOf.get(from)!],
    via: typeof via === 'number' ? { node: via + 1 } : { ways: [wayOf.get(via)!] },
    to: [wayOf.get(to)!],
  }));
  input.barriers = bollards.map(node => node + 1);
  return input;
}

function toWay(id: number, nodes: number[], style: RoadStyle, bridge: boolean): RoadWay {
  return {
    id,
    nodes: nodes.map(node => node + 1),
    oneway: style.oneway ? 1 : 0,
    speedKmh: style.speedKmh,
    roadClass: style.roadClass,
    link: style.link ?? false,
    surface: style.unpaved ? 'unpaved' : 'paved',
    bridge,
    tunnel: style.tunnel ?? false,
    ...(style.name ? { name: style.name } : {}),
    ...(style.nameEn ? { nameEn: style.nameEn } : {}),
    ...(style.ref ? { ref: style.ref } : {}),
  };
}

/** Edges one after the other, with the nodes they join: one more of these. */
interface Chain {
  nodes: number[];
  edges: Edge[];
}

/** Chains that cover the edges, each edge once and along its direction. */
function chainsOf(edges: Edge[]): Chain[] {
  const out = new Map<number, Edge[]>();
  const into = new Map<number, Edge[]>();
  const put = (map: Map<number, Edge[]>, node: number, edge: Edge): void => {
    const list = map.get(node);
    if (list) list.push(edge);
    else map.set(node, [edge]);
  };
  for (const edge of edges) {
    put(out, edge.a, edge);
    put(into, edge.b, edge);
  }
  const used = new Set<Edge>();
  const follow = (map: Map<number, Edge[]>, node: number): Edge | undefined =>
    map.get(node)?.find(edge => !used.has(edge));
  const chains: Chain[] = [];
  for (const edge of edges) {
    if (used.has(edge)) continue;
    used.add(edge);
    const chain = [edge];
    for (let next = follow(out, edge.b); next; next = follow(out, next.b)) {
      used.add(next);
      chain.push(next);
    }
    const head: Edge[] = [];
    for (let before = follow(into, edge.a); before; before = follow(into, before.a)) {
      used.add(before);
      head.push(before);
    }
    const all = [...head.reverse(), ...chain];
    chains.push({ nodes: [all[0]!.a, ...all.map(({ b }) => b)], edges: all });
  }
  return chains;
}

/** The parts of a chain between the nodes at which it is cut. */
function cutChain({ nodes, edges }: Chain, cuts: ReadonlySet<number>): Chain[] {
  const parts: Chain[] = [];
  let from = 0;
  for (let i = 1; i < nodes.length; i++) {
    if (i < nodes.length - 1 && !cuts.has(nodes[i]!)) continue;
    parts.push({ nodes: nodes.slice(from, i + 1), edges: edges.slice(from, i) });
    from = i;
  }
  return parts;
}

/** Leaves out nodes of degree two that lie within half a metre of the line between the nodes kept around them. */
function thin(network: Network, chain: number[], keep: ReadonlySet<number>): number[] {
  const kept = [chain[0] as number];
  let skipped: number[] = [];
  for (let i = 1; i < chain.length; i++) {
    const node = chain[i] as number;
    const next = chain[i + 1];
    if (next !== undefined && network.edgesAt(node).length === 2 && !keep.has(node)) {
      const from = network.nodes[kept.at(-1) as number] as Vec;
      const to = network.nodes[next] as Vec;
      const flat = [...skipped, node].every(
        other => segmentDistance(network.nodes[other] as Vec, from, to) < 0.5,
      );
      if (flat) {
        skipped.push(node);
        continue;
      }
    }
    kept.push(node);
    skipped = [];
  }
  return kept;
}
