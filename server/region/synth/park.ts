import type { Name } from './names.ts';
import type { Overland } from './overland.ts';
import { along, densify, distance, type Line, simplify, type Vec } from './plane.ts';
import type { Random } from './random.ts';
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
    { zh: '园区北路', en: 'Yuanqu North Road' },
    { zh: '园区中路', en: 'Yuanqu Middle Road' },
    { zh: '创业路', en: 'Chuangye Road' },
    { zh: '工业大道', en: 'Gongye Avenue' },
  ];
  const dry = (line: Line): Line =>
    longestRun(densify(line, 25), p => !site.water.isWet(p, 30) && !site.corridors.isNear(p, 50));
  const laidLines: Line[] = [];
  const lay = (line: Line, style: Parameters<typeof network.addLine>[1], snapM = 8): Line => {
    const run = simplify(dry(line), 1);
    if (run.length > 1) {
      network.addLine(run, style, { snapM });
      if (!style.unpaved) laidLines.push(run);
    }
    return run;
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
  const gravel = layGravel(site, at, rows, park, chakou, random, lay);
  const outline: Line = [];
  const margin = 70;
  for (let u = -1; u <= 1; u += 0.125) outline.push(at(u * (halfLengthM + margin), -halfWidthM - 310));
  for (let u = 1; u >= -1; u -= 0.125) outline.push(at(u * (halfLengthM + margin), halfWidthM + margin));
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

/** Gravel roads that run out of the park's southern row and stop: plots sold, never built. */
function layGravel(
  site: Site,
  at: (u: number, v: number) => Vec,
  rows: number[],
  park: IndustrialPark,
  chakou: Township,
  random: Random,
  lay: (line: Line, style: Parameters<Site['network']['addLine']>[1]) => Line,
): LaidPark['gravel'] {
  const names: Name[] = [
    { zh: '园区南路', en: 'Yuanqu South Road' },
    { zh: '园区南支路', en: 'Yuanqu South Branch' },
    { zh: '砂场路', en: 'Shachang Road' },
    { zh: '料场便道', en: 'Liaochang Track' },
  ];
  const spots = [0.62, -0.2, 0.12, -0.68].map(fraction => fraction * park.halfLengthM);
  // The story's road is the one farthest from Chakou.
  spots.sort((a, b) => distance(at(b, rows[0]!), chakou.centre) - distance(at(a, rows[0]!), chakou.centre));
  const gravel: LaidPark['gravel'] = [];
  spots.forEach((u, i) => {
    const lengthM = i === 0 ? 290 : random.range(120, 240);
    const bend = random.range(-0.5, 0.5);
    const line: Line = [];
    for (let step = 0; step <= 8; step++) {
      const t = step / 8;
      line.push(at(u + Math.sin(t * 2.2) * bend * 70, rows[0]! - t * lengthM));
    }
    const name = names[i] as Name;
    const laid = lay(line, { ...styleOf('unclassified', 20, name), unpaved: true });
    const near = laid[0] && site.network.nearestEdge(laid[0], 12);
    if (laid.length > 1 && near) gravel.push({ name, line: laid });
  });
  return gravel;
}

/** The longest stretch of a line whose points all pass. */
function longestRun(line: Line, passes: (p: Vec) => boolean): Line {
  let best: Line = [];
  let run: Line = [];
  for (const p of line) {
    if (passes(p)) run.push(p);
    else run = [];
    if (run.length > best.length) best = run;
  }
  return best;
}
