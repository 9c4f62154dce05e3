import type { Edge, Network, RoadStyle } from './network.ts';
import { coursesOf } from './paths.ts';
import { along, crossFraction, distance, heading, segmentDistance } from './plane.ts';

/** Half the distance between the middles of the two carriageways. */
const halfM = 8;
/** A shorter stretch is not worth a median. */
const leastM = 320;
/** Farther apart than this, two openings get another between them, to turn round. */
const openingM = 420;
const crossing = new Set<RoadStyle['roadClass']>(['trunk', 'primary', 'secondary', 'tertiary']);

/** An opening in the median: the nodes on either carriageway and what joins them. */
export interface Opening {
  right: number;
  left: number;
}

/** What traffic law needs to know of a divided road. */
export interface Divided {
  forth: RoadStyle;
  back: RoadStyle;
  openings: Opening[];
}

/**
 * Divides roads into two one-way carriageways with a median, as boulevards are. Main streets cross through openings;
 * a side street meets the near carriageway alone. Where something stands in the way the road stays as it is.
 */
export function divideRoads(network: Network, roads: readonly RoadStyle[]): Divided[] {
  const divided: Divided[] = [];
  for (const style of roads) {
    const edges = network.edges.filter(edge => edge.alive && edge.style === style);
    for (const course of coursesOf(network, edges)) {
      for (const run of clearRuns(network, course)) divided.push(divide(network, run, style));
    }
  }
  return divided;
}

/** The stretches of a course along which nothing but its own junctions lies within the width of the divided road. */
function clearRuns(network: Network, course: number[]): number[][] {
  const own = new Set(course);
  const runs: number[][] = [];
  let run: number[] = [course[0]!];
  const flush = (): void => {
    let lengthM = 0;
    for (let i = 1; i < run.length; i++)
      lengthM += distance(network.nodes[run[i - 1]!]!, network.nodes[run[i]!]!);
    if (lengthM > leastM && run.length > 4) runs.push(run);
  };
  for (let i = 1; i < course.length; i++) {
    if (isClear(network, course[i - 1]!, course[i]!, own)) run.push(course[i]!);
    else {
      flush();
      run = [course[i]!];
    }
  }
  flush();
  return runs;
}

function isClear(network: Network, from: number, to: number, own: Set<number>): boolean {
  const [a, b] = [network.nodes[from]!, network.nodes[to]!];
  let clear = true;
  network.eachEdge(a, b, halfM * 2, edge => {
    if (!clear || (edge.style.level ?? 0) !== 0) return;
    const ends = [edge.a, edge.b].filter(node => !own.has(node));
    if (ends.some(node => segmentDistance(network.nodes[node]!, a, b) < halfM + 5)) clear = false;
    if (ends.length === 2 && crossFraction(a, b, network.nodes[edge.a]!, network.nodes[edge.b]!) !== null)
      clear = false;
  });
  return clear;
}

function divide(network: Network, run: number[], style: RoadStyle): Divided {
  const forth: RoadStyle = { ...style, oneway: true };
  const back: RoadStyle = { ...style, oneway: true };
  const points = run.map(node => network.nodes[node]!);
  const last = run.length - 1;
  for (let i = 1; i <= last; i++) {
    const between = network.edgesAt(run[i - 1]!).find(edge => edge.a === run[i] || edge.b === run[i]);
    if (between) network.remove(between);
  }
  const right = [...run];
  const left = [...run];
  const openings: Opening[] = [];
  let sinceM = 0;
  for (let i = 1; i < last; i++) {
    sinceM += distance(points[i - 1]!, points[i]!);
    const angle = heading(points[i - 1]!, points[i + 1]!);
    const arms = network.edgesAt(run[i]!);
    right[i] = network.addNode(along(points[i]!, angle - Math.PI / 2, halfM));
    left[i] = network.addNode(along(points[i]!, angle + Math.PI / 2, halfM));
    const sides = arms.map(edge =>
      moveArm(network, edge, run[i]!, angle, { right: right[i]!, left: left[i]! }),
    );
    const open = arms.some(edge => crossing.has(edge.style.roadClass));
    if (!open && (sinceM < openingM || arms.length > 0)) continue;
    cross(network, right[i]!, left[i]!, sides, style);
    openings.push({ right: right[i]!, left: left[i]! });
    sinceM = 0;
  }
  for (let i = 1; i <= last; i++) {
    network.addEdge(right[i - 1]!, right[i]!, forth);
    network.addEdge(left[i]!, left[i - 1]!, back);
  }
  return { forth, back, openings };
}

interface Side {
  style: RoadStyle;
  onRight: boolean;
  /** A one-way road that leads to the divided one. */
  inwards: boolean;
}

/** Ties a road that met the undivided one to the carriageway on its own side. */
function moveArm(network: Network, edge: Edge, node: number, angle: number, ends: Opening): Side {
  const other = edge.a === node ? edge.b : edge.a;
  const turn = heading(network.nodes[node]!, network.nodes[other]!) - angle;
  const onRight = Math.sin(turn) < 0;
  const end = onRight ? ends.right : ends.left;
  network.remove(edge);
  network.addEdge(edge.a === node ? end : edge.a, edge.b === node ? end : edge.b, edge.style);
  return { style: edge.style, onRight, inwards: edge.b === node };
}

/** Joins the carriageways at an opening: by the street that crosses there, else by a short link. */
function cross(network: Network, right: number, left: number, sides: Side[], style: RoadStyle): void {
  const through = sides.find(
    side => side.onRight && sides.some(other => !other.onRight && other.style === side.style),
  );
  if (!through) {
    network.addEdge(right, left, { roadClass: style.roadClass, speedKmh: 20, link: true });
    return;
  }
  // A one-way street keeps its direction through the opening.
  const fromRight = through.inwards || !through.style.oneway;
  network.addEdge(fromRight ? right : left, fromRight ? left : right, through.style);
}
