import { fractalNoise, type Noise } from './noise.ts';
import {
  distance,
  type Line,
  nearestOnLine,
  offsetLine,
  segmentDistance,
  simplify,
  smoothstep,
  type Vec,
} from './plane.ts';
import { contourRings, polygonsOf, Raster } from './raster.ts';
import type { Random } from '#domain/random.ts';

/** Sizes that follow from the population; everything else is measured against them. */
export interface Scale {
  population: number;
  /** Mean radius of the county. */
  countyRadiusM: number;
  /** Radius of the county town's ring road. */
  townRadiusM: number;
  /** Half the width of the square in which anything is drawn. */
  halfM: number;
}

/** Area and town grow with the population, so density, and with it the look of a map sheet, stays the same. */
export function scaleOf(population: number): Scale {
  const factor = Math.sqrt(population / 60_000);
  const countyRadiusM = 12_500 * factor;
  return { population, countyRadiusM, townRadiusM: 1_750 * factor, halfM: countyRadiusM * 1.46 + 1_500 };
}

export interface Watercourse {
  name: string;
  nameEn: string;
  line: Line;
  /** Half the width at each vertex of `line`. */
  halfWidthM: number[];
}

export interface Terrain {
  scale: Scale;
  /** Main river first, then the tributary that drains the reservoir. */
  rivers: Watercourse[];
  /** Outer ring, then the islands. */
  lake: Line[];
  lakeCentre: Vec;
  /** Metres above the valley floor. */
  heightM(x: number, y: number): number;
  /** Roughly the metres to the county's border: positive inside, negative outside. */
  insideM(x: number, y: number): number;
  /** Direction of the river's flow near the county town, radians. */
  riverAngle: number;
}

/** A gently wandering line across the county through `offsetM` to the left of the centre, heading `angle`. */
function wanderingLine(
  scale: Scale,
  noise: Noise,
  angle: number,
  offsetM: number,
  calmM: number,
  stepM: number,
): Line {
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  const reachM = scale.countyRadiusM * 1.3;
  const swing = (t: number): number =>
    noise(t / 5_200, 0.5) * 1_500 + noise(t / 1_500, 9.5) * 330 * smoothstep(calmM * 0.4, calmM, Math.abs(t));
  const atCentre = swing(0);
  const line: Line = [];
  for (let t = -reachM; t <= reachM; t += stepM) {
    const side = offsetM + swing(t) - atCentre;
    line.push([t * cos - side * sin, t * sin + side * cos]);
  }
  return line;
}

/** Builds the ground: county outline, river valley, hills and the reservoir with its island. */
export function buildTerrain(scale: Scale, random: Random): Terrain {
  const riverAngle = random.range(-0.45, 0.2);
  const shape = fractalNoise(random.fork('outline'), scale.countyRadiusM * 0.8, 4);
  const insideM = (x: number, y: number): number => {
    const wobble = shape(x, y) * 0.4 + shape(y * 3.1 + 7e4, x * 3.1) * 0.13;
    return scale.countyRadiusM * (1 + wobble) - Math.hypot(x * 0.9, y * 1.1);
  };

  const main = wanderingLine(
    scale,
    fractalNoise(random.fork('river'), 1, 1),
    riverAngle,
    -scale.townRadiusM * 0.24,
    scale.townRadiusM * 2,
    60,
  );
  const river: Watercourse = {
    name: '云溪江',
    nameEn: 'Yunxi River',
    line: main,
    halfWidthM: main.map((_, i) => 26 + (22 * i) / main.length + 6 * Math.sin(i * 0.21)),
  };

  // The reservoir lies up in the hills on the river's left side, away from town and county border.
  const lakeAngle = riverAngle + Math.PI / 2 + random.range(0.25, 0.8) * (random.chance(0.5) ? 1 : -1);
  const lakeCentre: Vec = [
    Math.cos(lakeAngle) * scale.countyRadiusM * 0.52,
    Math.sin(lakeAngle) * scale.countyRadiusM * 0.52,
  ];
  const lake = drawLake(lakeCentre, Math.min(1_500, scale.countyRadiusM * 0.085), random.fork('lake'));

  const hills = fractalNoise(random.fork('hills'), 6_500, 5);
  const ridges = fractalNoise(random.fork('ridges'), 3_600, 4);
  const coarse = main.filter((_, i) => i % 9 === 0);
  const ground = new Raster([0, 0], scale.halfM, Math.max(150, scale.halfM / 110)).fill((x, y) => {
    const riverM = nearestOnLine([x, y], coarse).distanceM;
    const townM = Math.hypot(x, y);
    const lakeM = distance([x, y], lakeCentre);
    const valley =
      smoothstep(350, 4_200, riverM) * smoothstep(scale.townRadiusM * 1.1, scale.townRadiusM * 2.6, townM);
    const relief = 88 + hills(x, y) * 390 + (1 - Math.abs(ridges(x, y)) * 2) * 105;
    return Math.max(0, valley * relief * smoothstep(500, 1_900, lakeM) + (hills(x * 2, y * 2) + 1) * 12);
  });
  const tributary = drainLake(
    lake[0] ?? [],
    lakeCentre,
    main,
    scale.townRadiusM * 1.25 + 380,
    random.fork('tributary'),
  );
  return {
    scale,
    rivers: [river, tributary],
    lake,
    lakeCentre,
    riverAngle,
    insideM,
    heightM: (x, y) => ground.sample(x, y),
  };
}

