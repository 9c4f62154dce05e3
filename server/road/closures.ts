/**
 * Exact answers while roads are closed. A closure only ever makes ways longer, so what the hierarchy says of the open
 * network stands wherever no shortest way leads over a closed arc; only the rest is searched anew.
 */
import type { NodePath, Seed, Seeds, TravelEngine } from './engine.ts';
import { entriesOf, type RoadGraph, unreached } from './graph.ts';
import { MinHeap } from './heap.ts';

/** With more closed arcs than this it is cheaper to take every pair for affected than to find out. */
const mostArcsAsked = 400;

/** Which cells of a matrix are not what they are on the open network. */
interface Affected {
  rows: Set<number>;
  columns: Set<number>;
  cells: Uint8Array;
}

/** Closed edges cannot be driven through from end to end; who is on one may still leave it, and help may come in. */
export class ClosureEngine implements TravelEngine {
  private readonly graph: RoadGraph;
  private readonly open: TravelEngine;
  private readonly closedArcs: number[];
  private readonly isClosed: Uint8Array;
  private readonly isAffected: Uint8Array;
  private readonly frontier = new MinHeap();

  /**
   * `open` answers for the network without closures, and is asked by one engine at a time. Darts (2e along edge e,
   * 2e + 1 against it) are closed in their one direction.
   */
  constructor(
    graph: RoadGraph,
    open: TravelEngine,
    closedEdges: ReadonlySet<number>,
    closedDarts: ReadonlySet<number> = new Set(),
  ) {
    this.graph = graph;
    this.open = open;
    const darts = new Set(
      [...closedEdges].flatMap(edge => [edge * 2, edge * 2 + 1]).concat([...closedDarts]),
    );
    this.closedArcs = Array.from(darts).flatMap(dart => arcsOf(graph, dart));
    this.isClosed = new Uint8Array(graph.arcCount);
    for (const arc of this.closedArcs) this.isClosed[arc] = 1;
    this.isAffected = new Uint8Array(graph.nodeCount);
  }

  matrix(from: readonly Seeds[], to: readonly Seeds[]): Int32Array {
    const result = this.open.matrix(from, to);
    const { rows, columns, cells } = this.affectedCells(from, to, result);
    const byRow = rows.size <= columns.size;
    for (const line of byRow ? rows : columns) {
      const nodeDs = byRow ? this.timesFrom(from[line]!) : this.timesTo(to[line]!);
      for (const other of byRow ? columns : rows) {
        const cell = byRow ? line * to.length + other : other * to.length + line;
        if (cells[cell] === 1) result[cell] = throughSeeds(nodeDs, byRow ? to[other]! : from[other]!).ds;
      }
    }
    return result;
  }

  path(from: Seeds, to: Seeds): NodePath | null {
    const open = this.open.path(from, to);
    if (!open?.arcs.some(arc => this.isClosed[arc])) return open;
    const nodeDs = this.timesFrom(from);
    const { ds, node: last } = throughSeeds(nodeDs, to);
    if (ds >= unreached) return null;
    const arcs: number[] = [];
    let node = last;
    while (!from.some(seed => seed.node === node && seed.ds === nodeDs[node])) {
      const arc = this.tightArc(nodeDs, node);
      arcs.push(arc);
      node = this.graph.arcFrom[arc]!;
    }
    return { ds, startNode: node, arcs: arcs.reverse() };
  }

  timesFrom(seeds: Seeds): Int32Array {
    return this.repair(this.open.timesFrom(seeds), seeds, walkOf(this.graph, true));
  }

  timesTo(seeds: Seeds): Int32Array {
    return this.repair(this.open.timesTo(seeds), seeds, walkOf(this.graph, false));
  }

  /** The pairs of which a shortest way on the open network leads over a closed arc. */
  private affectedCells(from: readonly Seeds[], to: readonly Seeds[], openDs: Int32Array): Affected {
    const overClosedDs = this.closedArcs.length <= mostArcsAsked ? this.overClosedArcsDs(from, to) : null;
    const affected: Affected = { rows: new Set(), columns: new Set(), cells: new Uint8Array(openDs.length) };
    for (let cell = 0; cell < openDs.length; cell++) {
      if (openDs[cell]! >= unreached || (overClosedDs && overClosedDs[cell]! > openDs[cell]!)) continue;
      affected.cells[cell] = 1;
      affected.rows.add(Math.floor(cell / to.length));
      affected.columns.add(cell % to.length);
    }
    return affected;
  }

  /** Times of the quickest ways that lead over some closed arc, were they open. */
  private overClosedArcsDs(from: readonly Seeds[], to: readonly Seeds[]): Int32Array {
    const { arcFrom, arcTo, arcDs } = this.graph;
    const arcs = this.closedArcs;
    const at = (ends: Uint32Array): Seeds[] => arcs.map(arc => [{ node: ends[arc]!, ds: 0 }]);
    const toTail = this.open.matrix(from, at(arcFrom));
    const fromHead = this.open.matrix(at(arcTo), to);
    const best = new Int32Array(from.length * to.length).fill(unreached);
    for (let row = 0; row < from.length; row++) {
      for (let i = 0; i < arcs.length; i++) {
        const ds = toTail[row * arcs.length + i]! + arcDs[arcs[i]!]!;
        if (ds >= unreached) continue;
        for (let column = 0, cell = row * to.length; column < to.length; column++, cell++) {
          const total = ds + fromHead[i * to.length + column]!;
          if (total < best[cell]!) best[cell] = total;
        }
      }
    }
    return best;
  }

