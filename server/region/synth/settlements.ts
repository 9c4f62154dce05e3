import type { Corridors } from './corridors.ts';
import { along, distance, type Vec } from './plane.ts';
import { type Name, type NameBook, townshipNames } from './names.ts';
import type { Random } from '#domain/random.ts';
import type { Terrain } from './terrain.ts';
import type { Water } from './water.ts';

export interface Township {
  name: Name;
  /** 镇 or 乡. */
  rank: '镇' | '乡';
  centre: Vec;
  radiusM: number;
}

export interface Village {
  name: Name;
  centre: Vec;
  radiusM: number;
  /** A handful of houses up in the hills. */
  hamlet: boolean;
}

export interface Settlements {
  /** The county seat first, then Chakou of the story, then the others. */
  townships: Township[];
  villages: Village[];
  park: IndustrialPark;
}

export interface IndustrialPark {
  centre: Vec;
  /** Direction of its long side. */
  angle: number;
  halfLengthM: number;
  halfWidthM: number;
}

/** Chooses where people live: townships spread over the valleys, villages near them, hamlets in the hills. */
export function placeSettlements(
  terrain: Terrain,
  water: Water,
  corridors: Corridors,
  names: NameBook,
  random: Random,
): Settlements {
  const { scale } = terrain;
  const open = (p: Vec, marginM: number): boolean =>
    !water.isWet(p, marginM) && !water.inLake(p, marginM + 200) && !corridors.isNear(p, marginM + 120);
  const seat: Township = {
    name: townshipNames[0] as Name,
    rank: '镇',
    centre: [0, 0],
    radiusM: scale.townRadiusM,
  };
  const chakou = placeChakou(terrain, open, random.fork('chakou'));
  const townships = [seat, chakou];
  const count = Math.max(3, Math.round(7 * (scale.population / 60_000) ** 0.62));
  const townRandom = random.fork('townships');
  // In a populous county the market towns are large as well.
  const growth = Math.max(1, (scale.population / 250_000) ** 0.3);
  for (let i = 2; i < count; i++) {
    const name = townshipNames[i] ?? names.stem();
    const centre = bestCandidate(
      townRandom,
      90,
      p => {
        if (
          terrain.insideM(...p) < scale.countyRadiusM * 0.13 ||
          !open(p, 350) ||
          steepnessM(terrain, p) > 60
        )
          return null;
        const apart = Math.min(...townships.map(other => distance(other.centre, p) - other.radiusM));
        return apart > 2_600
          ? Math.min(apart, scale.countyRadiusM * 0.55) - terrain.heightM(...p) * 12
          : null;
      },
      scale.countyRadiusM,
    );
    if (centre)
      townships.push({
        name,
        rank: townRandom.chance(0.45) ? '镇' : '乡',
        centre,
        radiusM: townRandom.range(380, 560) * growth,
      });
  }
  const park = placePark(terrain, open, chakou, random.fork('park'));
  const taken: { centre: Vec; radiusM: number }[] = [
    ...townships,
    { centre: park.centre, radiusM: park.halfLengthM + 200 },
  ];
  const villages = [
    ...placeVillages(
      false,
      Math.round(96 * (scale.population / 60_000)),
      terrain,
      open,
      taken,
      names,
      random.fork('villages'),
    ),
    ...placeVillages(
      true,
      Math.round(130 * (scale.population / 60_000)),
      terrain,
      open,
      taken,
      names,
      random.fork('hamlets'),
    ),
  ];
  return { townships, villages, park };
}

const steepnessM = (terrain: Terrain, [x, y]: Vec): number =>
  Math.max(
    Math.abs(terrain.heightM(x + 300, y) - terrain.heightM(x - 300, y)),
    Math.abs(terrain.heightM(x, y + 300) - terrain.heightM(x, y - 300)),
  );

/** The best of `tries` random points in a square; `score` rejects with null. */
function bestCandidate(
  random: Random,
  tries: number,
  score: (p: Vec) => number | null,
  halfM: number,
): Vec | null {
  let best: Vec | null = null;
  let bestScore = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < tries; i++) {
    const p: Vec = [random.range(-halfM, halfM), random.range(-halfM, halfM)];
    const value = score(p);
    if (value !== null && value > bestScore) {
      best = p;
      bestScore = value;
    }
  }
  return best;
}

