import { fractalNoise } from './noise.ts';
import { distance, insideRing, type Line, simplify, smooth, type Vec } from './plane.ts';
import type { Random } from '#domain/random.ts';

interface OutlineShape {
  centre: Vec;
  radiusM: number;
  /** How far the radius wanders, as a share of it, and how often round the centre. */
  wander: number;
  lobes: number;
  /** Direction in which the place is long, and by what factor. */
  axis: number;
  stretch: number;
}

/** A closed outline around a centre with a wandering radius, counter-clockwise. */
export function outlineOf(
  { centre, radiusM, wander, lobes, axis, stretch }: OutlineShape,
  random: Random,
): Line {
  const noise = fractalNoise(random, 1, 3);
  const line: Line = [];
  const [long, wide] = [Math.sqrt(stretch), 1 / Math.sqrt(stretch)];
  for (let i = 0; i < 72; i++) {
    const angle = (i / 72) * Math.PI * 2;
    const [u, v] = [Math.cos(angle - axis) / long, Math.sin(angle - axis) / wide];
    const wavy = 1 + wander * noise(Math.cos(angle) * lobes + 5, Math.sin(angle) * lobes + 5);
    const r = (radiusM * wavy) / Math.sqrt(u * u + v * v);
    line.push([centre[0] + Math.cos(angle) * r, centre[1] + Math.sin(angle) * r]);
  }
  return simplify(smooth(line, 2, true), 3);
}

/** Tells whether a point lies in any of some outlines; asked for many points, so that far ones cost little. */
export function insideAny(outlines: readonly Line[]): (p: Vec) => boolean {
  const areas = outlines.map(outline => ({
    outline,
    reachM: Math.max(...outline.map(corner => distance(corner, outline[0]!))),
  }));
  return p =>
    areas.some(({ outline, reachM }) => distance(p, outline[0]!) < reachM && insideRing(p, outline));
}
