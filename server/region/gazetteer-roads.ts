/** Named roads of a region: the pieces of one name that hang together are one road. */
import { distanceM, lineLengthM, positionAlong } from '#road/geo.ts';
import type { RoadInput } from '#road/build.ts';
import type { GazetteerEntry } from '../address/gazetteer.ts';
import type { AreaTree } from './gazetteer-areas.ts';
import type { LngLat } from './source.ts';

/** Pieces of a name this near to each other are one road: a dual carriageway, a bridge, a gap in the map. */
const squareDeg = 0.004;
const sampleM = 250;
const digits = 1e5;

interface Piece {
  line: LngLat[];
  nameEn?: string;
  ref?: string;
}

export function roadEntries({ ways, nodes }: RoadInput, areas: AreaTree): GazetteerEntry[] {
  // Some write `carrer Major` and some `Carrer Major` on the same road.
  const byName = new Map<string, { name: string; pieces: Piece[] }>();
  for (const { name, ref, nameEn, nodes: refs } of ways) {
    const called = name ?? ref;
    const line = refs.map(node => nodes.get(node)).filter(at => at !== undefined);
    if (!called || line.length < 2) continue;
    const piece = { line, ...(nameEn !== undefined && { nameEn }), ...(ref !== undefined && { ref }) };
    const key = called.toLowerCase();
    const known = byName.get(key);
    if (known) known.pieces.push(piece);
    else byName.set(key, { name: called, pieces: [piece] });
  }
  return [...byName.values()].flatMap(({ name, pieces }) =>
    clusters(pieces).map(road => entryOf(name, road, areas)),
  );
}

/** Pieces that share a square of the ground, or touch squares that meet, belong together. */
function clusters(pieces: readonly Piece[]): Piece[][] {
  const groupOf = new Map<string, number>();
  const parent = pieces.map((_, i) => i);
  const root = (i: number): number => (parent[i] === i ? i : (parent[i] = root(parent[i]!)));
  const keyOf = (x: number, y: number): string => `${x} ${y}`;
  pieces.forEach(({ line }, i) => {
    for (const at of dense(line)) {
      const [x, y] = [Math.floor(at[0] / squareDeg), Math.floor(at[1] / squareDeg)];
      for (let dx = -1; dx <= 1; dx++)
        for (let dy = -1; dy <= 1; dy++) {
          const other = groupOf.get(keyOf(x + dx, y + dy));
          if (other !== undefined) parent[root(i)] = root(other);
        }
      groupOf.set(keyOf(x, y), i);
    }
  });
  return [...Map.groupBy(pieces, (_, i) => root(i)).values()];
}

/** Points along a line, no farther apart than a sample's length. */
function dense(line: readonly LngLat[]): LngLat[] {
  const lengthM = lineLengthM(line);
  const steps = Math.ceil(lengthM / sampleM);
  return [
    line[0]!,
    ...Array.from({ length: steps }, (_, i) => positionAlong(line, (lengthM * (i + 1)) / steps)),
  ];
}

function entryOf(name: string, pieces: readonly Piece[], areas: AreaTree): GazetteerEntry {
  const points = pieces.flatMap(({ line }) => dense(line));
  const position = middleOf(points);
  const radiusM = Math.max(30, ...points.map(at => distanceM(at, position)));
  const nameEn = pieces.find(piece => piece.nameEn !== undefined)?.nameEn;
  const refs = [...new Set(pieces.flatMap(({ ref }) => (ref && ref !== name ? [ref] : [])))];
  return {
    level: 'road',
    name,
    ...(nameEn !== undefined && { nameEn }),
    ...(refs.length > 0 && { aliases: refs }),
    position: rounded(position),
    radiusM: Math.round(radiusM),
    within: [...new Set(points.flatMap(at => areas.around(at)))].sort((a, b) => a - b),
    lines: pieces.map(({ line }) => line.map(rounded)),
  };
}

/** The point of the road nearest to the middle of all its points: on the road, and about half-way. */
function middleOf(points: readonly LngLat[]): LngLat {
  const lng = points.reduce((sum, at) => sum + at[0], 0) / points.length;
  const lat = points.reduce((sum, at) => sum + at[1], 0) / points.length;
  return points.reduce((best, at) => (distanceM(at, [lng, lat]) < distanceM(best, [lng, lat]) ? at : best));
}

const rounded = ([lng, lat]: LngLat): LngLat => [
  Math.round(lng * digits) / digits,
  Math.round(lat * digits) / digits,
];