/** Chakou lies downstream of the town, near enough that its station and the town's work one case together. */
function placeChakou(terrain: Terrain, open: (p: Vec, marginM: number) => boolean, random: Random): Township {
  const { townRadiusM } = terrain.scale;
  let best: Vec = along([0, 0], terrain.riverAngle + 0.5, townRadiusM + 3_600);
  let bestScore = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < 80; i++) {
    const p = along(
      [0, 0],
      terrain.riverAngle + random.range(-0.1, 0.75),
      townRadiusM + random.range(3_100, 4_300),
    );
    const score = (open(p, 500) ? 1_000 : 0) - terrain.heightM(...p) - steepnessM(terrain, p) * 2;
    if (score > bestScore) {
      best = p;
      bestScore = score;
    }
  }
  return { name: townshipNames[1] as Name, rank: '镇', centre: best, radiusM: 760 };
}

/** The industrial park lies a few kilometres from Chakou, on the flattest free ground that takes its rectangle. */
function placePark(
  terrain: Terrain,
  open: (p: Vec, marginM: number) => boolean,
  chakou: Township,
  random: Random,
): IndustrialPark {
  const away = Math.atan2(chakou.centre[1], chakou.centre[0]);
  const shape = { halfLengthM: 900, halfWidthM: 560 };
  let best: IndustrialPark | null = null;
  let bestScore = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < 240; i++) {
    const centre = along(chakou.centre, away + random.range(-1.9, 1.9), random.range(2_300, 3_500));
    const park = { centre, angle: away + random.range(-1.5, 1.5), ...shape };
    let free = 0;
    let low = Number.POSITIVE_INFINITY;
    let high = 0;
    for (let u = -1; u <= 1; u += 0.5) {
      for (let v = -1.5; v <= 1; v += 0.5) {
        const p = along(
          along(centre, park.angle, u * park.halfLengthM),
          park.angle + Math.PI / 2,
          v * park.halfWidthM,
        );
        if (open(p, 90) && terrain.insideM(...p) > 500) free++;
        low = Math.min(low, terrain.heightM(...p));
        high = Math.max(high, terrain.heightM(...p));
      }
    }
    const townM = Math.hypot(...centre) - terrain.scale.townRadiusM;
    const score = free * 260 - (high - low) * 3 - low + Math.min(0, townM - 2_000);
    if (score > bestScore) {
      best = park;
      bestScore = score;
    }
  }
  return best as IndustrialPark;
}

function placeVillages(
  hamlet: boolean,
  count: number,
  terrain: Terrain,
  open: (p: Vec, marginM: number) => boolean,
  taken: { centre: Vec; radiusM: number }[],
  names: NameBook,
  random: Random,
): Village[] {
  const villages: Village[] = [];
  const { countyRadiusM } = terrain.scale;
  const apartM = hamlet ? 420 : 620;
  const grid = new Map<number, { centre: Vec; radiusM: number }[]>();
  const cell = (v: number): number => Math.floor(v / 1_500);
  const remember = (item: { centre: Vec; radiusM: number }): void => {
    const reach = Math.ceil((item.radiusM + apartM) / 1_500);
    for (let cx = cell(item.centre[0]) - reach; cx <= cell(item.centre[0]) + reach; cx++) {
      for (let cy = cell(item.centre[1]) - reach; cy <= cell(item.centre[1]) + reach; cy++) {
        const key = (cx + 4_096) * 8_192 + cy + 4_096;
        grid.set(key, [...(grid.get(key) ?? []), item]);
      }
    }
  };
  taken.forEach(remember);
  for (let attempt = 0; attempt < count * 60 && villages.length < count; attempt++) {
    const p: Vec = [random.range(-1.2, 1.2) * countyRadiusM, random.range(-1.2, 1.2) * countyRadiusM];
    const height = terrain.heightM(...p);
    if (terrain.insideM(...p) < 700 || !open(p, 200) || steepnessM(terrain, p) > (hamlet ? 150 : 95))
      continue;
    if (!random.chance(hamlet ? (height > 90 ? 0.9 : 0.25) : Math.exp(-height / 130))) continue;
    const near = grid.get((cell(p[0]) + 4_096) * 8_192 + cell(p[1]) + 4_096) ?? [];
    if (near.some(other => distance(other.centre, p) < other.radiusM + apartM)) continue;
    const village: Village = {
      name: names.village(),
      centre: p,
      radiusM: hamlet ? random.range(55, 95) : random.range(115, 250),
      hamlet,
    };
    villages.push(village);
    taken.push(village);
    remember(village);
  }
  return villages;
}
