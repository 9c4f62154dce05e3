import { lane, road, street } from './names.ts';
import type { Network } from './network.ts';
import { fractalNoise } from './noise.ts';
import { outlineOf } from './outlines.ts';
import { densify, distance, heading, insideRing, smoothstep, type Vec } from './plane.ts';
import type { Random } from '#domain/random.ts';
import type { Township } from './settlements.ts';
import { StreetLayer } from './streets.ts';
import { type Site, styleOf, type TownPlan } from './town.ts';

/** Plans a township around the roads that already pass its centre; its streets follow the main one. */
export function planTownship(site: Site, township: Township, random: Random): TownPlan {
  const { network, water, corridors } = site;
  const { centre, radiusM } = township;
  const main = mainDirection(network, centre, random);
  const outline = outlineOf(
    { centre, radiusM, wander: 0.6, lobes: 1.5, axis: main, stretch: random.range(1.6, 3.2) },
    random.fork('outline'),
  );
  const noise = fractalNoise(random.fork('streets'), radiusM * 0.9, 2);
  const direction = (p: Vec): number => main + noise(p[0], p[1]) * 0.55;
  // A township keeps to its own bank.
  const sameBank = (p: Vec): boolean => densify([centre, p], 24).every(q => !water.isWet(q));
  const contains = (p: Vec): boolean =>
    distance(p, centre) < radiusM * 2.6 &&
    insideRing(p, outline) &&
    !corridors.isNear(p, 60) &&
    !water.isWet(p, 34) &&
    sameBank(p);
  const layer = new StreetLayer({ direction, contains, centre, radiusM }, network);
  network.eachEdge(centre, centre, radiusM * 1.6, edge => {
    layer.register([network.nodes[edge.a] as Vec, network.nodes[edge.b] as Vec]);
  });
  return {
    name: township.name,
    direction,
    contains,
    centre,
    radiusM,
    layer,
    outline,
    gates: [],
    newness: p => smoothstep(0.1, 0.9, distance(p, centre) / radiusM),
    boulevards: [],
  };
}

/** Direction of the most important road near a point. */
function mainDirection(network: Network, centre: Vec, random: Random): number {
  const near = network.nearestEdge(centre, 250);
  if (!near) return random.range(0, Math.PI);
  return heading(network.nodes[near.edge.a] as Vec, network.nodes[near.edge.b] as Vec);
}

/** Lays a township's streets: a cross street or two, side streets, lanes. */
export function fillTownship(site: Site, plan: TownPlan, random: Random): void {
  const { names } = site;
  const pick = random.fork('classes');
  plan.layer.trace(plan.centre, 1, styleOf('tertiary', 40, names.street(street)), {
    closeM: 60,
    minM: 150,
    reachM: 60,
  });
  plan.layer.fill(
    random.fork('collectors'),
    () => 235,
    () => styleOf('tertiary', 30, names.street(pick.chance(0.5) ? road : street)),
    { minM: 160 },
  );
  plan.layer.fill(
    random.fork('streets'),
    p => 54 + 34 * plan.newness(p),
    () =>
      pick.chance(0.35)
        ? styleOf('livingStreet', 15, names.street(lane))
        : styleOf('residential', 30, pick.chance(0.4) ? names.street(lane) : undefined),
    { minM: 56, maxM: 420 },
  );
}
