import type { CameraSeed, CellSiteSeed, StationSeed, UnitSeed } from '../source.ts';
import type { Interchange } from './corridors.ts';
import type { Edge, Network } from './network.ts';
import {
  along,
  compassDeg,
  distance,
  heading,
  insideRing,
  lineLength,
  pointAlong,
  toLngLat,
  type Vec,
} from './plane.ts';
import type { LaidPark } from './park.ts';
import type { Built } from './gazetteer.ts';
import type { Random } from '#domain/random.ts';

/** Three-sector sites: every few hundred metres in town, on hills and along the motorway in the country. */
export function placeCellSites(built: Built, random: Random): CellSiteSeed[] {
  const { site, plans, settlements } = built;
  const { terrain, water } = site;
  const spots: { at: Vec; rangeM: number }[] = [];
  const tryAt = (at: Vec, apartM: number, rangeM: number): void => {
    if (water.isWet(at, 12) || terrain.insideM(...at) < 100) return;
    if (spots.some(spot => distance(spot.at, at) < Math.min(apartM, spot.rangeM * 1.05))) return;
    if (site.network.nearestEdge(at, 9)) return;
    spots.push({ at, rangeM });
  };
  for (const plan of plans) {
    for (let i = 0; i < 240 * (plan.radiusM / 1_000) ** 2; i++) {
      const at = along(
        plan.centre,
        random.range(0, Math.PI * 2),
        Math.sqrt(random.next()) * plan.radiusM * 1.15,
      );
      const newness = plan.newness(at);
      tryAt(at, 420 + 260 * newness, 380 + 260 * newness);
    }
  }
  for (let i = 0; i < 30; i++) {
    const at = along(settlements.park.centre, random.range(0, Math.PI * 2), random.range(0, 1_100));
    tryAt(at, 900, 900);
  }
  const { motorway } = site.corridors;
  for (let at = 800; at < lineLength(motorway); at += 2_300) {
    const { point, angle } = pointAlong(motorway, at);
    tryAt(along(point, angle + Math.PI / 2, 90), 1_500, 1_900);
  }
  for (const village of settlements.villages) {
    if (!village.hamlet) tryAt(along(village.centre, random.range(0, 6), village.radiusM + 60), 1_900, 2_300);
  }
  const { countyRadiusM } = terrain.scale;
  for (let i = 0; i < 500 * (terrain.scale.population / 60_000); i++) {
    const at: Vec = [random.range(-1.2, 1.2) * countyRadiusM, random.range(-1.2, 1.2) * countyRadiusM];
    if (terrain.heightM(...at) > 150) tryAt(at, 2_900, 4_600);
  }
  return spots.map(({ at, rangeM }, i) => {
    const id = `c${i + 1}`;
    const turn = random.int(12) * 10;
    return {
      id,
      position: toLngLat(at),
      sectors: [0, 120, 240].map((azimuth, sector) => ({
        cellId: `${id}-${sector + 1}`,
        azimuthDeg: (azimuth + turn) % 360,
        beamwidthDeg: 120,
        rangeM: Math.round(rangeM * random.range(0.85, 1.2)),
      })),
    };
  });
}

const mainClasses = new Set(['trunk', 'primary', 'secondary']);

