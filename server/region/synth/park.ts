import type { Name } from './names.ts';
import { fractalNoise } from './noise.ts';
import type { RoadStyle } from './network.ts';
import type { Overland } from './overland.ts';
import { along, densify, distance, type Line, lineLength, longestRun, simplify, type Vec } from './plane.ts';
import type { Random } from '#domain/random.ts';
import type { IndustrialPark, Township } from './settlements.ts';
import { type Site, styleOf } from './town.ts';

/** The park as laid out: its outline, and the gravel stubs at its edge where nobody goes. */
export interface LaidPark {
  park: IndustrialPark;
  outline: Line;
  /** Gravel dead ends, from the paved road outwards; the first is the one of the story. */
  gravel: { name: Name; line: Line }[];
  /** Where roads from outside arrive. */
  gates: Line;
  /** The paved roads as laid. */
  streets: Line[];
}

/**
 * Lays the industrial park: a loose grid of wide roads and gravel dead ends on the side away from everything,
 * which `linkPark` later ties to the rest of the network.
 */
export function layPark(site: Site, park: IndustrialPark, chakou: Township, random: Random): LaidPark {
  const { network } = site;
  const { centre, angle, halfLengthM, halfWidthM } = park;
  const at = (u: number, v: number): Vec =>
    along(along(centre, angle, u), angle + Math.PI / 2, v + Math.sin(u / 500) * 26);
  const longNames: Name[] = [
    { zh: '兴业路', en: 'Xingye Road' },
    { zh: '园区中路', en: 'Yuanqu Middle Road' },
    { zh: '创业路', en: 'Chuangye Road' },
    { zh: '工业大道', en: 'Gongye Avenue' },
  ];
  const dry = (line: Line): Line =>
    longestRun(densify(line, 25), p => !site.water.isWet(p, 30) && !site.corridors.isNear(p, 50));
  const laidLines: Line[] = [];
  const lay = (line: Line, style: RoadStyle): void => {
    const run = simplify(dry(line), 1);
    if (run.length > 1) {
      network.addLine(run, style, { snapM: 8 });
      laidLines.push(run);
    }
  };
  const rows = [-halfWidthM, -halfWidthM * 0.35, halfWidthM * 0.32, halfWidthM];
  rows.forEach((v, i) => {
    const ends = [random.range(0.86, 1), random.range(0.86, 1)] as const;
    const line: Line = [];
    for (let u = -halfLengthM * ends[0]; u <= halfLengthM * ends[1]; u += 90) line.push(at(u, v));
    const name = longNames[i] as Name;
    lay(line, styleOf(i === 1 ? 'secondary' : 'tertiary', 40, name));
  });
  for (let column = 0; column < 6; column++) {
    const u = -halfLengthM * 0.84 + column * halfLengthM * 0.335 + random.range(-40, 40);
    const from = column % 3 === 1 ? rows[1]! : rows[0]!;
    const to = column % 4 === 2 ? rows[2]! : rows[3]!;
    const line: Line = [];
    const steps = Math.max(2, Math.round((to - from) / 60));
    for (let i = 0; i <= steps; i++)
      line.push(at(u + Math.sin(i * 0.5) * 5, from + ((to - from) * i) / steps));
    lay(
      line,
      styleOf('residential', 30, { zh: `园区${'一二三四五六'[column]}路`, en: `Yuanqu ${column + 1} Road` }),
    );
  }
  const { side, gravel } = layGravel(site, at, rows, park, chakou, random);
  const outline: Line = [];
  // The land bought for it follows old field borders, not the grid.
  const field = fractalNoise(random.fork('outline'), 420, 2);
  const edge = (where: GravelSide, u: number): number =>
    halfWidthM + (side === where ? 312 : 64) + (0.5 + field(u * halfLengthM, where.length * 900)) * 46;
  const endM = (v: number): number => halfLengthM + 52 + field(v * 300, 4_000) * 40;
  for (let u = -1; u <= 1; u += 0.125) outline.push(at(u * endM(-1), -edge('south', u)));
  for (let v = -0.5; v <= 0.5; v += 0.25) outline.push(at(endM(v), v * halfWidthM));
  for (let u = 1; u >= -1; u -= 0.125) outline.push(at(u * endM(1), edge('north', u)));
  for (let v = 0.5; v >= -0.5; v -= 0.25) outline.push(at(-endM(v), v * halfWidthM));
  const main: Line = [at(-halfLengthM * 0.5, rows[1]!), at(halfLengthM * 0.5, rows[2]!)];
  return { park, outline, gravel, gates: main, streets: laidLines };
}

/** Ties the park to Chakou and, from its other side, to whatever main road passes. */
export function linkPark(overland: Overland, laid: LaidPark, chakou: Township): void {
  for (const line of laid.streets) overland.mark(line);
  const [near, far] = laid.gates;
  if (near)
    overland.connect(
      near,
      [chakou.centre],
      styleOf('secondary', 50, { zh: '园区连接线', en: 'Park Link Road' }),
    );
  if (far)
    overland.connect(far, [chakou.centre], styleOf('tertiary', 50, { zh: '工业路', en: 'Gongye Road' }), {
      reuse: 0.9,
    });
}

const gravelNames: Name[] = [
  { zh: '园区南路', en: 'Yuanqu South Road' },
  { zh: '园区南支路', en: 'Yuanqu South Branch' },
  { zh: '砂场路', en: 'Shachang Road' },
  { zh: '料场便道', en: 'Liaochang Track' },
];

/**
 * Gravel roads that run out of the park's last row and stop: plots sold, never built. They lie on its southern side, or
 * where water or rails are in the way on the northern one, or inside. The first, the story's, is farthest from Chakou.
 */
function layGravel(
  site: Site,
  at: (u: number, v: number) => Vec,
  rows: number[],
  park: IndustrialPark,
  chakou: Township,
  random: Random,
): { side: GravelSide; gravel: LaidPark['gravel'] } {
  const free = (p: Vec): boolean => !site.water.isWet(p, 30) && !site.corridors.isNear(p, 50);
  const tracks = (row: number, towards: 1 | -1): Line[] =>
    [0.62, -0.2, 0.14, -0.68]
      .map((fraction, i): Line => {
        const lengthM = i === 0 ? 285 : random.range(140, 260);
        const bendM = random.range(-35, 35);
        const line = Array.from({ length: 9 }, (_, step): Vec => {
          const t = step / 8;
          return at(fraction * park.halfLengthM + Math.sin(t * 2.2) * bendM, row + towards * t * lengthM);
        });
        const end = densify(line, 20).findIndex(p => !free(p));
        return end < 0 ? line : densify(line, 20).slice(0, end);
      })
      .filter(line => lineLength(line) > 110 && site.network.nearestEdge(line[0] as Vec, 12) !== undefined)
      .sort((a, b) => distance(b[0] as Vec, chakou.centre) - distance(a[0] as Vec, chakou.centre));
  const south = tracks(rows[0]!, -1);
  const north = south.length < 2 ? tracks(rows[3]!, 1) : [];
  const inside = south.length + north.length < 2 ? tracks(rows[1]!, 1) : [];
  const [side, lines]: [GravelSide, Line[]] =
    inside.length > 0 ? ['inside', inside] : north.length > 0 ? ['north', north] : ['south', south];
  const gravel = lines.map((line, i) => {
    const name = gravelNames[i] as Name;
    site.network.addLine(line, { ...styleOf('unclassified', 20, name), unpaved: true }, { snapM: 8 });
    return { name, line };
  });
  return { side, gravel };
}

type GravelSide = 'south' | 'north' | 'inside';
