import type { BasemapFeature } from '../source.ts';
import { traceStreams } from './streams.ts';
import { traceCanals } from './countryside-water.ts';
import { SegmentIndex } from './segment-index.ts';
import {
  distance,
  insideArea,
  type Line,
  mix,
  offsetLine,
  projectFraction,
  smooth,
  toLngLat,
  toRing,
  type Vec,
} from './plane.ts';
import { Raster } from './raster.ts';
import type { Random } from '#domain/random.ts';
import type { Terrain } from './terrain.ts';

/** Where water is, and which lines and areas of it the map shows. */
export interface Water {
  /** True when the point is in a river or the reservoir, or within `marginM` of one. */
  isWet: (p: Vec, marginM?: number) => boolean;
  /** True in the reservoir or within `marginM` of its shore; rivers do not count. */
  inLake(p: Vec, marginM: number): boolean;
  features: BasemapFeature[];
  /** Streams too narrow to be areas: buildings keep off, roads cross on culverts. */
  streams: Line[];
  /** Ditches of the plain, to be treated like streams. */
  canals: Line[];
}

/** Most of the county is far from any river, and most questions are about it: a raster answers those at once. */
const riversideM = 130;

function riverside(terrain: Terrain): Raster {
  const raster = new Raster([0, 0], terrain.scale.halfM, 200);
  const reach = Math.ceil((riversideM + 120) / raster.cellM) + 1;
  for (const { line } of terrain.rivers) {
    for (const p of line) {
      const middle = raster.indexOf(p);
      for (let row = -reach; row <= reach; row++) {
        for (let column = -reach; column <= reach; column++)
          raster.values[middle + row * raster.size + column] = 1;
      }
    }
  }
  return raster;
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
    const left = smooth(
      offsetLine(river.line, i => river.halfWidthM[i] ?? 0),
      1,
    );
    const right = smooth(
      offsetLine(river.line, i => -(river.halfWidthM[i] ?? 0)),
      1,
    );
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

  const riverReachM = 65;
  const near = riverside(terrain);
  const inRiver = (p: Vec, marginM: number): boolean =>
    (marginM > riversideM || near.values[near.indexOf(p)]! > 0) &&
    banks.some(p, riverReachM + marginM, (a, b, width) => {
      const t = projectFraction(p, a, b);
      return distance(p, mix(a, b, t)) < width.from + (width.to - width.from) * t + marginM;
    });
  const [outer = []] = terrain.lake;
  const lakeRadiusM = Math.max(...outer.map(p => distance(p, terrain.lakeCentre)));
  const inLake = (p: Vec, marginM: number): boolean => {
    if (distance(p, terrain.lakeCentre) > lakeRadiusM + marginM) return false;
    if (insideArea(p, terrain.lake)) return true;
    return (
      marginM > 0 &&
      shores.some(p, marginM, (a, b) => distance(p, mix(a, b, projectFraction(p, a, b))) < marginM)
    );
  };
  const isWet = (p: Vec, marginM = 0): boolean => inRiver(p, marginM) || inLake(p, marginM);
  const streams = traceStreams(terrain, isWet, random);
  const canals = traceCanals(terrain, isWet, random.fork('canals'));
  return { isWet, inLake, features, streams, canals };
}
