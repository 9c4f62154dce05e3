import type { RoadStyle } from './network.ts';
import {
  densify,
  distance,
  heading,
  along,
  type Line,
  lineLength,
  pointAlong,
  simplify,
  smooth,
} from './plane.ts';
import type { Terrain } from './terrain.ts';

/** A road that would climb more steeply than this goes up in hairpins. */
const steep = 0.066;
const legM = 64;
const swingM = 58;
const wound = new Set<RoadStyle['roadClass']>(['primary', 'secondary', 'tertiary', 'unclassified']);

/** A road's line with its steep stretches wound up the slope. */
export function climb(line: Line, style: RoadStyle, terrain: Terrain): Line {
  if (!wound.has(style.roadClass)) return line;
  const points = densify(line, 40);
  const height = points.map(p => terrain.heightM(p[0], p[1]));
  const steepAt = points.map((_, i) => {
    // The ends of a road stay as they are: something else begins there.
    if (i < 4 || i > points.length - 5) return false;
    const [from, to] = [Math.max(0, i - 2), Math.min(points.length - 1, i + 2)];
    return (
      Math.abs(height[to]! - height[from]!) / Math.max(1, lineLength(points.slice(from, to + 1))) > steep
    );
  });
  const out: Line = [];
  for (let i = 0; i < points.length; ) {
    let end = i;
    while (end + 1 < points.length && steepAt[end + 1]) end++;
    const run = points.slice(i, end + 1);
    if (lineLength(run) > legM * 2.5) out.push(...wind(run));
    else out.push(...run);
    i = end + 1;
  }
  return simplify(out, 1.5);
}

/** Replaces a stretch by legs to and fro across it, each turning point rounded off. */
function wind(run: Line): Line {
  const lengthM = lineLength(run);
  const legs = Math.round(lengthM / legM);
  const chord = heading(run[0]!, run.at(-1)!);
  const line: Line = [run[0]!];
  for (let leg = 1; leg < legs; leg++) {
    // Shorter swings where it begins and ends, and never two alike.
    const share = Math.min(1, leg / 2, (legs - leg) / 2) * (0.8 + 0.35 * Math.sin(leg * 2.4 + run[0]![0]));
    const side = (leg % 2 === 0 ? 1 : -1) * swingM * share;
    for (const offM of [-14, 14]) {
      const { point } = pointAlong(run, (leg / legs) * lengthM + offM);
      line.push(along(point, chord + Math.PI / 2, side));
    }
  }
  line.push(run.at(-1)!);
  return smooth(line, 2).filter((p, i, all) => i === 0 || distance(p, all[i - 1]!) > 2);
}
