/** Names by which a street can be said over the radio: its road, and what tells it from the road's other parts. */
import KDBush from 'kdbush';
import { lngShrink, type LngLat, metresPerDegree } from '#road/geo.ts';
import { type RoadGraph, type RoadName, vertexPosition } from '#road/graph.ts';
import { groupBy } from '#road/group.ts';

/** As much of a street as its name is made of. */
interface NamedStreet {
  edges: readonly number[];
  /** Junctions that it begins and ends at; negative inside an edge. */
  joints: readonly [number, number];
  middle: LngLat;
}
interface StreetName {
  name: string;
  nameEn: string;
}

/** A road without a name is told by a named one no farther off than this. */
const nearbyM = 600;

export function nameStreets(graph: RoadGraph, streets: readonly NamedStreet[]): StreetName[] {
  const texts = new Texts(graph);
  const roads = streets.map(street => roadOf(graph, street));
  const partsOf = new Map<string, number>();
  for (const road of roads) {
    const text = texts.of(road);
    if (text) partsOf.set(text.name, (partsOf.get(text.name) ?? 0) + 1);
  }
  const crossings = new Crossings(graph, texts);
  const nearest = nearestNamedRoad(graph, texts);
  const named = streets.map((street, i): StreetName => {
    const own = texts.of(roads[i]!);
    if (own && partsOf.get(own.name) === 1) return own;
    const [a, b] = street.joints.map(joint => crossings.at(joint, own?.name));
    if (own) return texts.partOf(own, a, b);
    return texts.unnamed(a ?? b ?? nearest(street.middle));
  });
  return numbered(named, texts.chinese);
}

/** Index of the name that most of a street's edges have. */
function roadOf({ edgeName, edgeLengthM }: RoadGraph, { edges }: NamedStreet): number {
  const metres = new Map<number, number>();
  for (const edge of edges)
    metres.set(edgeName[edge]!, (metres.get(edgeName[edge]!) ?? 0) + edgeLengthM[edge]!);
  return [...metres].reduce((best, entry) => (entry[1] > best[1] ? entry : best))[0];
}

/** The words of names, Chinese where the region's roads are. */
class Texts {
  readonly chinese: boolean;
  private readonly names: (StreetName | null)[];

  constructor({ names }: RoadGraph) {
    this.chinese = names.some(({ name }) => name !== undefined && /\p{Script=Han}/u.test(name));
    this.names = names.map(textOf);
  }

  of(name: number): StreetName | null {
    return this.names[name] ?? null;
  }

  partOf(own: StreetName, a?: StreetName | null, b?: StreetName | null): StreetName {
    const ends = [a, b].filter(end => end !== null && end !== undefined);
    const [first, second] = ends;
    if (!first) return own;
    if (!second || second.name === first.name) {
      return {
        name: this.chinese ? `${own.name}近${first.name}` : `${own.name} (${first.name})`,
        nameEn: `${own.nameEn} near ${first.nameEn}`,
      };
    }
    return {
      name: this.chinese
        ? `${own.name}${first.name}至${second.name}段`
        : `${own.name} (${first.name} – ${second.name})`,
      nameEn: `${own.nameEn} between ${first.nameEn} and ${second.nameEn}`,
    };
  }

  unnamed(near: StreetName | null): StreetName {
    if (!near) return { name: this.chinese ? '无名路' : 'unnamed road', nameEn: 'unnamed road' };
    return {
      name: this.chinese ? `${near.name}旁小路` : `near ${near.name}`,
      nameEn: `lane near ${near.nameEn}`,
    };
  }
}

function textOf({ name, nameEn, ref }: RoadName): StreetName | null {
  const own = name ?? ref;
  return own ? { name: own, nameEn: nameEn ?? own } : null;
}

/** The named roads that meet at a junction. */
class Crossings {
  private readonly graph: RoadGraph;
  private readonly texts: Texts;
  private readonly from: { offset: Uint32Array; order: Uint32Array };
  private readonly to: { offset: Uint32Array; order: Uint32Array };

  constructor(graph: RoadGraph, texts: Texts) {
    this.graph = graph;
    this.texts = texts;
    this.from = groupBy(graph.edgeFrom, graph.junctionCount);
    this.to = groupBy(graph.edgeTo, graph.junctionCount);
  }

  /** The greatest of the roads there that is not called `own`. */
  at(joint: number, own: string | undefined): StreetName | null {
    if (joint < 0) return null;
    let best: StreetName | null = null;
    let bestClass = Infinity;
    for (const { offset, order } of [this.from, this.to]) {
      for (let k = offset[joint]!; k < offset[joint + 1]!; k++) {
        const edge = order[k]!;
        const text = this.texts.of(this.graph.edgeName[edge]!);
        if (!text || text.name === own || this.graph.edgeClass[edge]! >= bestClass) continue;
        best = text;
        bestClass = this.graph.edgeClass[edge]!;
      }
    }
    return best;
  }
}

function nearestNamedRoad(graph: RoadGraph, texts: Texts): (at: LngLat) => StreetName | null {
  const vertices: number[] = [];
  const nameAt: number[] = [];
  for (let edge = 0; edge < graph.edgeCount; edge++) {
    if (!texts.of(graph.edgeName[edge]!)) continue;
    for (let v = graph.shapeOffset[edge]!; v < graph.shapeOffset[edge + 1]!; v += 2) {
      vertices.push(v);
      nameAt.push(graph.edgeName[edge]!);
    }
  }
  if (vertices.length === 0) return () => null;
  const shrink = lngShrink(vertexPosition(graph, vertices[0]!)[1]);
  const index = new KDBush(vertices.length);
  for (const vertex of vertices) {
    const [lng, lat] = vertexPosition(graph, vertex);
    index.add(lng * shrink, lat);
  }
  index.finish();
  return ([lng, lat]) => {
    // Most are answered by a small circle; a large one holds thousands of vertices in a town.
    for (const reachM of [nearbyM / 8, nearbyM / 3, nearbyM]) {
      let best = -1;
      let bestSquared = Infinity;
      for (const i of index.within(lng * shrink, lat, reachM / metresPerDegree)) {
        const at = vertexPosition(graph, vertices[i]!);
        const squared = ((at[0] - lng) * shrink) ** 2 + (at[1] - lat) ** 2;
        if (squared > bestSquared || (squared === bestSquared && i > best)) continue;
        [best, bestSquared] = [i, squared];
      }
      if (best >= 0) return texts.of(nameAt[best]!);
    }
    return null;
  };
}

/** Streets that are called the same get numbers, in their order. */
function numbered(names: readonly StreetName[], chinese: boolean): StreetName[] {
  const countOf = new Map<string, number>();
  for (const { name } of names) countOf.set(name, (countOf.get(name) ?? 0) + 1);
  const numberOf = new Map<string, number>();
  return names.map(text => {
    const { name, nameEn } = text;
    if (countOf.get(name) === 1) return text;
    const number = (numberOf.get(name) ?? 0) + 1;
    numberOf.set(name, number);
    return { name: chinese ? `${name}${number}` : `${name} ${number}`, nameEn: `${nameEn}, part ${number}` };
  });
}
