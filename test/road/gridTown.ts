/** A made-up road network of any size: a jittered grid of streets with faster arterials, a few one-way pairs and forbidden turns. */
import type { RoadClass, RoadInput, RoadWay, TurnRestriction } from '../../server/road/build.ts';
import { metresPerDegree } from '../../server/road/geo.ts';

/** Small seeded generator (mulberry32): uniform numbers in [0, 1). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

interface Street {
  roadClass: RoadClass;
  speedKmh: number;
  oneway: -1 | 0 | 1;
}

const blockM = 110;
/** Share of small streets' blocks that are not there; leaves about 2.8 streets a junction, as in real towns. */
const missingShare = 0.3;
/** Every so many junctions all ways end and begin, so that turns there can be named. */
const namedEvery = 11;
/** Share of these junctions at which one turn is forbidden. */
const restrictedShare = 0.3;

/** Every 40th line is a trunk road, every 10th a secondary one; of the small streets one in six is one-way. */
function streetOf(line: number, random: () => number): Street {
  if (line % 40 === 20) return { roadClass: 'trunk', speedKmh: 72, oneway: 0 };
  if (line % 10 === 5) return { roadClass: 'secondary', speedKmh: 45, oneway: 0 };
  const chance = random();
  return {
    roadClass: 'residential',
    speedKmh: 24 + Math.floor(random() * 10),
    oneway: chance < 1 / 12 ? 1 : chance < 1 / 6 ? -1 : 0,
  };
}

function forbiddenTurns(ways: RoadWay[], junctions: number, random: () => number): TurnRestriction[] {
  const arms = new Map<number, number[]>();
  for (const { id, nodes } of ways)
    for (const end of [nodes[0]!, nodes.at(-1)!]) arms.set(end, [...(arms.get(end) ?? []), id]);
  const restrictions: TurnRestriction[] = [];
  for (let node = 0; node < junctions; node += namedEvery) {
    const [from, to] = (arms.get(node) ?? []).toSorted(() => random() - 0.5);
    if (from === undefined || to === undefined || random() > restrictedShare) continue;
    restrictions.push({ id: node, only: false, from: [from], via: { node }, to: [to] });
  }
  return restrictions;
}

/** At least `nodeCount` junctions around Shilin; curved roads have a middle vertex. */
export function gridTown(nodeCount: number, seed: number): RoadInput {
  const random = seededRandom(seed);
  const side = Math.ceil(Math.sqrt(nodeCount * 1.03));
  const [west, south] = [103.1, 24.6];
  const nodes: RoadInput['nodes'] = new Map();
  const degrees = blockM / metresPerDegree;
  const shrink = Math.cos((south * Math.PI) / 180);
  const place = (x: number, y: number): [number, number] => [
    west + (x * degrees) / shrink,
    south + y * degrees,
  ];
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) nodes.set(y * side + x, place(x + random() * 0.5, y + random() * 0.5));
  }
  const ways: RoadInput['ways'] = [];
  const bend = (a: number, b: number): number => {
    const [p, q] = [nodes.get(a)!, nodes.get(b)!];
    nodes.set(nodes.size, [
      (p[0] + q[0]) / 2 + (random() - 0.5) * degrees * 0.3,
      (p[1] + q[1]) / 2 + (random() - 0.5) * degrees * 0.3,
    ]);
    return nodes.size - 1;
  };
  const addLine = (line: number, refs: number[], label: string): void => {
    const street = streetOf(line, random);
    let run: number[] = [refs[0]!];
    const close = (): void => {
      if (run.length > 1) {
        ways.push({
          id: ways.length + 1,
          nodes: run,
          link: false,
          surface: 'paved',
          bridge: false,
          tunnel: false,
          name: `${label} ${line}`,
          ...street,
        });
      }
    };
    for (let i = 1; i < refs.length; i++) {
      if (street.roadClass === 'residential' && random() < missingShare) {
        close();
        run = [refs[i]!];
      } else {
        if (random() < 0.4) run.push(bend(refs[i - 1]!, refs[i]!));
        run.push(refs[i]!);
        if (refs[i]! % namedEvery === 0) {
          close();
          run = [refs[i]!];
        }
      }
    }
    close();
  };
  const indices = Array.from({ length: side }, (_, i) => i);
  for (const line of indices) {
    addLine(
      line,
      indices.map(x => line * side + x),
      'Row',
    );
    addLine(
      line,
      indices.map(y => y * side + line),
      'Column',
    );
  }
  return { nodes, ways, restrictions: forbiddenTurns(ways, side * side, random), barriers: [] };
}
