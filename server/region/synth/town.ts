import type { Corridors } from './corridors.ts';
import { avenue, lane, type NameBook, type Name, road, street } from './names.ts';
import type { Network, RoadStyle } from './network.ts';
import { fractalNoise } from './noise.ts';
import {
  distance,
  heading,
  insideRing,
  type Line,
  longestRun,
  nearestOnLine,
  offsetLine,
  simplify,
  smooth,
  smoothstep,
  type Vec,
} from './plane.ts';
import type { Random } from '#domain/random.ts';
import type { Township } from './settlements.ts';
import { outlineOf } from './outlines.ts';
import { StreetLayer, type StreetPlan } from './streets.ts';
import type { Terrain } from './terrain.ts';
import type { Water } from './water.ts';

/** What all builders of streets need to hand. */
export interface Site {
  terrain: Terrain;
  water: Water;
  corridors: Corridors;
  network: Network;
  names: NameBook;
}

/** A built-up area whose streets are being laid. */
export interface TownPlan extends StreetPlan {
  name: Name;
  layer: StreetLayer;
  /** Outline of the built-up area. */
  outline: Line;
  /** Points at which roads from outside arrive. */
  gates: Vec[];
  /** 0 in the old core, rising to 1 at the edge. */
  newness: (p: Vec) => number;
  /** Roads wide enough for a median. */
  boulevards: RoadStyle[];
}

/** The style of a street of a class; names are English and Chinese alike or absent. */
export function styleOf(
  roadClass: RoadStyle['roadClass'],
  speedKmh: number,
  name?: Name,
  ref?: string,
): RoadStyle {
  return {
    roadClass,
    speedKmh,
    ...(name ? { name: name.zh, nameEn: name.en } : {}),
    ...(ref ? { ref } : {}),
  };
}

/** Blends directions that are equal when turned by a right angle, near a reference direction. */
function blendDirections(reference: number, parts: { angle: number; weight: number }[]): number {
  let sumX = 1e-9;
  let sumY = 0;
  for (const { angle, weight } of parts) {
    sumX += weight * Math.cos(4 * (angle - reference));
    sumY += weight * Math.sin(4 * (angle - reference));
  }
  return reference + Math.atan2(sumY, sumX) / 4;
}

/** Plans the county town and lays its skeleton: ring road, riverside avenues, boulevards and their bridges. */
export function planCountyTown(site: Site, seat: Township, random: Random): TownPlan {
  const { terrain, water, network, names, corridors } = site;
  const { radiusM } = seat;
  // A town grows along its valley: its edge frays where the ring road is still a road through fields.
  const shape = { centre: [0, 0] as Vec, axis: terrain.riverAngle, stretch: 1.5 };
  const outline = outlineOf({ ...shape, radiusM, wander: 0.62, lobes: 1.9 }, random.fork('outline'));
  const ring = outlineOf({ ...shape, radiusM: radiusM * 0.82, wander: 0.2, lobes: 0.9 }, random.fork('ring'));
  const river = terrain.rivers[0]?.line ?? [];
  const reach = river.filter(p => distance(p, [0, 0]) < radiusM * 1.8);
  const coreCentre: Vec = [
    Math.sin(terrain.riverAngle) * -radiusM * 0.06,
    Math.cos(terrain.riverAngle) * radiusM * 0.06,
  ];
  const coreM = 330 + radiusM * 0.09;
  const noise = fractalNoise(random.fork('streets'), radiusM * 0.5, 2);
  const crooked = fractalNoise(random.fork('lanes'), 210, 2);
  const directionWith =
    (crookedness: number) =>
    (p: Vec): number => {
      const near = nearestOnLine(p, reach);
      const flow = heading(reach[near.index] as Vec, reach[near.index + 1] as Vec);
      const core = Math.exp(-((distance(p, coreCentre) / coreM) ** 2));
      const turned = terrain.riverAngle + 0.2 + crooked(p[0], p[1]) * crookedness;
      return blendDirections(terrain.riverAngle, [
        { angle: flow, weight: 1.3 * Math.exp(-((near.distanceM / 330) ** 2)) },
        { angle: turned, weight: core * (crookedness > 0.5 ? 2.4 : 0.6) },
        { angle: terrain.riverAngle - 0.09 + noise(p[0], p[1]) * 0.34, weight: 0.5 },
      ]);
    };
  const direction = directionWith(1.1);
  const contains = (p: Vec): boolean => insideRing(p, outline) && !water.inLake(p, 60);
  const layer = new StreetLayer({ direction, contains, centre: [0, 0], radiusM }, network);
  const plan: TownPlan = {
    name: seat.name,
    direction,
    contains,
    centre: [0, 0],
    radiusM,
    layer,
    outline,
    gates: [],
    newness: p => smoothstep(coreM * 0.75, coreM * 0.75 + radiusM * 0.5, distance(p, coreCentre)),
    boulevards: [],
  };
  layRing(site, plan, ring);
  layRiverside(site, plan, river);
  const boulevard = (family: 0 | 1): RoadStyle => {
    const style = styleOf('primary', 50, names.street(family === 0 ? avenue : road));
    plan.boulevards.push(style);
    return style;
  };
  const limits = { closeM: 90, minM: 500, reachM: 400 };
  const boulevards: Line[] = [];
  // Boulevards were cut through the crooked lanes of the old town.
  const straight = layer.within({ ...plan, direction: directionWith(0.15) });
  for (const [seed, family] of [
    [coreCentre, 0],
    [coreCentre, 1],
  ] as const) {
    const line = straight.trace(seed, family, boulevard(family), limits);
    if (line) boulevards.push(line);
  }
  boulevards.push(
    ...straight.fill(random.fork('boulevards'), () => 620, boulevardAfter(boulevard, names), {
      minM: 500,
      close: 0.6,
      reach: 1.6,
    }),
  );
  for (const line of boulevards) {
    for (const end of [line[0] as Vec, line.at(-1) as Vec]) {
      if (nearestOnLine(end, [...outline, outline[0] as Vec]).distanceM < 30 && !corridors.isNear(end, 60))
        plan.gates.push(end);
    }
  }
  return plan;
}