/** A dendritic shoreline: the level line of a warped dome, with one islet raised in it. */
function drawLake(centre: Vec, radiusM: number, random: Random): Line[] {
  const warp = fractalNoise(random.fork('warp'), radiusM * 1.1, 3);
  const shore = fractalNoise(random.fork('shore'), radiusM * 0.75, 3);
  const islandAngle = random.range(0, Math.PI * 2);
  const island: Vec = [
    centre[0] + Math.cos(islandAngle) * radiusM * 0.28,
    centre[1] + Math.sin(islandAngle) * radiusM * 0.28,
  ];
  const field = new Raster(centre, radiusM * 2, 30).fill((x, y) => {
    const wx = x - centre[0] + warp(x, y) * radiusM * 0.7;
    const wy = y - centre[1] + warp(y, x) * radiusM * 0.7;
    const dome = 1 - Math.hypot(wx * 0.8, wy * 1.25) / radiusM + shore(x, y) * 0.55;
    const calm = 0.5 * Math.exp(-((Math.hypot(x - centre[0], y - centre[1]) / (radiusM * 0.5)) ** 2));
    return dome + calm - 2.6 * Math.exp(-((distance([x, y], island) / (radiusM * 0.13)) ** 2));
  });
  const polygons = polygonsOf(contourRings(field), 8_000);
  const largest = polygons.at(-1);
  if (!largest)
    throw new Error('synthetic county: the reservoir came out empty; expected at least one shoreline');
  return largest.map(ring => simplify(ring, 4));
}

/** The stream bed from the reservoir's dam, winding down to the nearest part of the river without coming within `keepOffM` of the county town. */
function drainLake(shore: Line, lakeCentre: Vec, river: Line, keepOffM: number, random: Random): Watercourse {
  let dam = shore[0] as Vec;
  let mouth = river[0] as Vec;
  let nearest = Number.POSITIVE_INFINITY;
  for (const [i, point] of shore.entries()) {
    if (i % 4 !== 0) continue;
    for (const end of river) {
      const lengthM = distance(point, end);
      if (lengthM >= nearest || segmentDistance([0, 0], point, end) < keepOffM) continue;
      nearest = lengthM;
      dam = point;
      mouth = end;
    }
  }
  const noise = fractalNoise(random, 1, 2);
  const lengthM = distance(dam, mouth);
  const steps = Math.max(8, Math.round(lengthM / 70));
  const straight: Line = Array.from({ length: steps + 1 }, (_, i) => [
    dam[0] + ((mouth[0] - dam[0]) * i) / steps,
    dam[1] + ((mouth[1] - dam[1]) * i) / steps,
  ]);
  const bend = (i: number): number => Math.sin((Math.PI * i) / steps) * (noise((i * 70) / 900, 3.5) * 380);
  const start: Vec = [dam[0] + (lakeCentre[0] - dam[0]) * 0.1, dam[1] + (lakeCentre[1] - dam[1]) * 0.1];
  const line = [start, ...offsetLine(straight, bend)];
  return {
    name: '青萝河',
    nameEn: 'Qingluo River',
    line,
    halfWidthM: line.map((_, i) => 6 + (6 * i) / line.length),
  };
}
