import type { HouseSeed } from '../source.ts';
import type { Building } from './buildings.ts';
import type { Community } from './communities.ts';
import type { Name } from './names.ts';
import type { Edge, Network, RoadStyle } from './network.ts';
import { distance, heading, insideArea, mix, projectFraction, toLngLat, type Vec } from './plane.ts';
import type { Random } from '#domain/random.ts';
import type { Township, Village } from './settlements.ts';

/** A named street beside a point. */
export interface Street {
  name: Name;
  /** Direction of the street there, radians. */
  angle: number;
  /** The point of the street nearest to the one asked about. */
  at: Vec;
  edge: Edge;
}

/** The nearest named ground road within `reachM` that is not a ramp. */
export function nearestStreet(network: Network, p: Vec, reachM: number): Street | undefined {
  let best: Street | undefined;
  let bestM = reachM;
  network.eachEdge(p, p, reachM, edge => {
    const { a, b, style } = edge;
    if (!style.name || style.link || (style.level ?? 0) !== 0) return;
    const from = network.nodes[a] as Vec;
    const to = network.nodes[b] as Vec;
    const at = mix(from, to, projectFraction(p, from, to));
    const off = distance(at, p);
    if (off >= bestM) return;
    bestM = off;
    best = {
      name: { zh: style.name, en: style.nameEn ?? style.name },
      angle: heading(from, to),
      at,
      edge,
    };
  });
  return best;
}

/** What the written addresses of the county are made of. */
interface Ground {
  network: Network;
  villages: Village[];
  communities: Community[];
  buildings: Building[];
  townshipAt(p: Vec): Township;
}

/** Metres of street for one house number on each side. */
const doorM = 12;
const cellM = 400;
const keyOf = (x: number, y: number): number => (x + 4_096) * 8_192 + y + 4_096;

/** The administrative name of a village, as addresses write it. */
export const villageName = ({ name, hamlet }: Village): string =>
  hamlet ? `${name.zh}小组` : name.zh.endsWith('村') ? name.zh : `${name.zh}村`;

/**
 * The written address of any point, as an alert would give it, and the doors that somebody has surveyed. Numbers rise
 * along a street from its southern or western end, odd on the left and even on the right; villages number their houses
 * row by row.
 */
export class AddressBook {
  private readonly ground: Ground;
  private readonly villageCells = new Map<number, Village[]>();
  private readonly chainage = new Map<RoadStyle, Map<number, number>>();
  private readonly houses = new Map<Village, Vec[]>();

  constructor(ground: Ground) {
    this.ground = ground;
    for (const village of ground.villages) {
      const reach = Math.ceil((village.radiusM * 1.3) / cellM);
      const [cx, cy] = village.centre.map(v => Math.floor(v / cellM)) as Vec;
      for (let x = cx - reach; x <= cx + reach; x++)
        for (let y = cy - reach; y <= cy + reach; y++) append(this.villageCells, keyOf(x, y), village);
    }
    for (const { box } of ground.buildings) {
      const village = this.villageAt(box.centre);
      if (village) append(this.houses, village, box.centre);
    }
    for (const doors of this.houses.values()) doors.sort((a, b) => roundOf(a) - roundOf(b));
  }

  villageAt(p: Vec): Village | undefined {
    const cell = this.villageCells.get(keyOf(Math.floor(p[0] / cellM), Math.floor(p[1] / cellM)));
    return cell?.find(({ centre, radiusM }) => distance(centre, p) < radiusM * 1.3);
  }

  /** The village that a hamlet belongs to: the nearest one of its township, else the nearest. */
  parentOf(hamlet: Village): Village | undefined {
    const township = this.ground.townshipAt(hamlet.centre);
    let best: Village | undefined;
    let bestM = Number.POSITIVE_INFINITY;
    for (const village of this.ground.villages) {
      if (village.hamlet) continue;
      const off = distance(village.centre, hamlet.centre);
      if (off < bestM && this.ground.townshipAt(village.centre) === township) {
        best = village;
        bestM = off;
      }
    }
    return best;
  }

  communityAt(p: Vec): Community | undefined {
    return this.ground.communities.find(
      ({ centre, reachM, area }) =>
        Math.abs(p[0] - centre[0]) < reachM && Math.abs(p[1] - centre[1]) < reachM && insideArea(p, area),
    );
  }

