import { fractalNoise } from './noise.ts';
import type { Network, RoadStyle } from './network.ts';
import {
  along,
  distance,
  heading,
  type Line,
  nearestOnLine,
  offsetLine,
  segmentDistance,
  smooth,
  type Vec,
} from './plane.ts';
import type { Random } from '#domain/random.ts';
import { SegmentIndex } from './segment-index.ts';
import type { Terrain } from './terrain.ts';

/** The two lines that the county has to arrange itself around. */
export interface Corridors {
  motorway: Line;
  rail: Line;
  /** In front of the railway station. */
  forecourt: Vec;
  /** Metres to the nearer of motorway and railway, at most `reachM`; buildings and village streets keep off them. */
  isNear(p: Vec, reachM: number): boolean;
}

/** A line with wide curves past the county town at `offsetM` to its left, heading `angle`. */
function sweepingLine(terrain: Terrain, random: Random, angle: number, offsetM: number): Line {
  const noise = fractalNoise(random, 1, 1);
  const reachM = terrain.scale.countyRadiusM * 1.32;
  const side = (t: number): number => (noise(t / 8_500, 2.5) - noise(0, 2.5)) * 2_000;
  const line: Line = [];
  for (let t = -reachM; t <= reachM; t += 400) {
    line.push(along(along([0, 0], angle, t), angle + Math.PI / 2, offsetM + side(t)));
  }
  return smooth(line, 2).filter(p => terrain.insideM(p[0], p[1]) > -1_600);
}

/** Chooses both corridors: the motorway on the town's far side from the river, the railway beyond the river. */
export function planCorridors(
  terrain: Terrain,
  isWet: (p: Vec, marginM: number) => boolean,
  random: Random,
): Corridors {
  const { townRadiusM } = terrain.scale;
  const motorway = clearOfLake(terrain, bend =>
    sweepingLine(terrain, random.fork('motorway'), terrain.riverAngle + bend, townRadiusM * 1.15 + 900),
  );
  const rail = clearOfLake(terrain, bend =>
    sweepingLine(terrain, random.fork('rail'), terrain.riverAngle + bend, -townRadiusM * 1.1 - 330),
  );
  const index = new SegmentIndex<undefined>(200);
  index.addLine(motorway, undefined);
  index.addLine(rail, undefined);
  return {
    motorway,
    rail,
    forecourt: findForecourt(rail, isWet),
    isNear: (p, reachM) => index.some(p, reachM, (a, b) => segmentDistance(p, a, b) < reachM),
  };
}

/** Turns the corridor little by little until it leaves the reservoir alone. */
function clearOfLake(terrain: Terrain, draw: (bend: number) => Line): Line {
  const shore = terrain.lake[0] ?? [];
  let line = draw(0.2);
  for (const bend of [0.2, -0.1, 0.35, -0.3, 0.5, -0.5, 0.75, -0.75]) {
    line = draw(bend);
    if (shore.every(p => nearestOnLine(p, line).distanceM > 250)) break;
  }
  return line;
}

const motorwayStyle: RoadStyle = {
  roadClass: 'motorway',
  speedKmh: 110,
  name: '溪江高速',
  nameEn: 'Xijiang Expressway',
  ref: 'G8591',
  oneway: true,
  level: 1,
};

/** A toll gate at which the motorway is entered and left. */
export interface Interchange {
  name: string;
  toll: number;
  at: Vec;
}

/**
 * Lays both carriageways and an interchange near each of the points given. The carriageways meet beyond the county's
 * border, so that whoever drives past the last exit can come back.
 */
