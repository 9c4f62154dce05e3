/** The contraction hierarchy: the road graph with shortcuts, so that a query only ever climbs (Geisberger et al. 2008). */

/**
 * Arcs between each hierarchy node and more important ones. Arcs of node n are entries `offset[n] … offset[n + 1]`.
 */
export interface Ladder {
  offset: Uint32Array;
  /** 2 per entry, side by side because searches read both: the other node (< n), and the tenths of a second. */
  arc: Int32Array;
  /** Per entry, ≥ 0: the graph's arc itself; < 0: a shortcut over hierarchy node `~via`. */
  via: Int32Array;
}

/** Nodes are renumbered by importance: 0 is the most important, contracted last. */
export interface Hierarchy {
  nodeCount: number;
  /** Graph node → hierarchy node. */
  rankOf: Uint32Array;
  /** Hierarchy node → graph node. */
  nodeAt: Uint32Array;
  /** Travel from n up to the other node. */
  up: Ladder;
  /** Travel from the other node down to n. */
  down: Ladder;
}

/** What the hierarchy needs of a graph: any directed graph with positive times, parallel arcs and unconnected parts allowed. */
export interface Arcs {
  nodeCount: number;
  arcOffset: Uint32Array;
  arcTo: Uint32Array;
  arcDs: Int32Array;
}