/** The first boulevards are primary roads; those that fill the gaps are one class lower. */
const boulevardAfter =
  (first: (family: 0 | 1) => RoadStyle, names: NameBook) =>
  (family: 0 | 1): RoadStyle => ({
    ...first(family),
    roadClass: 'secondary',
    ...named(names.street(family === 0 ? road : street)),
  });

const named = (name: Name): { name: string; nameEn: string } => ({ name: name.zh, nameEn: name.en });

/** The ring road in four named quarters. */
function layRing(site: Site, { layer }: TownPlan, outline: Line): void {
  const quarters: Name[] = [
    { zh: '环城北路', en: 'North Ring Road' },
    { zh: '环城西路', en: 'West Ring Road' },
    { zh: '环城南路', en: 'South Ring Road' },
    { zh: '环城东路', en: 'East Ring Road' },
  ];
  const count = outline.length;
  const eighth = Math.round(count / 8);
  quarters.forEach((name, quarter) => {
    const from = eighth + Math.round((quarter * count) / 4);
    const to = eighth + Math.round(((quarter + 1) * count) / 4);
    const line: Line = [];
    for (let i = from; i <= to; i++) line.push(outline[i % count] as Vec);
    site.network.addLine(line, styleOf('primary', 60, name));
    layer.register(line);
  });
}

/** An avenue along each bank, from one side of the ring to the other. */
function layRiverside(site: Site, plan: TownPlan, river: Line): void {
  const halfWidths = site.terrain.rivers[0]?.halfWidthM ?? [];
  const banks: [1 | -1, Name][] = [
    [1, { zh: '滨江北路', en: 'North Riverside Road' }],
    [-1, { zh: '滨江南路', en: 'South Riverside Road' }],
  ];
  for (const [side, name] of banks) {
    const bank = smooth(
      offsetLine(river, i => side * ((halfWidths[i] ?? 40) + 46)),
      1,
    );
    const run = simplify(
      longestRun(bank, p => plan.contains(p)),
      2,
    );
    if (run.length < 2) continue;
    for (const end of [0, 1]) {
      const last = run.at(-1) as Vec;
      const hit = site.network.castRay(last, heading(run.at(-2) as Vec, last), 160);
      if (hit) run.push(hit.point);
      run.reverse();
      if (end === 1) break;
    }
    site.network.addLine(run, styleOf('secondary', 50, name));
    plan.layer.register(run);
  }
}

/** Fills the county town between its boulevards: collectors first, then streets, dense lanes in the old core. */
export function fillCountyTown(site: Site, plan: TownPlan, random: Random): void {
  const { water, corridors, names } = site;
  // Between the boulevards of the newest quarters there is ground that nobody has built on yet.
  const unbuilt = fractalNoise(random.fork('unbuilt'), 620, 2);
  const dry: StreetPlan = {
    ...plan,
    contains: p =>
      unbuilt(p[0], p[1]) < 1.25 - plan.newness(p) * 0.95 &&
      plan.contains(p) &&
      !water.isWet(p, 30) &&
      !corridors.isNear(p, 40),
  };
  const inner = plan.layer.within(dry);
  const pick = random.fork('classes');
  inner.fill(
    random.fork('collectors'),
    () => 290,
    family => styleOf('tertiary', 40, names.street(family === 0 ? road : street)),
    { minM: 220, close: 0.6 },
  );
  inner.fill(
    random.fork('streets'),
    p => 50 + 150 * plan.newness(p),
    family =>
      pick.chance(0.3)
        ? styleOf('livingStreet', 15, names.street(lane))
        : styleOf(
            'residential',
            30,
            pick.chance(0.6) ? names.street(family === 0 ? street : lane) : undefined,
          ),
    { minM: 62, maxM: 700 },
  );
}
