import type { RoadStyle } from './network.ts';
import { fractalNoise } from './noise.ts';
import { insideAny } from './outlines.ts';
import { along, distance, heading, type Line, type Vec } from './plane.ts';
import type { Random } from '#domain/random.ts';
import type { Village } from './settlements.ts';
import { StreetLayer } from './streets.ts';
import type { Site } from './town.ts';

/** Farm and forest tracks: unpaved, winding out from the villages, some ending in the fields, some meeting another road. */
export function layTracks(site: Site, villages: Village[], random: Random): void {
  const { network, terrain, water, corridors } = site;
  for (const village of villages) {
    const count = village.hamlet ? random.int(3) : 1 + random.int(4);
    for (let i = 0; i < count; i++) {
      let angle = random.range(0, Math.PI * 2);
      const begin = along(village.centre, angle, village.radiusM * 0.8);
      const from = network.nearestEdge(begin, 160);
      if (!from) continue;
      let here = from.point;
      const line: Line = [here];
      const lengthM = random.range(250, village.hamlet ? 1_500 : 900);
      for (let walked = 0; walked < lengthM; walked += 38) {
        const slopeX = terrain.heightM(here[0] + 120, here[1]) - terrain.heightM(here[0] - 120, here[1]);
        const slopeY = terrain.heightM(here[0], here[1] + 120) - terrain.heightM(here[0], here[1] - 120);
        const across = Math.atan2(slopeX, -slopeY);
        const level = Math.hypot(slopeX, slopeY) > 14 ? Math.sin(2 * (across - angle)) * 0.14 : 0;
        angle += level + random.range(-0.24, 0.24);
        const next = along(here, angle, 38);
        if (water.isWet(next, 25) || corridors.isNear(next, 70) || terrain.insideM(...next) < 60) break;
        const hit = walked > 0 ? network.castRay(here, angle, 60) : undefined;
        line.push(hit ? hit.point : next);
        here = next;
        if (hit) break;
      }
      if (line.length > 3)
        network.addLine(line, { roadClass: 'track', speedKmh: 15, unpaved: true }, { snapM: 8 });
    }
  }
}

/** Field tracks of the plains: a loose, old pattern of ways between the plots, around every village that has level ground. */
export function layFieldTracks(site: Site, villages: Village[], built: Line[], random: Random): void {
  const { network, terrain, water, corridors } = site;
  const wide = fractalNoise(random.fork('wide'), 2_600, 2);
  const fine = fractalNoise(random.fork('fine'), 380, 2);
  const direction = ([x, y]: Vec): number => terrain.riverAngle + wide(x, y) * 1.5 + fine(x, y) * 0.28;
  const level = (p: Vec): boolean => terrain.heightM(...p) < 75 && slopeOf(terrain, p) < 0.05;
  const inTown = insideAny(built);
  const pattern = new StreetLayer({ direction, contains: () => true, centre: [0, 0], radiusM: 0 }, network);
  for (const { centre, radiusM, hamlet } of villages) {
    if (hamlet || !level(centre)) continue;
    if (random.chance(0.3)) continue;
    const reachM = radiusM + random.range(300, 800);
    const lobe = random.range(0, Math.PI * 2);
    const contains = (p: Vec): boolean =>
      distance(p, centre) < reachM * (0.72 + 0.28 * Math.sin(2 * heading(centre, p) + lobe)) &&
      distance(p, centre) > radiusM * 0.9 &&
      level(p) &&
      terrain.insideM(...p) > 80 &&
      !water.isWet(p, 22) &&
      !corridors.isNear(p, 60) &&
      !inTown(p);
    const plots = pattern.within({ direction, contains, centre, radiusM: reachM / 1.3 });
    network.eachEdge(centre, centre, reachM, edge => {
      plots.register([network.nodes[edge.a]!, network.nodes[edge.b]!]);
    });
    const spacingM = random.range(190, 360);
    const style = (): RoadStyle => ({ roadClass: 'track', speedKmh: 15, unpaved: true });
    plots.fill(random, () => spacingM, style, { minM: 110, maxM: 700, close: 0.6, reach: 0.3 });
  }
}

/** Metres of height per metre of way, at its steepest. */
function slopeOf(terrain: Site['terrain'], [x, y]: Vec): number {
  const east = terrain.heightM(x + 120, y) - terrain.heightM(x - 120, y);
  const north = terrain.heightM(x, y + 120) - terrain.heightM(x, y - 120);
  return Math.sqrt(east * east + north * north) / 240;
}
