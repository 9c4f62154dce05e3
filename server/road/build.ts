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

export interface RoadInput {
  /** Node ref → [lng, lat]. */
  nodes: Map<number, [number, number]>;
  ways: RoadWay[];
}
