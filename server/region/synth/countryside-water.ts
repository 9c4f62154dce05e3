import type { BasemapFeature } from '../source.ts';
import { fractalNoise } from './noise.ts';
import { insideAny } from './outlines.ts';
import {
  along,
  distance,
  type Line,
  longestRun,
  offsetLine,
  simplify,
  smooth,
  toRing,
  type Vec,
} from './plane.ts';
import type { Random } from '#domain/random.ts';
import type { Village } from './settlements.ts';
import type { Terrain } from './terrain.ts';
import type { Site } from './town.ts';

/** A village pond. */
export interface Pond {
  centre: Vec;
  radiusM: number;
  shore: Line;
}

/** Ponds of villages and hamlets, where neither a road nor other water is. */
export function digPonds(site: Site, villages: Village[], built: Line[], random: Random): Pond[] {
  const { water, corridors, network, terrain } = site;
  const inTown = insideAny(built);
  const ponds: Pond[] = [];
  for (const village of villages) {
    if (!random.chance(village.hamlet ? 0.16 : 0.42)) continue;
    for (let attempt = 0; attempt < 6; attempt++) {
      const radiusM = random.range(18, village.hamlet ? 38 : 72);
      const away = village.radiusM + radiusM + random.range(10, 260);
      const centre = along(village.centre, random.range(0, Math.PI * 2), away);
      const free =
        !water.isWet(centre, radiusM + 30) &&
        !corridors.isNear(centre, radiusM + 60) &&
        !network.nearestEdge(centre, radiusM * 1.4 + 12) &&
        terrain.insideM(...centre) > radiusM * 2 &&
        !inTown(centre);
      if (!free) continue;
      ponds.push({ centre, radiusM: radiusM * 1.4, shore: drawShore(centre, radiusM, random) });
      break;
    }
  }
  return ponds;
}

function drawShore(centre: Vec, radiusM: number, random: Random): Line {
  const turn = random.range(0, Math.PI);
  const ring: Line = [];
  for (let i = 0; i < 11; i++) {
    const angle = (i / 11) * Math.PI * 2;
    const r = radiusM * random.range(0.78, 1.08) * (1 + 0.28 * Math.cos(2 * (angle - turn)));
    ring.push(along(centre, angle, r));
  }
  return smooth(ring, 2, true);
}

export const toPondFeature = ({ shore }: Pond): BasemapFeature => ({
  layer: 'water',
  kind: 'lake',
  rings: [toRing(shore)],
});

/** The irrigation canals of the plain: one on either side of the river, at the foot of the hills. */
export function traceCanals(
  terrain: Terrain,
  isWet: (p: Vec, marginM?: number) => boolean,
  random: Random,
): Line[] {
  const [river] = terrain.rivers;
  if (!river) return [];
  const drift = fractalNoise(random, 2_100, 3);
  const canals: Line[] = [];
  for (const side of [1, -1]) {
    for (const offsetM of [terrain.scale.townRadiusM * 0.5 + 620, terrain.scale.townRadiusM + 1_250]) {
      const line = offsetLine(river.line, i => {
        const [x, y] = river.line[i] as Vec;
        return side * (offsetM + drift(x, y) * 420);
      });
      const course = longestRun(
        line,
        p =>
          terrain.heightM(...p) < 90 &&
          terrain.insideM(...p) > 200 &&
          !isWet(p, 30) &&
          distance(p, [0, 0]) > terrain.scale.townRadiusM * 0.9,
      );
      if (course.length > 20) canals.push(smooth(simplify(course, 12), 2));
    }
  }
  return canals;
}