  /** The open arc by which a node is reached at its time. */
  private tightArc(nodeDs: Int32Array, node: number): number {
    const { inOffset, inArc, arcFrom, arcDs } = this.graph;
    for (let k = inOffset[node]!; k < inOffset[node + 1]!; k++) {
      const arc = inArc[k]!;
      if (!this.isClosed[arc] && nodeDs[arcFrom[arc]!]! + arcDs[arc]! === nodeDs[node]!) return arc;
    }
    throw new Error(
      `No way leads to node ${node} in the ${nodeDs[node]} tenths of a second that were found.`,
    );
  }

  /**
   * Turns times on the open network into those with closures (Ramalingam and Reps 1996, for arcs that go away):
   * finds the nodes to which every shortest way is gone, in order of their times, and searches those anew.
   */
  private repair(nodeDs: Int32Array, seeds: Seeds, walk: Walk): Int32Array {
    const affected = this.affectedNodes(nodeDs, seeds, walk);
    const { frontier, isClosed, isAffected } = this;
    const { ahead, arcDs } = walk;
    const fromOutsideDs = affected.map(node => this.fromOutsideDs(nodeDs, seeds, walk, node));
    frontier.clear();
    affected.forEach((node, i) => {
      nodeDs[node] = fromOutsideDs[i]!;
      if (fromOutsideDs[i]! < unreached) frontier.push(fromOutsideDs[i]!, node);
    });
    while (frontier.size > 0) {
      const ds = frontier.topKey;
      const node = frontier.pop();
      if (ds > nodeDs[node]!) continue;
      for (let k = ahead.offset[node]!; k < ahead.offset[node + 1]!; k++) {
        const arc = ahead.arcs === null ? k : ahead.arcs[k]!;
        const next = ahead.ends[arc]!;
        const nextDs = ds + arcDs[arc]!;
        if (nextDs >= nodeDs[next]! || isClosed[arc]) continue;
        nodeDs[next] = nextDs;
        frontier.push(nextDs, next);
      }
    }
    for (const node of affected) isAffected[node] = 0;
    return nodeDs;
  }

  /** The nodes whose time does not stand; leaves them marked in `isAffected`. */
  private affectedNodes(nodeDs: Int32Array, seeds: Seeds, walk: Walk): number[] {
    const { frontier, isAffected } = this;
    const { ahead, back, arcDs } = walk;
    const affected: number[] = [];
    frontier.clear();
    for (const arc of this.closedArcs) {
      const ds = nodeDs[back.ends[arc]!]! + arcDs[arc]!;
      const end = ahead.ends[arc]!;
      if (ds < unreached && ds === nodeDs[end]!) frontier.push(ds, end);
    }
    while (frontier.size > 0) {
      const ds = frontier.topKey;
      const node = frontier.pop();
      if (isAffected[node] || this.fromOutsideDs(nodeDs, seeds, walk, node) === ds) continue;
      isAffected[node] = 1;
      affected.push(node);
      for (let k = ahead.offset[node]!; k < ahead.offset[node + 1]!; k++) {
        const arc = ahead.arcs === null ? k : ahead.arcs[k]!;
        const next = ahead.ends[arc]!;
        if (ds + arcDs[arc]! === nodeDs[next]!) frontier.push(nodeDs[next]!, next);
      }
    }
    return affected;
  }

  /** The time at a node from the seeds, or over an open arc from a node whose time stands. */
  private fromOutsideDs(nodeDs: Int32Array, seeds: Seeds, { back, arcDs }: Walk, node: number): number {
    const { isClosed, isAffected } = this;
    let best = unreached;
    for (const seed of seeds) if (seed.node === node && seed.ds < best) best = seed.ds;
    for (let k = back.offset[node]!; k < back.offset[node + 1]!; k++) {
      const arc = back.arcs === null ? k : back.arcs[k]!;
      const before = back.ends[arc]!;
      const ds = nodeDs[before]! + arcDs[arc]!;
      if (ds < best && !isAffected[before] && !isClosed[arc]) best = ds;
    }
    return best;
  }
}

/** Arcs by the node at one of their ends: entries `offset[n] … offset[n + 1]` of `arcs`, or of the arcs themselves. */
interface Side {
  offset: Uint32Array;
  arcs: Uint32Array | null;
  /** Arc → the node at the other end. */
  ends: Uint32Array;
}

/** A direction to search in. */
interface Walk {
  ahead: Side;
  back: Side;
  arcDs: Int32Array;
}

function walkOf(graph: RoadGraph, withArcs: boolean): Walk {
  const leaving: Side = { offset: graph.arcOffset, arcs: null, ends: graph.arcTo };
  const entering: Side = { offset: graph.inOffset, arcs: graph.inArc, ends: graph.arcFrom };
  const { arcDs } = graph;
  return withArcs ? { ahead: leaving, back: entering, arcDs } : { ahead: entering, back: leaving, arcDs };
}

/** All arcs of one direction of an edge, also those from copies of its junction. */
function arcsOf(graph: RoadGraph, dart: number): number[] {
  const edge = dart >> 1;
  return entriesOf(graph, edge, dart % 2 === 0 ? 0 : 1).flatMap(node => {
    const arcs: number[] = [];
    for (let arc = graph.arcOffset[node]!; arc < graph.arcOffset[node + 1]!; arc++)
      if (graph.arcEdge[arc] === edge) arcs.push(arc);
    return arcs;
  });
}

/** The quickest of several ends, given the times at the nodes; `unreached` when none is. */
function throughSeeds(nodeDs: Int32Array, seeds: Seeds): Seed {
  let best: Seed = { node: -1, ds: unreached };
  for (const { node, ds } of seeds) if (nodeDs[node]! + ds < best.ds) best = { node, ds: nodeDs[node]! + ds };
  return best;
}
