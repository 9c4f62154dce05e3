/** Input of the road graph: what an importer knows of the roads, before any graph is built. */

export const roadClasses = [
  'motorway',
  'trunk',
  'primary',
  'secondary',
  'tertiary',
  'unclassified',
  'residential',
  'livingStreet',
  'service',
  'track',
  'ferry',
] as const;
export type RoadClass = (typeof roadClasses)[number];

export interface RoadWay {
  /** Source id (OSM way id); kept so that an edge can be traced back. */
  id: number;
  /** Node refs in order; each is a key of `RoadInput.nodes`. */
  nodes: number[];
  /** 1: only along the node order, -1: only against it, 0: both ways. */
  oneway: -1 | 0 | 1;
  speedKmh: number;
  roadClass: RoadClass;
  /** A ramp or link road of its class. */
  link: boolean;
  surface: 'paved' | 'unpaved';
  bridge: boolean;
  tunnel: boolean;
  name?: string;
  nameEn?: string;
  ref?: string;
}

/** A turn that is forbidden, or the only one that is allowed. Ways and nodes are named by their source ids. */
export interface TurnRestriction {
  /** Source id (OSM relation id). */
  id: number;
  /** From `from` nothing but the way over `via` to `to` is allowed, turning round included; else just that is forbidden. */
  only: boolean;
  /** Way ids; more than one means the same for each ('no entry' from any of them). */
  from: number[];
  /** Where one turns: a node, or ways that lie between `from` and `to`, in driving order. */
  via: { node: number } | { ways: number[] };
  /** Way ids; more than one means the same for each ('no exit' into any of them). */
  to: number[];
}

export interface RoadInput {
  /** Node ref → [lng, lat]. */
  nodes: Map<number, [number, number]>;
  ways: RoadWay[];
  restrictions: TurnRestriction[];
  /** Nodes that no car gets past (bollards, locked gates): roads lead up to them from each side and end there. */
  barriers: number[];
  /** Rules that the source holds and that are not among the above. */
  leftOut?: {
    /** Turn restrictions that are incomplete or say what is not understood. */
    restrictions: number;
    /** Rules for some hours or days only: the roads are taken as they are the rest of the time. */
    timed: number;
  };
}
