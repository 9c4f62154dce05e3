import { farFrom, type Interchange, layMotorway } from './corridors.ts';
import type { RoadStyle } from './network.ts';
import type { Overland } from './overland.ts';
import { along, distance, heading, type Line, type Vec } from './plane.ts';
import type { Random } from '#domain/random.ts';
import type { Settlements, Township, Village } from './settlements.ts';
import { StreetLayer } from './streets.ts';
import { type Site, styleOf, type TownPlan } from './town.ts';

/** National and provincial roads that cross the county, then county roads between the townships. */
export function layTrunkRoads(
  site: Site,
  overland: Overland,
  settlements: Settlements,
  town: TownPlan,
  random: Random,
): Interchange[] {
  const { terrain } = site;
  const [seat, ...others] = settlements.townships as [Township, ...Township[]];
  const flow = terrain.riverAngle;
  const toTown = (from: Vec, style: RoadStyle, via?: Vec): void => {
    overland.connect(from, nearestGates(town, via ?? from), style, via ? { via } : {});
  };
  const national: RoadStyle = { ...styleOf('trunk', 80, { zh: '云江公路', en: 'Yunjiang Highway' }, 'G386') };
  const provincial: RoadStyle = {
    ...styleOf('primary', 70, { zh: '青松公路', en: 'Qingsong Highway' }, 'S217'),
  };
  const spokes: [number, RoadStyle][] = [
    [flow + Math.PI + 0.1, national],
    [flow + 0.1, national],
    [flow + Math.PI / 2 + random.range(-0.3, 0.3), provincial],
    [flow - Math.PI / 2 + random.range(-0.3, 0.3), provincial],
  ];
  const linked = new Set<Township>();
  for (const [angle, style] of spokes) {
    const through = townshipTowards(others, angle, linked);
    if (through) linked.add(through);
    toTown(borderPoint(site, angle), style, through?.centre);
  }
  let number = 11;
  const county = (): RoadStyle => {
    number += 1 + random.int(6);
    const ref = `X${String(number).padStart(3, '0')}`;
    return styleOf('secondary', 60, { zh: `${ref}县道`, en: `County Road ${ref}` }, ref);
  };
  for (const township of others) {
    if (linked.has(township)) continue;
    toTown(township.centre, county());
    linked.add(township);
  }
  for (const township of others) {
    const near = others
      .filter(other => other !== township)
      .sort((a, b) => distance(a.centre, township.centre) - distance(b.centre, township.centre));
    for (const other of near.slice(0, 2))
      overland.connect(
        township.centre,
        [other.centre],
        { ...county(), roadClass: 'tertiary', speedKmh: 50 },
        { reuse: 0.6 },
      );
  }
  const exits = chooseExits(site, others, seat);
  const interchanges = layMotorway(site.network, site.corridors, terrain, exits);
  for (const exit of interchanges) {
    const style = styleOf('primary', 60, { zh: `${exit.name}连接线`, en: 'Expressway Link' });
    overland.mark([exit.at]);
    const isTown = exit === interchanges[0];
    overland.connect(exit.at, isTown ? nearestGates(town, exit.at) : null, style, { rounds: 3 });
  }
  return interchanges;
}

/** An exit for the county town and one more for a township far enough down the road. */
function chooseExits(site: Site, townships: Township[], seat: Township): { name: string; near: Vec }[] {
  const { motorway } = site.corridors;
  const exits = [{ name: '云溪收费站', near: nearestVertex(motorway, seat.centre) }];
  const byDistance = townships
    .map(township => ({ township, vertex: nearestVertex(motorway, township.centre) }))
    .sort((a, b) => distance(a.vertex, a.township.centre) - distance(b.vertex, b.township.centre));
  for (const { township, vertex } of byDistance) {
    const deepInside = site.terrain.insideM(...vertex) > 1_500;
    if (
      exits.length < 3 &&
      deepInside &&
      farFrom(
        exits.map(exit => exit.near),
        vertex,
        4_500,
      )
    ) {
      exits.push({ name: `${township.name.zh}收费站`, near: vertex });
    }
  }
  // The toll gate lies on the side of the place that it serves.
  return exits.map((exit, i) => ({
    name: exit.name,
    near:
      i === 0
        ? mixTo(exit.near, seat.centre)
        : mixTo(
            exit.near,
            byDistance.find(item => item.vertex === exit.near)?.township.centre ?? seat.centre,
          ),
  }));
}

const mixTo = (from: Vec, to: Vec): Vec => along(from, Math.atan2(to[1] - from[1], to[0] - from[0]), 60);

const nearestVertex = (line: Line, p: Vec): Vec =>
  line.reduce((best, vertex) => (distance(vertex, p) < distance(best, p) ? vertex : best));

