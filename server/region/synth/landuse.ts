import type { BasemapFeature, LanduseClass } from '../source.ts';
import { fractalNoise, type Noise } from './noise.ts';
import {
  distance,
  insideRing,
  type Line,
  offsetLine,
  simplify,
  smooth,
  smoothstep,
  toRing,
  type Vec,
} from './plane.ts';
import { contourRings, polygonsOf, Raster } from './raster.ts';
import type { Random } from '#domain/random.ts';
import type { Settlements } from './settlements.ts';
import type { Site, TownPlan } from './town.ts';
import { landuseOf, type UsedBlock } from './block-uses.ts';

const landuse = (cls: LanduseClass, polygon: Line[], name?: string): BasemapFeature => ({
  layer: 'landuse',
  class: cls,
  rings: polygon.map(toRing),
  ...(name ? { name } : {}),
});

/** Woods on the hills, fields in the valleys, rough grass between; all fade out just beyond the county's border. */
export function coverCountry(
  site: Site,
  settlements: Settlements,
  plans: TownPlan[],
  random: Random,
): BasemapFeature[] {
  const { terrain } = site;
  const patches = fractalNoise(random.fork('patches'), 1_500, 4);
  const fields = fractalNoise(random.fork('fields'), 900, 3);
  const ragged = fractalNoise(random.fork('ragged'), 480, 3);
  const built = [
    ...plans.map(plan => ({ centre: plan.centre, radiusM: plan.radiusM })),
    ...settlements.villages,
    { centre: settlements.park.centre, radiusM: settlements.park.halfLengthM },
  ];
  const cellM = Math.max(85, terrain.scale.halfM / 230);
  const openness = clearings(built, terrain.scale.halfM, cellM, ragged);
  const fade = new Raster([0, 0], terrain.scale.halfM, cellM).fill(
    (x, y) => (terrain.insideM(x, y) + patches(x * 2, y * 2) * 500) / 500,
  );
  const draw = (value: (x: number, y: number) => number): Line[][] => {
    const raster = new Raster([0, 0], terrain.scale.halfM, cellM);
    fade.values.forEach((edge, i) => {
      raster.values[i] = edge < -0.5 ? -1 : Math.min(value(...raster.centreOf(i)), edge);
    });
    return polygonsOf(contourRings(raster), 30_000).map(polygon =>
      polygon.map(ring => smooth(simplify(ring, 8), 1, true)),
    );
  };
  const features: BasemapFeature[] = [];
  const woods = draw(
    (x, y) =>
      (terrain.heightM(x, y) - 105) / 110 +
      patches(x, y) * 1.1 +
      ragged(x, y) * 0.9 -
      openness.sample(x, y) * 2.4,
  );
  const farms = draw(
    (x, y) =>
      0.62 - terrain.heightM(x, y) / 170 + fields(x, y) * 0.85 + Math.min(1.6, openness.sample(x, y) * 3),
  );
  const meadows = draw((x, y) => fields(y, x) * 1.3 - 0.52 - Math.abs(terrain.heightM(x, y) - 150) / 700);
  for (const polygon of farms) features.push(landuse('farmland', polygon));
  for (const polygon of meadows) features.push(landuse('grass', polygon));
  for (const polygon of woods) features.push(landuse('wood', polygon));
  for (const village of settlements.villages)
    features.push(landuse('residential', [villageGround(village.centre, village.radiusM, random)]));
  features.push(...riversidePark(site, plans[0]));
  return features;
}

/** How near a settlement is, 1 in its middle; a raster, since woods ask it everywhere. */
function clearings(
  built: { centre: Vec; radiusM: number }[],
  halfM: number,
  cellM: number,
  wander: Noise,
): Raster {
  const raster = new Raster([0, 0], halfM, cellM);
  for (const { centre, radiusM } of built) {
    const reach = Math.ceil((radiusM * 1.4 + 800) / cellM);
    const middle = raster.indexOf(centre);
    for (let row = -reach; row <= reach; row++) {
      for (let column = -reach; column <= reach; column++) {
        const i = middle + row * raster.size + column;
        if (i < 0 || i >= raster.values.length) continue;
        const p = raster.centreOf(i);
        const wanderM = wander(p[0] * 0.6, p[1] * 0.6) * 620;
        const near = 1 - smoothstep(radiusM * 0.7, radiusM * 1.3 + 420, distance(p, centre) + wanderM);
        raster.values[i] = Math.max(raster.values[i]!, near);
      }
    }
  }
  return raster;
}

function villageGround(centre: Vec, radiusM: number, random: Random): Line {
  const ring: Line = [];
  for (let i = 0; i < 14; i++) {
    const angle = (i / 14) * Math.PI * 2;
    const r = radiusM * random.range(0.92, 1.2);
    ring.push([centre[0] + Math.cos(angle) * r, centre[1] + Math.sin(angle) * r]);
  }
  return smooth(ring, 1, true);
}

/** A strip of park between river and avenue on both banks in the county town. */
function riversidePark(site: Site, town: TownPlan | undefined): BasemapFeature[] {
  const river = site.terrain.rivers[0];
  if (!river || !town) return [];
  const features: BasemapFeature[] = [];
  for (const side of [1, -1]) {
    const half = (i: number): number => river.halfWidthM[i] ?? 40;
    const shore = smooth(
      offsetLine(river.line, i => side * (half(i) + 3)),
      1,
    );
    const walk = smooth(
      offsetLine(river.line, i => side * (half(i) + 38)),
      1,
    );
    const inTown = shore.map(p => insideRing(p, town.outline));
    const first = inTown.indexOf(true);
    const last = inTown.lastIndexOf(true);
    if (first < 0) continue;
    features.push(
      landuse(
        'park',
        [[...shore.slice(first, last), ...walk.slice(first, last).reverse()]],
        '云溪江滨江公园',
      ),
    );
  }
  return features;
}

/** The ground of town blocks, each in the class of its use. */
export function coverBlocks(blocks: UsedBlock[]): BasemapFeature[] {
  return blocks.map(({ block, use }) => landuse(landuseOf[use], [block.ring]));
}
