/**
 * Junctions with their copies: who comes in under a turn restriction arrives at a copy of the junction, from which
 * only the allowed darts leave. Everywhere else there is one node a junction, so the hierarchy stays node-based.
 */
import { strongComponents } from './components.ts';
import { type Darts, edgeOfDart } from './darts.ts';
import { groupBy } from './group.ts';
import type { ForbiddenRun } from './restrictions.ts';

/** Nodes 0 … junctionCount − 1 are the junctions themselves, the copies follow, those of one junction side by side. */
export interface TurnNodes {
  nodeCount: number;
  /** Node → junction. */
  nodeJunction: Uint32Array;
  /** Copies of junction j are nodes `copyOffset[j] … copyOffset[j + 1]`. */
  copyOffset: Uint32Array;
  /** Parallel: one entry for each node and dart that leaves it, in order of `from` and then of `dart`. */
  from: number[];
  to: number[];
  dart: number[];
}

/**
 * The automaton that recognises the forbidden runs (Aho and Corasick 1975), laid over the network: a copy stands for
 * 'has just driven the beginning of a forbidden run'. Every walk on these nodes is a walk on the darts without a
 * forbidden run, and the other way about.
 */
export function turnNodes(darts: Darts, junctionCount: number, runs: readonly ForbiddenRun[]): TurnNodes {
  const forbidden = new Set(runs.map(String));
  const begun = new Map<string, ForbiddenRun>();
  for (const run of runs)
    for (let length = 1; length < run.length; length++)
      begun.set(String(run.slice(0, length)), run.slice(0, length));
  const beginnings = [...begun.values()];
  const { offset, order } = groupBy(
    beginnings.map(run => darts.head(run.at(-1)!)),
    junctionCount,
  );
  const copyOffset = offset.map(copies => junctionCount + copies);
  const copies = Array.from(order, i => beginnings[i]!);
  const nodeOf = new Map(copies.map((run, i) => [String(run), junctionCount + i]));
  const firstCopy = new Map(
    copies.flatMap((run, i) => (run.length === 1 ? [[run[0]!, junctionCount + i]] : [])),
  );
  const junctionOf = (node: number): number =>
    node < junctionCount ? node : darts.head(copies[node - junctionCount]!.at(-1)!);

  /** The node at the end of a dart for who has driven `before` until then; −1 when that is forbidden. */
  const arrive = (before: ForbiddenRun, dart: number): number => {
    if (before.length === 0) return firstCopy.get(dart) ?? darts.head(dart);
    let node = darts.head(dart);
    for (let start = before.length; start >= 0; start--) {
      const key = [...before.slice(start), dart].join();
      if (forbidden.has(key)) return -1;
      node = nodeOf.get(key) ?? node;
    }
    return node;
  };
  const nodeCount = junctionCount + copies.length;
  const result: TurnNodes = {
    nodeCount,
    nodeJunction: Uint32Array.from({ length: nodeCount }, (_, node) => junctionOf(node)),
    copyOffset,
    from: [],
    to: [],
    dart: [],
  };
  for (let node = 0; node < nodeCount; node++) {
    const before = node < junctionCount ? [] : copies[node - junctionCount]!;
    for (const dart of darts.leaving(result.nodeJunction[node]!)) {
      const to = arrive(before, dart);
      if (to < 0) continue;
      result.from.push(node);
      result.to.push(to);
      result.dart.push(dart);
    }
  }
  return result;
}

/**
 * Edges that the restrictions have cut off: one cannot drive from the rest of the network to them, or from them to
 * the rest.
 */
export function cutOffEdges(nodes: TurnNodes, edgeCount: number): Set<number> {
  const { nodeCount, from, to, dart } = nodes;
  const ahead = groupBy(from, nodeCount);
  const back = groupBy(to, nodeCount);
  const { label, sizes } = strongComponents(
    ahead.offset,
    ahead.order.map(arc => to[arc]!),
  );
  const main = sizes.indexOf(sizes.reduce((most, size) => Math.max(most, size), 0));
  const core = Array.from(label.keys()).filter(node => label[node] === main);
  const reached = spread(core, ahead, to);
  const reaching = spread(core, back, from);
  const canCome = new Uint8Array(edgeCount);
  const canGo = new Uint8Array(edgeCount);
  from.forEach((node, arc) => {
    const edge = edgeOfDart(dart[arc]!);
    if (reached[node]) canCome[edge] = 1;
    // Who stands on the edge has no history, so it counts how one leaves it from the junction itself.
    if (node === nodes.nodeJunction[node] && reaching[to[arc]!]) canGo[edge] = 1;
  });
  const cutOff = new Set<number>();
  for (let edge = 0; edge < edgeCount; edge++) if (!canCome[edge] || !canGo[edge]) cutOff.add(edge);
  return cutOff;
}

/** Marks what is reached from the start nodes over grouped arcs that end at `ends`. */
function spread(
  start: number[],
  arcs: { offset: Uint32Array; order: Uint32Array },
  ends: number[],
): Uint8Array {
  const marked = new Uint8Array(arcs.offset.length - 1);
  const pending = [...start];
  for (const node of start) marked[node] = 1;
  while (pending.length > 0) {
    const node = pending.pop()!;
    for (let k = arcs.offset[node]!; k < arcs.offset[node + 1]!; k++) {
      const next = ends[arcs.order[k]!]!;
      if (marked[next]) continue;
      marked[next] = 1;
      pending.push(next);
    }
  }
  return marked;
}
