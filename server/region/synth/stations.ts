import type { BasemapFeature, StationSeed } from '../source.ts';
import { fractalNoise } from './noise.ts';
import { outside, type Partition, buildPartition } from './partition.ts';
import { along, distance, toLngLat, toRing, type Vec } from './plane.ts';
import { Raster } from './raster.ts';
import type { Random } from '#domain/random.ts';
import type { Settlements, Township } from './settlements.ts';
import type { Terrain } from './terrain.ts';

/** A police station before its building is chosen. */
export interface StationArea {
  name: string;
  nameEn: string;
  /** Index of its township. */
  township: number;
  wished: Vec;
}

export interface Beats {
  areas: StationArea[];
  partition: Partition;
}

/** Stations of the county town, by the direction in which each one's beat lies. */
const townStations = [
  { name: '鹿鸣派出所', nameEn: 'Luming Police Station', turn: 2.0 },
  { name: '文昌派出所', nameEn: 'Wenchang Police Station', turn: 0.35 },
  { name: '江南派出所', nameEn: 'Jiangnan Police Station', turn: -1.7 },
];

/** Shares the county out among its stations: each place to the nearest, with borders that wander as old ones do. */
export function drawBeats(terrain: Terrain, settlements: Settlements, random: Random): Beats {
  const [seat, ...others] = settlements.townships as [Township, ...Township[]];
  const areas: StationArea[] = [];
  const seeds: { at: Vec; headStartM: number; area: number }[] = [];
  for (const { name, nameEn, turn } of townStations) {
    const wished = along(seat.centre, terrain.riverAngle + turn, seat.radiusM * 0.5);
    seeds.push({ at: wished, headStartM: seat.radiusM * 0.75, area: areas.length });
    areas.push({ name, nameEn, township: 0, wished });
  }
  others.forEach((township, i) => {
    seeds.push({ at: township.centre, headStartM: township.radiusM, area: areas.length });
    // The industrial park is Chakou's.
    if (i === 0) seeds.push({ at: settlements.park.centre, headStartM: 1_700, area: areas.length });
    areas.push({
      name: `${township.name.zh}派出所`,
      nameEn: `${township.name.en} Police Station`,
      township: i + 1,
      wished: township.centre,
    });
  });
  const wide = fractalNoise(random.fork('wide'), 4_200, 2);
  const fine = fractalNoise(random.fork('fine'), 1_100, 3);
  const raster = new Raster([0, 0], terrain.scale.halfM, Math.max(130, terrain.scale.halfM / 130));
  const partition = buildPartition(
    raster,
    p => {
      if (terrain.insideM(...p) <= 0) return outside;
      const calm = Math.min(
        1,
        Math.hypot(...p) / (seat.radiusM * 1.6),
        distance(p, settlements.park.centre) / 2_800,
      );
      const warped: Vec = [
        p[0] + (wide(p[0], p[1]) * 1_300 + fine(p[0], p[1]) * 420) * calm,
        p[1] + (wide(p[1], p[0]) * 1_300 + fine(p[1], p[0]) * 420) * calm,
      ];
      let best = 0;
      let bestM = Number.POSITIVE_INFINITY;
      for (const seed of seeds) {
        const off = distance(warped, seed.at) - seed.headStartM;
        if (off < bestM) {
          bestM = off;
          best = seed.area;
        }
      }
      return best;
    },
    areas.length,
  );
  return { areas, partition };
}

/** County border (level 6) and township borders (level 8). */
export function drawBoundaries(beats: Beats): BasemapFeature[] {
  const townshipOf = (area: number): number => beats.areas[area]?.township ?? outside;
  const features: BasemapFeature[] = [];
  for (const { line, left, right } of beats.partition.borders) {
    if (left === outside || right === outside)
      features.push({ layer: 'boundaries', level: 6, line: line.map(toLngLat) });
    else if (townshipOf(left) !== townshipOf(right))
      features.push({ layer: 'boundaries', level: 8, line: line.map(toLngLat) });
  }
  return features;
}

/** The stations with their jurisdictions; `siteOf` finds each a building near where it wants to be. */
export function toStations(beats: Beats, siteOf: (area: StationArea, index: number) => Vec): StationSeed[] {
  return beats.areas.map((area, i) => ({
    id: `s${i + 1}`,
    name: area.name,
    nameEn: area.nameEn,
    position: toLngLat(siteOf(area, i)),
    jurisdiction: (beats.partition.polygons[i] ?? []).map(polygon => polygon.map(toRing)),
  }));
}