const nearestGates = (town: TownPlan, from: Vec): Vec[] =>
  [...town.gates].sort((a, b) => distance(a, from) - distance(b, from)).slice(0, 3);

/** The township nearest to a direction, within 35 degrees of it. */
function townshipTowards(townships: Township[], angle: number, taken: Set<Township>): Township | undefined {
  const off = (township: Township): number => {
    const turn = Math.atan2(township.centre[1], township.centre[0]) - angle;
    return Math.abs(Math.atan2(Math.sin(turn), Math.cos(turn)));
  };
  return townships
    .filter(township => !taken.has(township) && off(township) < 0.6)
    .sort((a, b) => off(a) - off(b))[0];
}

/** A point a little beyond the county's border in a direction. */
function borderPoint(site: Site, angle: number): Vec {
  let r = site.terrain.scale.countyRadiusM * 0.5;
  while (site.terrain.insideM(...along([0, 0], angle, r)) > -900 && r < site.terrain.scale.halfM * 0.97)
    r += 100;
  return along([0, 0], angle, r);
}

/** Village roads to every village and hamlet, some with a second way out, each with its own lanes. */
export function layVillages(site: Site, overland: Overland, villages: Village[], random: Random): void {
  const pick = random.fork('roads');
  // Nearest to the existing roads first would cost a search each; nearest to the town comes close.
  const order = [...villages].sort((a, b) => Math.hypot(...a.centre) - Math.hypot(...b.centre));
  for (const village of order) {
    const style = village.hamlet
      ? pick.chance(0.5)
        ? { ...styleOf('unclassified', 25), unpaved: true }
        : styleOf('unclassified', 30)
      : styleOf('unclassified', 40, { zh: `${village.name.zh}路`, en: `${village.name.en} Road` });
    if (!overland.hasRoad(village.centre)) overland.connect(village.centre, null, style, { rounds: 2 });
  }
  for (const village of order) {
    if (!pick.chance(village.hamlet ? 0.28 : 0.5)) continue;
    const near = villages
      .filter(other => other !== village && distance(other.centre, village.centre) < 2_600)
      .sort((a, b) => distance(a.centre, village.centre) - distance(b.centre, village.centre));
    const other = near[pick.int(Math.min(3, near.length))];
    if (!other) continue;
    const style: RoadStyle = village.hamlet
      ? { ...styleOf('track', 20), unpaved: true }
      : styleOf('unclassified', 35);
    overland.connect(village.centre, [other.centre], style, { reuse: 0.85, rounds: 2, spare: true });
  }
  for (const village of order) layLanes(site, village, random.fork(village.name.zh));
}

/** A village's lanes: short crooked streets around the road that reaches it. */
function layLanes(site: Site, village: Village, random: Random): void {
  const { network, water, corridors } = site;
  const { centre, radiusM } = village;
  const near = network.nearestEdge(centre, 200);
  const start = near
    ? heading(network.nodes[near.edge.a] as Vec, network.nodes[near.edge.b] as Vec)
    : random.range(0, Math.PI);
  const twist = random.range(-1.1, 1.1) / radiusM;
  const skew = random.range(-0.35, 0.35);
  const bend = random.range(0.2, 0.55);
  const lobe = random.range(0, Math.PI * 2);
  const layer = new StreetLayer(
    {
      direction: p =>
        start +
        (p[0] - centre[0]) * twist +
        Math.sin((p[1] - centre[1]) / 47 + skew * 9) * bend +
        Math.sin((p[0] + centre[1]) / 31) * 0.3,
      contains: p =>
        Math.hypot((p[0] - centre[0]) * (1 + skew), (p[1] - centre[1]) * (1 - skew)) <
          radiusM *
            (1 +
              0.3 * Math.sin(2 * heading(centre, p) + lobe) +
              0.16 * Math.sin(5 * heading(centre, p) - lobe)) &&
        !water.isWet(p, 26) &&
        !corridors.isNear(p, 45),
      centre,
      radiusM,
    },
    network,
  );
  network.eachEdge(centre, centre, radiusM, edge => {
    layer.register([network.nodes[edge.a] as Vec, network.nodes[edge.b] as Vec]);
  });
  const spacingM = village.hamlet ? 70 : random.range(56, 84);
  layer.fill(
    random,
    () => spacingM,
    family =>
      village.hamlet
        ? { ...styleOf('service', 15), unpaved: random.chance(0.4) }
        : family === 0
          ? styleOf('residential', 20)
          : styleOf('livingStreet', 15),
    // Most lanes end in a yard.
    { minM: 34, maxM: radiusM * random.range(0.7, 1.6), close: 0.7, reach: random.range(0.2, 0.55) },
  );
}