/** Cameras on the approaches of main-road junctions, at the toll gates and on the way into the industrial park. */
export function placeCameras(built: Built, interchanges: Interchange[], random: Random): CameraSeed[] {
  const { network, terrain } = built.site;
  const cameras: CameraSeed[] = [];
  const junctions: Vec[] = [];
  /** A camera that sees the traffic running along `edge` towards the junction. */
  const watch = (name: string, edge: Edge, junction: number): void => {
    const to = network.nodes[junction] as Vec;
    const from = network.nodes[edge.a === junction ? edge.b : edge.a] as Vec;
    const back = Math.min(16, distance(from, to) * 0.6);
    const travel = heading(from, to);
    cameras.push({
      id: `k${cameras.length + 1}`,
      name: `${name}${compassWord(travel)}`,
      position: toLngLat(along(to, travel + Math.PI, back)),
      headingDeg: compassDeg(travel),
    });
  };
  const watchJunction = (node: number, name: string): void => {
    junctions.push(network.nodes[node] as Vec);
    for (const edge of network.edgesAt(node)) {
      if (mainClasses.has(edge.style.roadClass) && !edge.style.oneway) watch(name, edge, node);
    }
  };
  for (const exit of interchanges) watchJunction(exit.toll, `${exit.name}卡口`);
  const order = random.shuffle(crossings(network));
  const wanted = Math.round(30 * (terrain.scale.population / 60_000));
  for (const edge of edgesInto(network, built.park)) {
    watch('园区入口', edge, insideRing(network.nodes[edge.a] as Vec, built.park.outline) ? edge.a : edge.b);
  }
  const chakou = built.settlements.townships[1]?.centre ?? [0, 0];
  // Junctions around Chakou first, so that a car that leaves it is seen.
  const near = order.filter(({ at }) => distance(at, chakou) < 900);
  for (const { node, at, name } of [...near.slice(0, 8), ...order]) {
    if (junctions.length >= wanted) break;
    const apartM = distance(at, [0, 0]) < terrain.scale.townRadiusM ? 480 : 340;
    if (junctions.every(other => distance(other, at) > apartM)) watchJunction(node, name);
  }
  return cameras;
}

/** The roads that lead into the industrial park: whoever drives there is seen once. */
function edgesInto(network: Network, { park, outline }: LaidPark): Edge[] {
  const found: Edge[] = [];
  network.eachEdge(park.centre, park.centre, 1_700, edge => {
    if (edge.style.roadClass === 'track' || (edge.style.level ?? 0) !== 0) return;
    const [a, b] = [network.nodes[edge.a] as Vec, network.nodes[edge.b] as Vec];
    if (insideRing(a, outline) !== insideRing(b, outline)) found.push(edge);
  });
  return found;
}

/** Nodes where two differently named main roads meet, with a name made of both. */
function crossings(network: Network): { node: number; at: Vec; name: string }[] {
  const found: { node: number; at: Vec; name: string }[] = [];
  network.nodes.forEach((at, node) => {
    const edges = network.edgesAt(node).filter(edge => (edge.style.level ?? 0) === 0);
    if (edges.length < 3) return;
    const names = new Set<string>();
    for (const { style } of edges)
      if (style.name && (mainClasses.has(style.roadClass) || style.roadClass === 'tertiary'))
        names.add(style.name);
    const main = edges.filter(({ style }) => mainClasses.has(style.roadClass)).length;
    const [first, second] = names;
    if (main >= 2 && first && second) found.push({ node, at, name: `${first}与${second}路口` });
  });
  return found;
}

/** The direction of travel in words. */
const compassWord = (angle: number): string => {
  const words = ['向东', '向东北', '向北', '向西北', '向西', '向西南', '向南', '向东南'];
  return words[((Math.round(angle / (Math.PI / 4)) % 8) + 8) % 8] as string;
};

/** Crews of every station, and the bureau's own dissuasion squads at the first. */
export function crewStations(stations: StationSeed[], inTown: number, random: Random): UnitSeed[] {
  const units: UnitSeed[] = [];
  stations.forEach((station, i) => {
    const short = station.name.replace('派出所', '');
    const size = i < inTown ? 4 : i === inTown ? 5 : 2 + random.int(2);
    for (let n = 1; n <= size; n++) {
      const kind = n === 1 || n === 4 ? 'car' : n === 2 ? 'motorcycle' : random.chance(0.5) ? 'foot' : 'car';
      const sworn = n === size && size > 3 ? 0 : kind === 'car' && random.chance(0.4) ? 2 : 1;
      const auxiliary = kind === 'motorcycle' ? random.int(2) : 1 + random.int(3);
      units.push({
        callsign: `${short}-${n}`,
        stationId: station.id,
        kind,
        crew: { sworn, auxiliary: Math.max(sworn === 0 ? 2 : 0, auxiliary) },
      });
    }
  });
  const [bureau] = stations;
  if (bureau) {
    for (const n of [1, 2])
      units.push({
        callsign: `劝阻-${n}`,
        stationId: bureau.id,
        kind: 'car',
        crew: { sworn: 1, auxiliary: 3 },
      });
  }
  return units;
}
