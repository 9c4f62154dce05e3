import type { BasemapFeature } from '../source.ts';
import { traceStreams } from './streams.ts';
import { SegmentIndex } from './segment-index.ts';
import {
  distance,
  insideRing,
  type Line,
  mix,
  nearestOnLine,
  offsetLine,
  projectFraction,
  smooth,
  toLngLat,
  toRing,
  type Vec,
} from './plane.ts';
import type { Random } from './random.ts';
import type { Terrain } from './terrain.ts';

/** Where water is, and which lines and areas of it the map shows. */
export interface Water {
  /** True when the point is in a river or the reservoir, or within `marginM` of one. */
  isWet(p: Vec, marginM?: number): boolean;
  /** True in the reservoir or within `marginM` of its shore; rivers do not count. */
  inLake(p: Vec, marginM: number): boolean;
  /** Metres from the main river's middle line. */
  riverDistanceM(p: Vec): number;
  features: BasemapFeature[];
  /** Streams too narrow to be areas: buildings keep off, roads cross on culverts. */
  streams: Line[];
}

/** Rivers as areas, the reservoir with its island, streams as lines, and one fast test for 'is this wet'. */
export function buildWater(terrain: Terrain, random: Random): Water {
  const banks = new SegmentIndex<{ from: number; to: number; main: boolean }>(120);
  const features: BasemapFeature[] = [];
  terrain.rivers.forEach((river, order) => {
    for (let i = 1; i < river.line.length; i++) {
      const widths = { from: river.halfWidthM[i - 1] ?? 0, to: river.halfWidthM[i] ?? 0, main: order === 0 };
      banks.add(river.line[i - 1] as Vec, river.line[i] as Vec, widths);
    }
    const left = smooth(offsetLine(river.line, (i) => river.halfWidthM[i] ?? 0), 1);
    const right = smooth(offsetLine(river.line, (i) => -(river.halfWidthM[i] ?? 0)), 1);
    features.push(
      { layer: 'water', kind: 'river', rings: [toRing([...left, ...right.reverse()])], name: river.name },
      { layer: 'waterways', kind: 'river', line: river.line.map(toLngLat), name: river.name },
    );
  });
  const shores = new SegmentIndex<undefined>(120);
  for (const ring of terrain.lake) {
    ring.forEach((here, i) => {
      shores.add(here, ring[(i + 1) % ring.length] as Vec, undefined);
    });
  }
  features.push({ layer: 'water', kind: 'reservoir', rings: terrain.lake.map(toRing), name: '青萝水库' });

  const riverReachM = 120;
  const inRiver = (p: Vec, marginM: number): boolean =>
    banks.some(p, riverReachM + marginM, (a, b, width) => {
      const t = projectFraction(p, a, b);
      return distance(p, mix(a, b, t)) < width.from + (width.to - width.from) * t + marginM;
    });
  const [outer = [], ...islands] = terrain.lake;
  const inLake = (p: Vec, marginM: number): boolean => {
    if (insideRing(p, outer) && !islands.some((island) => insideRing(p, island))) return true;
    return marginM > 0 && shores.some(p, marginM, (a, b) => distance(p, mix(a, b, projectFraction(p, a, b))) < marginM);
  };
  const isWet = (p: Vec, marginM = 0): boolean => inRiver(p, marginM) || inLake(p, marginM);
  const streams = traceStreams(terrain, isWet, random);
  for (const line of streams) features.push({ layer: 'waterways', kind: 'stream', line: line.map(toLngLat) });
  const mainLine = terrain.rivers[0]?.line ?? [];
  return { isWet, inLake, features, streams, riverDistanceM: (p) => nearestOnLine(p, mainLine).distanceM };
}
