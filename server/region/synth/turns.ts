import type { Divided } from './carriageways.ts';
import type { Edge, Network, RoadStyle } from './network.ts';
import { distance, heading, mix } from './plane.ts';
import type { Random } from '#domain/random.ts';

/** A turn that a sign forbids, in terms of the network's edges; `via` is a node, or the edge between. */
export interface Sign {
  from: Edge;
  via: number | Edge;
  to: Edge;
  only: boolean;
}

const main = new Set<RoadStyle['roadClass']>(['trunk', 'primary', 'secondary']);

/** Puts up turn restrictions on divided roads and at undivided main crossings. */
export const putUpSigns = (network: Network, divided: readonly Divided[], random: Random): Sign[] => [
  ...divided.flatMap(road => signsOf(network, road, random)),
  ...crossingSigns(network, random),
];

/** At an opening: no turning round, or no turning left at all. */
function signsOf(network: Network, { forth, back, openings }: Divided, random: Random): Sign[] {
  const signs: Sign[] = [];
  for (const { right, left } of openings) {
    const link = network
      .edgesAt(right)
      .find(edge => (edge.a === right ? edge.b : edge.a) === left && edge.style !== forth);
    if (!link || link.style.link) continue;
    for (const [near, far, own, other] of [
      [right, left, forth, back],
      [left, right, back, forth],
    ] as const) {
      const from = network.edgesAt(near).find(edge => edge.style === own && edge.b === near);
      const round = network.edgesAt(far).find(edge => edge.style === other && edge.a === far);
      if (!from || !round || !passes(link, near)) continue;
      if (random.chance(0.14)) signs.push({ from, via: near, to: link, only: false });
      else if (random.chance(0.35)) signs.push({ from, via: link, to: round, only: false });
    }
  }
  return signs;
}

/** At a plain crossing of main roads: now and then no turn to the left, or from a side street only one to the right. */
function crossingSigns(network: Network, random: Random): Sign[] {
  const signs: Sign[] = [];
  network.nodes.forEach((_, node) => {
    const edges = network.edgesAt(node);
    const mains = edges.filter(edge => main.has(edge.style.roadClass) && !edge.style.link);
    if (edges.length < 3 || mains.length < 2 || edges.some(edge => (edge.style.level ?? 0) !== 0)) return;
    for (const from of edges) {
      if (!passes(from, from.a === node ? from.b : from.a)) continue;
      const isMain = main.has(from.style.roadClass);
      const turns = edges.flatMap(to => {
        if (to === from || !passes(to, node)) return [];
        const turn = turnOf(network, from, node, to);
        return Math.abs(turn) > 0.8 && Math.abs(turn) < 2.6 ? [{ to, turn }] : [];
      });
      const leftTurn = turns.find(({ turn }) => turn > 0);
      const rightTurn = turns.find(({ turn }) => turn < 0);
      if (isMain && leftTurn && mains.length >= 4 && random.chance(0.06))
        signs.push({ from, via: node, to: leftTurn.to, only: false });
      else if (!isMain && rightTurn && leftTurn && from.style.roadClass === 'tertiary' && random.chance(0.08))
        signs.push({ from, via: node, to: rightTurn.to, only: true });
    }
  });
  return signs;
}

/** Whether a car may drive along an edge starting at `from`. */
const passes = (edge: Edge, from: number): boolean => !edge.style.oneway || edge.a === from;

/** Radians to the left between the way in and the way out. */
function turnOf(network: Network, from: Edge, node: number, to: Edge): number {
  const before = network.nodes[from.a === node ? from.b : from.a]!;
  const after = network.nodes[to.a === node ? to.b : to.a]!;
  const here = network.nodes[node]!;
  const turn = heading(here, after) - heading(before, here);
  return Math.atan2(Math.sin(turn), Math.cos(turn));
}

/**
 * Bollards across living streets and lanes that have another way out on either side, at most `share` of the lanes.
 */
export function placeBollards(network: Network, share: number, random: Random): number[] {
  const nodes: number[] = [];
  const done = new Set<RoadStyle>();
  for (const edge of network.edges) {
    const { style } = edge;
    if (!edge.alive || style.roadClass !== 'livingStreet' || style.oneway || !style.name || done.has(style))
      continue;
    done.add(style);
    if (!random.chance(share)) continue;
    const [a, b] = [network.nodes[edge.a]!, network.nodes[edge.b]!];
    if (distance(a, b) < 16 || !hasDetour(network, edge)) continue;
    nodes.push(network.split(edge, mix(a, b, 0.5)));
  }
  return nodes;
}

/** True when one gets from one end of an edge to the other without it, not too far about and against no one-way street. */
function hasDetour(network: Network, without: Edge): boolean {
  for (const [start, goal] of [
    [without.a, without.b],
    [without.b, without.a],
  ] as const) {
    const seen = new Set([start]);
    const queue = [start];
    for (let i = 0; i < queue.length && i < 400 && !seen.has(goal); i++) {
      for (const edge of network.edgesAt(queue[i]!)) {
        const next = edge.a === queue[i] ? edge.b : edge.a;
        if (edge === without || seen.has(next) || !passes(edge, queue[i]!)) continue;
        seen.add(next);
        queue.push(next);
      }
    }
    if (!seen.has(goal)) return false;
  }
  return true;
}