  /** County, township, community or village, street, number; the parts that are known, from large to small. */
  at(p: Vec): string {
    const township = this.ground.townshipAt(p);
    const parts = ['云溪县', township.name.zh + township.rank];
    const community = this.communityAt(p);
    const village = community ? undefined : this.villageAt(p);
    if (village) {
      const parent = village.hamlet ? this.parentOf(village) : undefined;
      if (parent) parts.push(villageName(parent));
      return [...parts, villageName(village), `${this.villageNumber(village, p)}号`].join(' ');
    }
    if (community) parts.push(`${community.name.zh}社区`);
    const street = nearestStreet(this.ground.network, p, 180);
    if (street) parts.push(street.name.zh, `${this.streetNumber(street, p)}号`);
    return parts.join(' ');
  }

  /** Doors that are surveyed: a share of the houses of towns and villages. */
  survey(share: number, random: Random): HouseSeed[] {
    const seeds = new Map<string, HouseSeed>();
    const note = (road: string, number: number, p: Vec): void => {
      const key = `${road} ${number}`;
      if (!seeds.has(key)) seeds.set(key, { road, number: `${number}号`, position: toLngLat(p) });
    };
    for (const { box } of this.ground.buildings) {
      if (!random.chance(share)) continue;
      const p = box.centre;
      const village = this.communityAt(p) ? undefined : this.villageAt(p);
      if (village) {
        note(villageName(village), this.villageNumber(village, p), p);
        continue;
      }
      const street = nearestStreet(this.ground.network, p, 34);
      if (street) note(street.name.zh, this.streetNumber(street, p), p);
    }
    return [...seeds.values()];
  }

  /** The place of the nearest house among those of its village. */
  private villageNumber(village: Village, p: Vec): number {
    const doors = this.houses.get(village) ?? [];
    let best = 0;
    doors.forEach((door, i) => {
      if (distance(door, p) < distance(doors[best] as Vec, p)) best = i;
    });
    return best + 1;
  }

  private streetNumber({ edge, at, angle }: Street, p: Vec): number {
    const { network } = this.ground;
    let metres = this.chainage.get(edge.style);
    if (!metres) {
      metres = measure(network, edge);
      this.chainage.set(edge.style, metres);
    }
    const [fromM, toM] = [metres.get(edge.a) ?? 0, metres.get(edge.b) ?? 0];
    const from = network.nodes[edge.a] as Vec;
    const run = fromM + Math.sign(toM - fromM) * distance(from, at);
    const left = (p[1] - at[1]) * Math.cos(angle) - (p[0] - at[0]) * Math.sin(angle) > 0;
    return 2 * Math.floor(Math.max(0, run) / doorM) + (left === toM > fromM ? 1 : 2);
  }
}

const rowM = 55;

/** Where a house comes on a walk through the whole village, to and fro in rows. */
function roundOf([x, y]: Vec): number {
  const row = Math.floor(y / rowM);
  return row * 100_000 + (row % 2 === 0 ? x : -x);
}

/** Metres along a street from its southern or western end, by node; a street that forks is measured on all its arms. */
function measure(network: Network, edge: Edge): Map<number, number> {
  const spread = (start: number): Map<number, number> => {
    const metres = new Map([[start, 0]]);
    const queue = [start];
    for (let i = 0; i < queue.length; i++) {
      const node = queue[i]!;
      for (const next of network.edgesAt(node)) {
        const other = next.a === node ? next.b : next.a;
        if (next.style !== edge.style || metres.has(other)) continue;
        metres.set(other, metres.get(node)! + distance(network.nodes[node]!, network.nodes[other]!));
        queue.push(other);
      }
    }
    return metres;
  };
  // From anywhere to the farthest end, from there to the other: the ends of the street.
  const farthest = (metres: Map<number, number>): number =>
    [...metres].reduce((best, item) => (item[1] > best[1] ? item : best))[0];
  const one = farthest(spread(edge.a));
  const metres = spread(one);
  const two = farthest(metres);
  const rank = (node: number): number => network.nodes[node]![0] + network.nodes[node]![1];
  return rank(one) <= rank(two) ? metres : spread(two);
}

function append<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
