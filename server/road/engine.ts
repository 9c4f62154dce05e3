/** What the router asks of whoever finds the ways between nodes: the hierarchy, or Dijkstra while roads are closed. */

/** Where a search begins or ends: a graph node, and the tenths of a second between it and the real start or end. */
export interface Seed {
  node: number;
  ds: number;
}
export type Seeds = readonly Seed[];

/** A way through the graph. Without arcs it stays at `startNode`. */
export interface NodePath {
  ds: number;
  startNode: number;
  /** Graph arcs in driving order. */
  arcs: number[];
}

/** All times are tenths of a second; `unreached` (of graph.ts) where there is no way. */
export interface TravelEngine {
  /** Row-major: `from.length` × `to.length`. */
  matrix(from: readonly Seeds[], to: readonly Seeds[]): Int32Array;
  path(from: Seeds, to: Seeds): NodePath | null;
  /** To every graph node from the seeds; the array is the caller's. */
  timesFrom(seeds: Seeds): Int32Array;
  /** From every graph node to the seeds; the array is the caller's. */
  timesTo(seeds: Seeds): Int32Array;
}
