import type { RoadWay } from '../../server/road/build.ts';

/** A way like any other: a paved street for both directions, 100 m in 10 s. */
export const street = (id: number, nodes: number[], more: Partial<RoadWay> = {}): RoadWay => ({
  id,
  nodes,
  oneway: 0,
  speedKmh: 36,
  roadClass: 'residential',
  link: false,
  surface: 'paved',
  bridge: false,
  tunnel: false,
  ...more,
});
