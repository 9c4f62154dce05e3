/** Which edges a line on the map lies on. */
import {
  angleBetween,
  bearingDeg,
  distanceM,
  lineLengthM,
  type LngLat,
  pointBetween,
  segmentDistanceM,
} from '../geo.ts';
import { edgeShape, type RoadGraph } from '../graph.ts';
import { edgesAround } from './candidates.ts';
import type { TrackMatcher } from './match.ts';
import type { TrackFix } from './model.ts';

/** An edge that a line runs along, in the edge's own direction or against it. */
export interface EdgeAlong {
  edge: number;
  forward: boolean;
}

/** Points are taken this far apart; around every sixth of them edges are looked for. */
const stepM = 5;
const lookEvery = 6;
/** A line that was taken from this very graph lies on it to the centimetre; one from another version of the map nearby. */
const sameM = 0.05;
const nearbyM = 10;
const sameCourseDeg = 30;

/**
 * The edges on which a line lies that was once made of whole edges: of this graph, and then exactly those (edges of the
 * same shape cannot be told apart), or of another version of it, where roads may be cut in other places and have moved
 * by metres. An edge counts when at least half of it, or 15 m, lies on the line. Empty: there is no such road any more.
 */
export function edgesAlong(graph: RoadGraph, line: readonly LngLat[]): EdgeAlong[] {
  const points = stepsOf(line);
  const same = overlapping(graph, line, points, sameM);
  const coveredM = same.reduce((sum, { edge }) => sum + graph.edgeLengthM[edge]!, 0);
  return coveredM >= lineLengthM(line) * 0.98 ? same : overlapping(graph, line, points, nearbyM);
}

/**
 * The stretch of road, from junction to junction, that somebody means who draws a line by hand; null when no one drive
 * follows it. An edge that is only touched at an end does not count unless nothing else does.
 */
export function stretchAlong(matcher: TrackMatcher, line: readonly LngLat[]): LngLat[] | null {
  const { graph } = matcher;
  const fixes = stepsOf(line).map(
    ({ at }, i): TrackFix => ({ lng: at[0], lat: at[1], observedAtMs: i * 1000 }),
  );
  const { paths } = matcher.match(fixes);
  const [path] = paths;
  if (!path || paths.length > 1 || path.lengthM < 0.7 * lineLengthM(line)) return null;
  const covered = path.pieces.map(({ first, second }) => Math.abs(second - first));
  const meant = path.pieces.filter(
    ({ edge }, i) => covered[i]! >= 0.25 || covered[i]! * graph.edgeLengthM[edge]! >= 25,
  );
  const pieces = meant.length > 0 ? meant : path.pieces.slice(0, 1);
  return pieces.flatMap(({ edge, first, second }, i) => {
    const shape = edgeShape(graph, edge);
    return (second >= first ? shape : shape.reverse()).slice(i === 0 ? 0 : 1);
  });
}

interface Step {
  at: LngLat;
  /** Course of the line there. */
  courseDeg: number;
}

/** The middles of equal parts of each of a line's pieces: no point is shared with a road that begins where it ends. */
function stepsOf(line: readonly LngLat[]): Step[] {
  const steps: Step[] = [];
  for (let i = 1; i < line.length; i++) {
    const [a, b] = [line[i - 1]!, line[i]!];
    const count = Math.max(1, Math.ceil(distanceM(a, b) / stepM));
    const courseDeg = bearingDeg(a, b);
    for (let k = 0; k < count; k++) {
      steps.push({ at: pointBetween(a, b, (k + 0.5) / count), courseDeg });
    }
  }
  return steps;
}

function overlapping(
  graph: RoadGraph,
  line: readonly LngLat[],
  points: readonly Step[],
  withinM: number,
): EdgeAlong[] {
  const reachM = withinM + (lookEvery / 2) * stepM;
  const looks = points.filter((_, i) => i % lookEvery === 0 || i === points.length - 1);
  const candidates = new Set(
    looks.flatMap(({ at }) => edgesAround(graph, at, reachM, 50).map(({ edge }) => edge)),
  );
  return [...candidates]
    .sort((a, b) => a - b)
    .flatMap(edge => {
      const steps = stepsOf(edgeShape(graph, edge));
      const courses = steps.map(step => courseOnLine(line, step, withinM));
      const on = courses.filter(forward => forward !== null);
      const shareM = (on.length / steps.length) * graph.edgeLengthM[edge]!;
      if (shareM < Math.min(15, graph.edgeLengthM[edge]! / 2)) return [];
      return { edge, forward: on.filter(Boolean).length * 2 >= on.length };
    });
}

/** Whether an edge's point lies on the line: true in its direction, false against it, null off it or across it. */
function courseOnLine(line: readonly LngLat[], { at, courseDeg }: Step, withinM: number): boolean | null {
  for (let i = 1; i < line.length; i++) {
    const [a, b] = [line[i - 1]!, line[i]!];
    if (segmentDistanceM(a, b, at) > withinM) continue;
    const angle = angleBetween(courseDeg, bearingDeg(a, b));
    if (angle <= sameCourseDeg) return true;
    if (angle >= 180 - sameCourseDeg) return false;
  }
  return null;
}
