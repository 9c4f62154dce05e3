/** What the wall's map shows of the county. Pure. */
import type { MapScene } from '../map/scene.ts';

type Nested = readonly number[] | readonly Nested[];

/**
 * [west, south, east, north]: what leaders have put on the wall; else the jurisdiction of the station that is to meet her;
 * else the county; empty without any of them. A jurisdiction is all that the wall may tell of an incident that nobody pinned.
 */
export function framed(
  { posterior, jurisdictions }: Pick<MapScene, 'posterior' | 'jurisdictions'>,
  stationId: string | null,
  county: readonly number[] | null,
): readonly number[] {
  if (stationId !== null && posterior && posterior.regions.length > 0) {
    return boundsOf(posterior.regions.map(({ geometry }) => geometry.coordinates as Nested));
  }
  const ground = jurisdictions.find(each => each.stationId === stationId);
  return ground ? boundsOf([ground.geometry.coordinates as Nested]) : (county ?? []);
}

function boundsOf(shapes: readonly Nested[]): readonly number[] {
  const box = [Infinity, Infinity, -Infinity, -Infinity] as [number, number, number, number];
  const add = (shape: Nested): void => {
    const [first, second] = shape;
    if (typeof first !== 'number' || typeof second !== 'number') {
      for (const part of shape as readonly Nested[]) add(part);
      return;
    }
    box[0] = Math.min(box[0], first);
    box[1] = Math.min(box[1], second);
    box[2] = Math.max(box[2], first);
    box[3] = Math.max(box[3], second);
  };
  for (const shape of shapes) add(shape);
  return box.every(Number.isFinite) ? box : [];
}