export function layMotorway(
  network: Network,
  corridors: Corridors,
  terrain: Terrain,
  exits: { name: string; near: Vec }[],
): Interchange[] {
  const middle = corridors.motorway;
  const height = (p: Vec): number => terrain.heightM(p[0], p[1]);
  const right = offsetLine(middle, -14);
  const left = offsetLine(middle, 14).reverse();
  const start = network.addNode(middle[0] as Vec, 1);
  const end = network.addNode(middle.at(-1) as Vec, 1);
  const lay = (line: Line, from: number, to: number): void => {
    const tunnelStyle = { ...motorwayStyle, tunnel: true };
    let run: Line = [];
    let before = from;
    const flush = (inTunnel: boolean, last?: number): void => {
      const nodes = network.addLine(run, inTunnel ? tunnelStyle : motorwayStyle, {
        from: before,
        snapM: 2,
        ...(last === undefined ? {} : { to: last }),
      });
      before = nodes.at(-1) ?? before;
      run = run.slice(-1);
    };
    let inTunnel = false;
    line.forEach((p, i) => {
      run.push(p);
      const deep = height(p) > 235 && i > 3 && i < line.length - 4;
      if (deep !== inTunnel) {
        if (run.length > 1) flush(inTunnel);
        inTunnel = deep;
      }
    });
    flush(inTunnel, to);
  };
  lay([middle[0] as Vec, ...right.slice(1, -1), middle.at(-1) as Vec], start, end);
  lay([middle.at(-1) as Vec, ...left.slice(1, -1), middle[0] as Vec], end, start);
  return exits.map(exit => layInterchange(network, middle, exit.name, exit.near));
}

/** A half-trumpet: four one-way ramps between the carriageways and one toll gate on the side of `near`. */
function layInterchange(network: Network, middle: Line, name: string, near: Vec): Interchange {
  const { index } = nearestOnLine(near, middle);
  const origin = middle[index] as Vec;
  const forward = heading(
    middle[Math.max(0, index - 2)] as Vec,
    middle[Math.min(middle.length - 1, index + 3)] as Vec,
  );
  // `u` points so that the toll gate lies to the right of the carriageway that runs along it.
  const cross = Math.cos(forward) * (near[1] - origin[1]) - Math.sin(forward) * (near[0] - origin[0]);
  const u = cross < 0 ? forward : forward + Math.PI;
  const at = (alongM: number, rightM: number): Vec =>
    along(along(origin, u, alongM), u - Math.PI / 2, rightM);
  const onCarriageway = (alongM: number, side: 1 | -1): number => {
    const wanted = at(alongM, 0);
    const { point, index: segment } = nearestOnLine(wanted, middle);
    const angle = heading(middle[segment] as Vec, middle[segment + 1] as Vec);
    const alike = Math.cos(angle - u) > 0 ? 1 : -1;
    return network.nodeAt(along(point, angle - (Math.PI / 2) * alike * side, 14), 1, 12);
  };
  const toll = network.addNode(at(0, 390), 0);
  const gate = network.nodes[toll] as Vec;
  const ramp = (level: number, from: number, via: Vec[], to: number): void => {
    const style: RoadStyle = {
      roadClass: 'motorway',
      speedKmh: 40,
      link: true,
      oneway: true,
      level,
      name: `${name}匝道`,
      nameEn: 'Ramp',
    };
    const line = smooth([network.nodes[from] as Vec, ...via, network.nodes[to] as Vec], 3);
    network.addLine(line, style, { from, to, snapM: 0.5 });
  };
  ramp(1, onCarriageway(-520, 1), [at(-330, 34), at(-150, 110), at(-75, 230), at(-22, 350)], toll);
  ramp(1, toll, [at(22, 350), at(75, 230), at(150, 110), at(330, 34)], onCarriageway(520, 1));
  ramp(
    2,
    toll,
    [at(-8, 340), at(-26, 200), at(-30, 40), at(-40, -70), at(-110, -130), at(-260, -60)],
    onCarriageway(-480, -1),
  );
  ramp(
    2,
    onCarriageway(480, -1),
    [at(260, -60), at(110, -130), at(40, -70), at(30, 40), at(26, 200), at(8, 340)],
    toll,
  );
  return { name, toll, at: gate };
}

/** Where along the motorway another exit may stand: at least `apartM` from those chosen before. */
export function farFrom(points: Vec[], p: Vec, apartM: number): boolean {
  return points.every(other => distance(other, p) > apartM);
}

/** The station forecourt: on the town's side of the track, as near to the town as the ground is dry. */
function findForecourt(rail: Line, isWet: (p: Vec, marginM: number) => boolean): Vec {
  let best: Vec = rail[0] as Vec;
  for (let i = 1; i < rail.length; i++) {
    const here = rail[i - 1] as Vec;
    const across = heading(here, rail[i] as Vec) + Math.PI / 2;
    for (const side of [75, -75]) {
      const spot = along(here, across, side);
      if (distance(spot, [0, 0]) < distance(best, [0, 0]) && !isWet(spot, 120)) best = spot;
    }
  }
  return best;
}
